// Says which values the host keeps to itself, so that they have to be entered with every change.

import { EuiCallOut } from "@elastic/eui";

import { secretLabels } from "./fields.js";

const LIST = new Intl.ListFormat("en");

/**
 * @param {{ isOAuth: boolean, isNew?: boolean, isMissing?: boolean }} props `isMissing`: the
 *   connector came without its secrets
 */
export function SecretsCallout({ isOAuth, isNew = false, isMissing = false }) {
  const labels = LIST.format(secretLabels(isOAuth));
  if (isNew) {
    return (
      <EuiCallOut
        size="s"
        iconType="info"
        title={`Remember ${labels}. They have to be entered again each time the connector is edited.`}
        data-test-subj="secretsRememberCallout"
      />
    );
  }
  if (isMissing) {
    return (
      <EuiCallOut
        size="s"
        color="warning"
        iconType="warning"
        title={`The connector came without sensitive values. Enter ${labels} to make it work.`}
        data-test-subj="secretsMissingCallout"
      />
    );
  }
  return (
    <EuiCallOut
      size="s"
      iconType="lock"
      title={`${labels} are encrypted and never shown. Enter them again to save a change.`}
      data-test-subj="secretsReenterCallout"
    />
  );
}

// The fields of a connector, top to bottom (servicenow-itsm.md 7.1).

import { EuiFormRow, EuiHorizontalRule, EuiSpacer, EuiSwitch, EuiTitle } from "@elastic/eui";

import { AuthenticationFields } from "./authentication_fields.jsx";
import { InstanceFields } from "./instance_fields.jsx";
import { SecretsCallout } from "./secrets_callout.jsx";
import { TextRow } from "./text_row.jsx";

/**
 * @param {{
 *   form: import("./use_connector_form.js").ConnectorForm,
 *   callout: React.ReactNode,
 *   isSaved: boolean,
 *   isMissingSecrets?: boolean,
 * }} props
 */
export function ConnectorFields({ form, callout, isSaved, isMissingSecrets }) {
  const { isOAuth } = form.values;
  return (
    <div ref={form.container}>
      <TextRow form={form} name="name" />
      <EuiSpacer size="l" />
      {callout}
      <EuiHorizontalRule margin="l" />
      <EuiTitle size="xs">
        <h3>ServiceNow instance</h3>
      </EuiTitle>
      <EuiSpacer size="s" />
      <InstanceFields form={form} />
      <EuiSpacer size="xl" />
      <EuiTitle size="xs">
        <h3>Authentication</h3>
      </EuiTitle>
      <EuiSpacer size="m" />
      <SecretsCallout isOAuth={isOAuth} isNew={!isSaved} isMissing={isMissingSecrets} />
      <EuiSpacer size="m" />
      <EuiFormRow fullWidth>
        <EuiSwitch
          label="Use OAuth authentication"
          checked={isOAuth}
          onChange={(event) => form.set("isOAuth", event.target.checked)}
          data-test-subj="use-oauth-switch"
        />
      </EuiFormRow>
      <AuthenticationFields form={form} isSaved={isSaved && !isMissingSecrets} />
    </div>
  );
}

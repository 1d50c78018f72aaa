// Updates a deprecated connector: from the table API to the Elastic for ITSM application
// (servicenow-itsm.md 7.3).

import {
  EuiButton,
  EuiCallOut,
  EuiFlexItem,
  EuiForm,
  EuiLink,
  EuiSpacer,
  EuiSteps,
  EuiText,
} from "@elastic/eui";

import { updateConnector } from "../../api/index.js";
import { STORE } from "../../links.js";
import { useToasts } from "../../shell/toasts.jsx";
import { useDiscard } from "../../shell/unsaved.jsx";
import { AuthenticationFields } from "../form/authentication_fields.jsx";
import { FailureCallout } from "../form/failure_callout.jsx";
import { connectorOf, valuesOf } from "../form/fields.js";
import { InstanceFields } from "../form/instance_fields.jsx";
import { useConnectorForm } from "../form/use_connector_form.js";
import { useSaving } from "../form/use_saving.js";
import { ConnectorFlyout } from "./connector_flyout.jsx";

/** @typedef {import("../../api/types.js").Connector} Connector */

/**
 * @param {{
 *   connector: Connector,
 *   onClose: () => void,
 *   onUpdated: (connector: Connector) => void,
 * }} props
 */
export function UpdateFlyout({ connector, onClose, onUpdated }) {
  const { addSuccess } = useToasts();
  const form = useConnectorForm(() => ({ ...valuesOf(connector), apiUrl: "" }));
  const saving = useSaving();
  const discard = useDiscard(form.isDirty);

  async function update() {
    if (saving.isSaving || !form.submit()) return;
    const updated = await saving.run({
      connector: connectorOf(form.values, { usesTableApi: false }),
      check: true,
      save: (changed, signal) => updateConnector(connector.id, changed, signal),
    });
    if (!updated) return;
    addSuccess(`${updated.name} connector updated`, "Connector has been updated.");
    onUpdated(updated);
  }

  const steps = [
    {
      title: "Install the Elastic ServiceNow app",
      children: (
        <EuiText size="s">
          <p>
            Before the update, the Elastic app has to be installed on the instance. Get it from the{" "}
            <EuiLink href={STORE} target="_blank">
              ServiceNow app store
            </EuiLink>
            .
          </p>
        </EuiText>
      ),
    },
    {
      title: "Enter your ServiceNow instance URL",
      children: <InstanceFields form={form} />,
    },
    {
      title: "Provide authentication credentials",
      children: <AuthenticationFields form={form} isSaved={false} />,
    },
  ];

  return (
    <ConnectorFlyout
      title="Update ServiceNow connector"
      banner={
        <EuiCallOut
          size="s"
          color="danger"
          iconType="warning"
          title="This updates all instances of this connector and cannot be reversed."
        />
      }
      closeLabel="Cancel"
      onClose={() => discard(onClose)}
      buttons={
        <EuiFlexItem grow={false}>
          <EuiButton
            fill
            color="danger"
            onClick={update}
            isLoading={saving.isSaving}
            isDisabled={!form.isValid}
            data-test-subj="snUpdateInstallationSubmit"
          >
            Update
          </EuiButton>
        </EuiFlexItem>
      }
      data-test-subj="updateConnectorForm"
    >
      <EuiForm
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          // It is drawn inside the other flyout, whose form is not meant.
          event.stopPropagation();
          update();
        }}
      >
        {saving.failure && <FailureCallout failure={saving.failure} />}
        <div ref={form.container}>
          <EuiSteps steps={steps} titleSize="xs" headingElement="h3" />
        </div>
        <EuiSpacer size="s" />
        <input type="submit" hidden />
      </EuiForm>
    </ConnectorFlyout>
  );
}

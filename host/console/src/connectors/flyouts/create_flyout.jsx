// Creates a connector.

import { EuiButton, EuiFlexItem, EuiForm } from "@elastic/eui";

import { createConnector } from "../../api/index.js";
import { useHost } from "../../shell/host.jsx";
import { useToasts } from "../../shell/toasts.jsx";
import { useDiscard } from "../../shell/unsaved.jsx";
import { InstallationCallout } from "../form/callouts.jsx";
import { ConnectorFields } from "../form/connector_fields.jsx";
import { FailureCallout } from "../form/failure_callout.jsx";
import { connectorOf, emptyValues } from "../form/fields.js";
import { useConnectorForm } from "../form/use_connector_form.js";
import { useSaving } from "../form/use_saving.js";
import { ConnectorFlyout } from "./connector_flyout.jsx";

/** @typedef {import("../../api/types.js").Connector} Connector */

/**
 * @param {{
 *   onClose: () => void,
 *   onCreated: (connector: Connector, next: "list" | "test") => void,
 * }} props
 */
export function CreateFlyout({ onClose, onCreated }) {
  const { connectorTypeId } = useHost();
  const { addSuccess } = useToasts();
  const form = useConnectorForm(emptyValues);
  const saving = useSaving();
  const discard = useDiscard(form.isDirty);

  /** @param {"list" | "test"} next */
  async function save(next) {
    if (saving.isSaving || !form.submit()) return;
    const created = await saving.run({
      connector: connectorOf(form.values, { usesTableApi: false }),
      check: true,
      save: (connector, signal) =>
        createConnector({ ...connector, connector_type_id: connectorTypeId }, signal),
    });
    if (!created) return;
    addSuccess(`Created '${created.name}'`);
    onCreated(created, next);
  }

  const buttons = (
    <>
      <EuiFlexItem grow={false}>
        <EuiButton
          onClick={() => save("test")}
          isDisabled={saving.isSaving}
          data-test-subj="saveAndTest"
        >
          Save & test
        </EuiButton>
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <EuiButton
          fill
          onClick={() => save("list")}
          isLoading={saving.isSaving}
          data-test-subj="save"
        >
          Save
        </EuiButton>
      </EuiFlexItem>
    </>
  );
  return (
    <ConnectorFlyout
      title="Create a ServiceNow ITSM connector"
      closeLabel="Cancel"
      onClose={() => discard(onClose)}
      buttons={buttons}
      data-test-subj="createFlyout"
    >
      <EuiForm
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          save("list");
        }}
      >
        {saving.failure && <FailureCallout failure={saving.failure} />}
        <ConnectorFields form={form} callout={<InstallationCallout />} isSaved={false} />
        {/* Lets Enter in a field save. */}
        <input type="submit" hidden />
      </EuiForm>
    </ConnectorFlyout>
  );
}

// The form of a saved connector.

import { EuiButton, EuiCallOut, EuiFlexItem, EuiForm } from "@elastic/eui";

import { useRef } from "react";

import { getConnector, updateConnector } from "../../api/index.js";
import { useHost } from "../../shell/host.jsx";
import { useToasts } from "../../shell/toasts.jsx";
import { DeprecatedCallout, InstallationCallout } from "../form/callouts.jsx";
import { ConnectorFields } from "../form/connector_fields.jsx";
import { FailureCallout } from "../form/failure_callout.jsx";
import { connectorOf, valuesOf } from "../form/fields.js";
import { useConnectorForm } from "../form/use_connector_form.js";
import { Refusal, useSaving } from "../form/use_saving.js";

/** @typedef {import("../../api/types.js").Connector} Connector */

const CHANGED = {
  code: "connector_changed",
  message: "Somebody else has saved it, maybe you in another tab.",
  remedy: "Save again to overwrite that change, or load the page anew to see it.",
};

/** @param {Connector} connector */
const fingerprint = (connector) => JSON.stringify(valuesOf(connector));

/**
 * The form's state and its button, which stands elsewhere in the flyout.
 *
 * @param {Connector} connector
 * @param {(connector: Connector) => void} onSaved
 */
export function useConfiguration(connector, onSaved) {
  const { connectorTypeId } = useHost();
  const { addSuccess } = useToasts();
  const form = useConnectorForm(() => valuesOf(connector));
  const saving = useSaving();
  // What the user has seen, or was told to be overwritten.
  const known = useRef(fingerprint(connector));
  const isEditable = !connector.is_preconfigured && connector.connector_type_id === connectorTypeId;

  async function save() {
    if (saving.isSaving || !form.submit()) return;
    const { id, is_deprecated: isDeprecated } = connector;
    const saved = await saving.run({
      connector: connectorOf(form.values, { usesTableApi: isDeprecated }),
      // A deprecated connector works without the application that the check asks for.
      check: !isDeprecated,
      async save(changed, signal) {
        const found = fingerprint(await getConnector(id, signal));
        if (found !== known.current) {
          known.current = found;
          throw new Refusal(CHANGED);
        }
        return updateConnector(id, changed, signal);
      },
    });
    if (!saved) return;
    reset(saved);
    addSuccess(`Updated '${saved.name}'`);
    onSaved(saved);
  }

  const saveButton = isEditable && (
    <EuiFlexItem grow={false}>
      <EuiButton
        fill
        onClick={save}
        isLoading={saving.isSaving}
        isDisabled={!form.isDirty}
        data-test-subj="save"
      >
        Save
      </EuiButton>
    </EuiFlexItem>
  );
  /** @param {Connector} anew */
  function reset(anew) {
    known.current = fingerprint(anew);
    form.reset(valuesOf(anew));
  }
  return { form, saving, isEditable, save, saveButton, reset };
}

/**
 * @param {{
 *   connector: Connector,
 *   configuration: ReturnType<typeof useConfiguration>,
 *   onUpdate: () => void,
 *   onCreate: () => void,
 * }} props
 */
export function ConfigurationTab({ connector, configuration, onUpdate, onCreate }) {
  const { form, saving, isEditable, save } = configuration;
  if (!isEditable) return <NotEditable connector={connector} />;
  const callout = connector.is_deprecated ? (
    <DeprecatedCallout onUpdate={onUpdate} onCreate={onCreate} />
  ) : (
    <InstallationCallout />
  );
  return (
    <EuiForm
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.isDirty) save();
      }}
    >
      {saving.failure && <FailureCallout failure={saving.failure} />}
      <ConnectorFields
        form={form}
        callout={callout}
        isSaved
        isMissingSecrets={connector.is_missing_secrets}
      />
      <input type="submit" hidden />
    </EuiForm>
  );
}

/** @param {{ connector: Connector }} props */
function NotEditable({ connector }) {
  return connector.is_preconfigured ? (
    <EuiCallOut title="This connector is preconfigured" iconType="lock">
      <p>It comes from the host's settings and can be changed only there.</p>
    </EuiCallOut>
  ) : (
    <EuiCallOut title="This connector cannot be edited here" color="warning" iconType="warning">
      <p>{`It is of the type ${connector.connector_type_id}, for which this page has no form.`}</p>
    </EuiCallOut>
  );
}

// The form of an action's params, for the Test tab and for a rule's actions: what to open or update,
// or what to close.

import { EuiForm } from "@elastic/eui";

import { CorrelationIdField } from "./correlation_id_field.jsx";
import { TriggerFields } from "./trigger_fields.jsx";
import { useParamsForm } from "./use_params_form.js";

/**
 * @param {import("./use_params_form.js").ParamsFormOptions & {
 *   loaded: import("./use_choices.js").LoadedChoices,
 *   isDeprecated: boolean,
 * }} props
 */
export function ParamsForm({ loaded, isDeprecated, ...options }) {
  const form = useParamsForm(options);
  return (
    <EuiForm fullWidth>
      {options.params.subAction === "closeIncident" ? (
        <CorrelationIdField form={form} mark="Required" />
      ) : (
        <TriggerFields form={form} loaded={loaded} isDeprecated={isDeprecated} />
      )}
    </EuiForm>
  );
}

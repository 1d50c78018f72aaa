// What stands at the end of a text's label: whether it has to be filled in, and the variables that it
// may name.

import { EuiFlexGroup } from "@elastic/eui";

import { insertAtCursor, VariablesMenu } from "./variables_menu.jsx";

/**
 * @param {object} props
 * @param {string} [props.mark]
 * @param {string} props.label
 * @param {import("./use_params_form.js").ParamsFormState} props.form
 * @param {React.RefObject<import("./text_field.jsx").TextControl | null>} props.control
 * @param {string} props.value
 * @param {(text: string) => void} props.onChange
 */
export function LabelAppend({ mark, label, form, control, value, onChange }) {
  if (!form.variables) return <>{mark}</>;
  return (
    <EuiFlexGroup gutterSize="s" alignItems="center" responsive={false}>
      {mark && <span>{mark}</span>}
      <VariablesMenu
        label={label}
        variables={form.variables}
        onPick={(text) => insertAtCursor(control.current, value, text, onChange)}
      />
    </EuiFlexGroup>
  );
}

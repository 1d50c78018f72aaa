// What stands at the end of a text's label: whether it has to be filled in, and the variables that it
// may name.

import { EuiFlexGroup } from "@elastic/eui";

import { Mark } from "./mark.jsx";
import { insertAtCursor, VariablesMenu } from "./variables_menu.jsx";

/**
 * @param {object} props
 * @param {"Optional" | "Required"} [props.mark]
 * @param {string} props.label
 * @param {import("./use_params_form.js").ParamsFormState} props.form
 * @param {React.RefObject<import("./text_field.jsx").TextControl | null>} props.control
 * @param {string} props.value
 * @param {(text: string) => void} props.onChange
 */
export function LabelAppend({ mark, label, form, control, value, onChange }) {
  const shownMark = mark && <Mark mark={mark} />;
  if (!form.variables) return <>{shownMark}</>;
  return (
    <EuiFlexGroup gutterSize="s" alignItems="center" responsive={false} style={{ flexGrow: 0 }}>
      {shownMark}
      <VariablesMenu
        label={label}
        variables={form.variables}
        onPick={(text) => insertAtCursor(control.current, value, text, onChange)}
      />
    </EuiFlexGroup>
  );
}

// Whether a test opens an incident or closes it.

import { EuiFormRow, EuiSelect } from "@elastic/eui";

/** @typedef {import("../params/params.js").ActionParams["subAction"]} SubAction */

/** @type {{ value: SubAction, text: string }[]} */
const ACTIONS = [
  { value: "pushToService", text: "Trigger" },
  { value: "closeIncident", text: "Resolve" },
];

/**
 * @param {object} props
 * @param {SubAction} props.value
 * @param {(value: SubAction) => void} props.onChange
 */
export function EventAction({ value, onChange }) {
  return (
    <EuiFormRow fullWidth label="Event action">
      <EuiSelect
        fullWidth
        data-test-subj="eventActionSelect"
        options={ACTIONS}
        value={value}
        onChange={(event) => onChange(/** @type {SubAction} */ (event.target.value))}
      />
    </EuiFormRow>
  );
}

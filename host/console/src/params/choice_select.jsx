// A select of what an instance offers for a field.

import { EuiFormRow, EuiSelect } from "@elastic/eui";

import { Mark } from "./mark.jsx";

/** So that a choice can be taken back; params without the field say the same. */
const NOT_SET = { value: "", text: "Not set" };

/**
 * @param {object} props
 * @param {import("./choices.js").ChoiceField} props.name
 * @param {string} props.label
 * @param {readonly import("./choices.js").Option[]} props.options
 * @param {boolean} props.isLoading
 * @param {import("./use_params_form.js").ParamsFormState} props.form
 */
export function ChoiceSelect({ name, label, options, isLoading, form }) {
  const { value, onChange } = form.field(name);
  return (
    <EuiFormRow fullWidth label={label} labelAppend={<Mark mark="Optional" />}>
      <EuiSelect
        fullWidth
        data-test-subj={`${name}Select`}
        isLoading={isLoading}
        disabled={isLoading}
        options={[NOT_SET, ...options]}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </EuiFormRow>
  );
}

// One text or password of the form.

import { EuiFieldPassword, EuiFieldText, EuiFormRow } from "@elastic/eui";

import { FIELDS } from "./fields.js";

/**
 * @param {{
 *   form: import("./use_connector_form.js").ConnectorForm,
 *   name: import("./fields.js").FieldName,
 *   isPassword?: boolean,
 *   readOnly?: boolean,
 *   placeholder?: string,
 * }} props
 */
export function TextRow({ form, name, isPassword = false, readOnly = false, placeholder }) {
  const { label, testId, help } = FIELDS[name];
  const error = form.shownErrors[name];
  const isInvalid = error !== undefined;
  const field = {
    fullWidth: true,
    isInvalid,
    readOnly,
    placeholder,
    value: form.values[name],
    onChange: (/** @type {React.ChangeEvent<HTMLInputElement>} */ event) =>
      form.set(name, event.target.value),
    onBlur: () => form.leave(name),
    "data-test-subj": testId,
  };
  return (
    <EuiFormRow label={label} helpText={help} isInvalid={isInvalid} error={error} fullWidth>
      {isPassword ? (
        // Not the password of this page, which a browser may know.
        <EuiFieldPassword {...field} type="dual" autoComplete="new-password" />
      ) : (
        <EuiFieldText {...field} autoComplete="off" spellCheck={false} />
      )}
    </EuiFormRow>
  );
}

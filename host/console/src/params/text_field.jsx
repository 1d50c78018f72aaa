// A text of the params: one line or more. Where variables are at hand it is a template, and what it
// comes to is shown below.

import { EuiFieldText, EuiFormRow, EuiTextArea } from "@elastic/eui";
import { useRef } from "react";

import { LabelAppend } from "./label_append.jsx";
import { RenderedText } from "./rendered_text.jsx";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextControl */

/**
 * @param {object} props
 * @param {import("./use_params_form.js").FieldName} props.name
 * @param {string} props.label
 * @param {"Optional" | "Required"} [props.mark]
 * @param {string} props.testId
 * @param {boolean} [props.multiline]
 * @param {React.ReactNode} [props.helpText]
 * @param {import("./use_params_form.js").ParamsFormState} props.form
 */
export function TextField({ name, label, mark, testId, multiline, helpText, form }) {
  const control = useRef(/** @type {TextControl | null} */ (null));
  const { value, onChange, onBlur, error, rendered } = form.field(name);
  const problem = error ?? rendered?.error;
  const attributes = {
    fullWidth: true,
    "data-test-subj": testId,
    isInvalid: problem !== undefined,
    value,
    onBlur,
    inputRef: (/** @type {TextControl | null} */ element) => {
      control.current = element;
    },
    onChange: (/** @type {{ target: { value: string } }} */ event) => onChange(event.target.value),
  };
  return (
    <EuiFormRow
      fullWidth
      label={label}
      labelAppend={<LabelAppend {...{ mark, label, form, control, value, onChange }} />}
      isInvalid={problem !== undefined}
      error={problem}
      helpText={withRendered(helpText, rendered)}
    >
      {multiline ? (
        <EuiTextArea {...attributes} rows={3} resize="vertical" />
      ) : (
        <EuiFieldText {...attributes} />
      )}
    </EuiFormRow>
  );
}

/**
 * @param {React.ReactNode} helpText
 * @param {import("./use_params_form.js").Rendered} [rendered]
 */
function withRendered(helpText, rendered) {
  if (!rendered || rendered.error) return helpText;
  return (
    <>
      <RenderedText text={rendered.text} />
      {helpText}
    </>
  );
}

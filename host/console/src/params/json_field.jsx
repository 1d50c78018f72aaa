// The additional fields: JSON as text, written by hand.

import { EuiFlexGroup, EuiFormRow, EuiIconTip, EuiTextArea, useEuiTheme } from "@elastic/eui";
import { useRef } from "react";

import { faultOfJson, wordsOf } from "./json.js";
import { LabelAppend } from "./label_append.jsx";
import { RenderedText } from "./rendered_text.jsx";

const LABEL = "Additional fields";
const TIP =
  "In JSON format. The fields have to be defined in the Elastic ServiceNow application; there, the " +
  'default source fields begin with "u_".';
const EXAMPLE = '{\n  "u_cmdb_ci": "host-a"\n}';

/** @param {{ form: import("./use_params_form.js").ParamsFormState }} props */
export function JsonField({ form }) {
  const { euiTheme } = useEuiTheme();
  const control = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const { value, onChange, onBlur, error, rendered } = form.field("additional_fields");
  const problem = error ?? rendered?.error;
  const fault = error ? faultOfJson(value) : undefined;
  return (
    <EuiFormRow
      fullWidth
      label={
        <EuiFlexGroup gutterSize="xs" alignItems="center" responsive={false}>
          <span>{LABEL}</span>
          <EuiIconTip content={TIP} type="question" size="m" aria-label={`About ${LABEL}`} />
        </EuiFlexGroup>
      }
      labelAppend={
        <LabelAppend mark="Optional" label={LABEL} {...{ form, control, value, onChange }} />
      }
      isInvalid={problem !== undefined}
      error={problem}
      helpText={fault ? wordsOf(fault) : rendered && !rendered.error && renderedAs(rendered.text)}
    >
      <EuiTextArea
        fullWidth
        rows={5}
        resize="vertical"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        placeholder={EXAMPLE}
        style={{ fontFamily: euiTheme.font.familyCode }}
        data-test-subj="additional_fieldsJsonEditor"
        isInvalid={problem !== undefined}
        value={value}
        onBlur={onBlur}
        onChange={(event) => onChange(event.target.value)}
        inputRef={(element) => {
          control.current = element;
        }}
      />
    </EuiFormRow>
  );
}

/** @param {string} text JSON */
function renderedAs(text) {
  return <RenderedText text={JSON.stringify(JSON.parse(text), null, 2)} />;
}

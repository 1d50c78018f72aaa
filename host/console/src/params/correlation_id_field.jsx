// What an incident is found by again.

import { EuiLink } from "@elastic/eui";

import { TextField } from "./text_field.jsx";

const ABOUT =
  "https://www.elastic.co/docs/reference/kibana/connectors-kibana/servicenow-action-type#servicenow-action-configuration";

/** @param {{ form: import("./use_params_form.js").ParamsFormState, mark: string }} props */
export function CorrelationIdField({ form, mark }) {
  return (
    <TextField
      form={form}
      name="correlation_id"
      label="Correlation ID"
      mark={mark}
      testId="correlation_idInput"
      helpText={
        <EuiLink href={ABOUT} target="_blank">
          Identifier for updating incidents
        </EuiLink>
      }
    />
  );
}

// What an incident is found by again.

import { EuiLink } from "@elastic/eui";

import { ACTION_PARAMS } from "../links.js";
import { TextField } from "./text_field.jsx";

/** @param {{ form: import("./use_params_form.js").ParamsFormState, mark: "Optional" | "Required" }} props */
export function CorrelationIdField({ form, mark }) {
  return (
    <TextField
      form={form}
      name="correlation_id"
      label="Correlation ID"
      mark={mark}
      testId="correlation_idInput"
      helpText={
        <EuiLink href={ACTION_PARAMS} target="_blank">
          Identifier for updating incidents
        </EuiLink>
      }
    />
  );
}

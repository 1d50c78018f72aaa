// Where the instance is.

import { EuiLink, EuiSpacer, EuiText } from "@elastic/eui";

import { DEVELOPER_INSTANCE } from "../../links.js";
import { TextRow } from "./text_row.jsx";

/**
 * @param {{
 *   form: import("./use_connector_form.js").ConnectorForm,
 *   readOnly?: boolean,
 * }} props
 */
export function InstanceFields({ form, readOnly }) {
  return (
    <>
      <EuiText size="s">
        <p>
          Enter the full URL of your ServiceNow instance. If you have none,{" "}
          <EuiLink href={DEVELOPER_INSTANCE} target="_blank">
            setup a developer instance
          </EuiLink>
          .
        </p>
      </EuiText>
      <EuiSpacer size="m" />
      <TextRow
        form={form}
        name="apiUrl"
        readOnly={readOnly}
        placeholder="https://dev12345.service-now.com"
      />
    </>
  );
}

// Which connector the actions go through.

import { EuiFormRow, EuiSelect } from "@elastic/eui";

/**
 * @param {object} props
 * @param {import("./use_playground.js").PlaygroundState} props.playground
 * @param {import("../api/types.js").Connector[]} props.connectors
 */
export function ConnectorSelect({ playground, connectors }) {
  const options = connectors.map(({ id, name, is_deprecated: isDeprecated }) => ({
    value: id,
    text: isDeprecated ? `${name} (deprecated)` : name,
  }));
  return (
    <EuiFormRow
      fullWidth
      label="Connector"
      helpText="Another connector begins with the default params."
    >
      <EuiSelect
        fullWidth
        data-test-subj="playgroundConnector"
        options={options}
        value={playground.connector.id}
        onChange={(event) => playground.chooseConnector(event.target.value)}
      />
    </EuiFormRow>
  );
}

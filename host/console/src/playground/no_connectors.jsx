// The playground of a host without connectors.

import { EuiButton, EuiEmptyPrompt } from "@elastic/eui";

import { useLink } from "../shell/router.jsx";

export function NoConnectors() {
  const link = useLink("/connectors");
  return (
    <EuiEmptyPrompt
      iconType="bolt"
      title={<h2>There is no connector yet</h2>}
      titleSize="s"
      body={<p>An alert needs a connector to open an incident through.</p>}
      actions={
        <EuiButton fill {...link}>
          Create a connector
        </EuiButton>
      }
    />
  );
}

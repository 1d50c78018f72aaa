// What stands in the place of the list while there is no connector.

import { EuiButton, EuiEmptyPrompt } from "@elastic/eui";

/** @param {{ onCreate: () => void }} props */
export function NoConnectors({ onCreate }) {
  return (
    <EuiEmptyPrompt
      iconType="bell"
      title={<h2>Create your first connector</h2>}
      body={
        <p>
          A connector signs in to a ServiceNow instance. Alerts then open incidents there, update
          them, and close them when they recover.
        </p>
      }
      actions={
        <EuiButton fill iconType="plusCircle" onClick={onCreate} data-test-subj="createFirst">
          Create connector
        </EuiButton>
      }
    />
  );
}

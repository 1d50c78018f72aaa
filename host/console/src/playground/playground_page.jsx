// The rules playground: params as templates, alerts that fire and recover, and the incidents that
// come of it.

import { EuiFlexGroup, EuiFlexItem, EuiSpacer, useIsWithinMinBreakpoint } from "@elastic/eui";

import { listConnectors } from "../api/index.js";
import { ErrorState } from "../parts/error_state.jsx";
import { Loading } from "../parts/loading.jsx";
import { useRequest } from "../parts/use_request.js";
import { Page } from "../shell/page.jsx";
import { Alerts } from "./alerts.jsx";
import { ConnectorSelect } from "./connector_select.jsx";
import { Incidents } from "./incidents.jsx";
import { NoConnectors } from "./no_connectors.jsx";
import { Templates } from "./templates.jsx";
import { usePlayground } from "./use_playground.js";
import { VariablesEditor } from "./variables_editor.jsx";

const DESCRIPTION =
  "Write the texts of a rule's actions, let alerts fire and recover, and watch the incidents.";

export function PlaygroundPage() {
  const { data, error, reload } = useRequest(listConnectors);
  return (
    <Page title="Playground" description={DESCRIPTION}>
      {!data && !error && <Loading what="the connectors" />}
      {!data && error && <ErrorState error={error} what="the connectors" retry={reload} />}
      {data && (data.length > 0 ? <Playground connectors={data} /> : <NoConnectors />)}
    </Page>
  );
}

/** What happens stays in sight while one scrolls through the form. */
const BESIDE = /** @type {const} */ ({
  position: "sticky",
  top: 16,
  maxHeight: "calc(100vh - 32px)",
  overflowY: "auto",
});

/** @param {{ connectors: import("../api/types.js").Connector[] }} props */
function Playground({ connectors }) {
  const playground = usePlayground(connectors);
  const isWide = useIsWithinMinBreakpoint("l");
  return (
    <EuiFlexGroup gutterSize="xl" wrap>
      <EuiFlexItem grow={3} style={{ minWidth: "min(100%, 420px)" }}>
        <ConnectorSelect playground={playground} connectors={connectors} />
        <EuiSpacer size="l" />
        <VariablesEditor playground={playground} />
        <EuiSpacer size="l" />
        <Templates playground={playground} />
      </EuiFlexItem>
      <EuiFlexItem grow={2} style={{ minWidth: "min(100%, 320px)" }}>
        <div style={isWide ? BESIDE : undefined}>
          <Alerts playground={playground} />
          <EuiSpacer size="xl" />
          <Incidents />
        </div>
      </EuiFlexItem>
    </EuiFlexGroup>
  );
}

// Which events are shown, and whether the list follows what happens.

import { EuiButton, EuiFlexGroup, EuiFlexItem, EuiSelect, EuiSwitch } from "@elastic/eui";

import { listConnectors } from "../api/index.js";
import { useRequest } from "../parts/use_request.js";

/**
 * @param {object} props
 * @param {string} props.connectorId
 * @param {(id: string) => void} props.setConnectorId
 * @param {boolean} props.onlyFailed
 * @param {(onlyFailed: boolean) => void} props.setOnlyFailed
 * @param {boolean} props.isLive
 * @param {(isLive: boolean) => void} props.setIsLive
 * @param {() => void} props.onRefresh
 */
export function EventFilters(props) {
  const { data: connectors = [] } = useRequest(listConnectors);
  return (
    <EuiFlexGroup gutterSize="m" alignItems="center" wrap>
      <EuiFlexItem style={{ minWidth: "min(100%, 220px)", maxWidth: 400 }}>
        <EuiSelect
          fullWidth
          prepend="Connector"
          aria-label="Connector"
          data-test-subj="eventsConnector"
          options={[
            { value: "", text: "All" },
            ...connectors.map(({ id, name }) => ({ value: id, text: name })),
          ]}
          value={props.connectorId}
          onChange={(event) => props.setConnectorId(event.target.value)}
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <EuiSwitch
          label="Only failed"
          checked={props.onlyFailed}
          onChange={(event) => props.setOnlyFailed(event.target.checked)}
          data-test-subj="onlyFailed"
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <EuiSwitch
          label="Live"
          checked={props.isLive}
          onChange={(event) => props.setIsLive(event.target.checked)}
          data-test-subj="liveEvents"
        />
      </EuiFlexItem>
      {!props.isLive && (
        <EuiFlexItem grow={false}>
          <EuiButton size="s" iconType="refresh" onClick={props.onRefresh}>
            Refresh
          </EuiButton>
        </EuiFlexItem>
      )}
    </EuiFlexGroup>
  );
}

// The incidents of the simulator, as they come and change.

import { EuiCallOut, EuiEmptyPrompt, EuiScreenReaderOnly, EuiSpacer, EuiTitle } from "@elastic/eui";

import { ErrorState } from "../parts/error_state.jsx";
import { Loading } from "../parts/loading.jsx";
import { useHost } from "../shell/host.jsx";
import { IncidentPanel } from "./incident_panel.jsx";
import { useIncidents } from "./use_incidents.js";

export function Incidents() {
  const { simulator } = useHost();
  return (
    <section aria-labelledby="incidents" data-test-subj="incidents">
      <EuiTitle size="xs">
        <h2 id="incidents">Incidents in the simulator</h2>
      </EuiTitle>
      <EuiSpacer size="m" />
      {simulator ? <Watched url={simulator.url} /> : <NoSimulator />}
    </section>
  );
}

function NoSimulator() {
  return (
    <EuiCallOut size="s" iconType="info" title="This host knows of no simulator">
      <p>
        Set <code>console.simulatorUrl</code> to the address of one to watch its incidents here. The
        alerts go to the instance of the connector either way.
      </p>
    </EuiCallOut>
  );
}

/** @param {{ url: string }} props */
function Watched({ url }) {
  const { incidents, error, reload } = useIncidents();
  if (!incidents) {
    return error ? (
      <ErrorState error={error} what="the incidents" retry={reload} />
    ) : (
      <Loading what="the incidents" />
    );
  }
  return (
    <>
      {error && (
        <>
          <EuiCallOut size="s" color="warning" iconType="warning" title="Not up to date">
            <p>{error.message}</p>
          </EuiCallOut>
          <EuiSpacer size="s" />
        </>
      )}
      <EuiScreenReaderOnly>
        <p aria-live="polite">{news(incidents)}</p>
      </EuiScreenReaderOnly>
      {incidents.length === 0 && (
        <EuiEmptyPrompt
          titleSize="xs"
          title={<h3>No incidents yet</h3>}
          body={<p>Fire an alert: its incident appears here.</p>}
        />
      )}
      {incidents.map((incident) => (
        <IncidentPanel key={incident.sysId} incident={incident} simulatorUrl={url} />
      ))}
    </>
  );
}

/** @param {import("./changes.js").WatchedIncident[]} incidents */
function news(incidents) {
  return incidents
    .filter(({ change }) => change !== undefined)
    .map(({ number, change, state }) => `${number} ${change}: ${state}`)
    .join(". ");
}

// What the host did, newest first.

import { EuiSpacer } from "@elastic/eui";
import { useState } from "react";

import { ErrorState } from "../parts/error_state.jsx";
import { Loading } from "../parts/loading.jsx";
import { Page } from "../shell/page.jsx";
import { EventDetails } from "./event_details.jsx";
import { EventFilters } from "./event_filters.jsx";
import { EventsTable } from "./events_table.jsx";
import { MoreEvents } from "./more_events.jsx";
import { useEvents } from "./use_events.js";

/** @typedef {import("../api/types.js").Event} Event */

const DESCRIPTION = "What the connectors of this host were asked to do, and what came of it.";

export function EventsPage() {
  const [connectorId, setConnectorId] = useState("");
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [isLive, setIsLive] = useState(true);
  const [opened, setOpened] = useState(/** @type {Event | undefined} */ (undefined));
  const log = useEvents({ connectorId, onlyFailed, isLive });
  const shown = log.events;
  return (
    <Page title="Events" description={DESCRIPTION}>
      <EventFilters
        {...{ connectorId, setConnectorId, onlyFailed, setOnlyFailed, isLive, setIsLive }}
        onRefresh={log.reload}
      />
      <EuiSpacer size="m" />
      {!shown && !log.error && <Loading what="the events" />}
      {!shown && log.error && <ErrorState error={log.error} what="the events" retry={log.reload} />}
      {shown && (
        <>
          <EventsTable
            events={shown}
            onOpen={setOpened}
            isFiltered={onlyFailed || connectorId !== ""}
            error={log.error}
          />
          <EuiSpacer size="m" />
          <MoreEvents log={log} />
        </>
      )}
      {opened && <EventDetails event={opened} onClose={() => setOpened(undefined)} />}
    </Page>
  );
}

// The events as a table.

import { EuiBadge, EuiBasicTable, EuiButtonIcon, EuiCallOut, EuiSpacer } from "@elastic/eui";

import { plainFailure } from "../results/failure_text.js";
import { wordsOfAction, wordsOfDuration, wordsOfOutcome, wordsOfTime } from "./words.js";

/** @typedef {import("../api/types.js").Event} Event */

/**
 * @param {object} props
 * @param {Event[]} props.events
 * @param {(event: Event) => void} props.onOpen
 * @param {boolean} props.isFiltered
 * @param {Error} [props.error] why the list is not up to date
 */
export function EventsTable({ events, onOpen, isFiltered, error }) {
  return (
    <>
      {error && (
        <>
          <EuiCallOut size="s" color="warning" iconType="warning" title="Not up to date">
            <p>{error.message}</p>
          </EuiCallOut>
          <EuiSpacer size="m" />
        </>
      )}
      <EuiBasicTable
        tableCaption="Events of the host, newest first"
        data-test-subj="eventsTable"
        items={events}
        itemId="id"
        columns={columns(onOpen)}
        noItemsMessage={
          isFiltered
            ? "No event is like that."
            : "Nothing has happened yet. Test a connector, or fire an alert on the playground."
        }
        rowProps={(event) => ({ "data-test-subj": "event", "data-outcome": event.outcome })}
      />
    </>
  );
}

/**
 * @param {(event: Event) => void} onOpen
 * @returns {import("@elastic/eui").EuiBasicTableColumn<Event>[]}
 */
function columns(onOpen) {
  return [
    { field: "timestamp", name: "Time", width: "170px", render: wordsOfTime },
    {
      field: "connector_name",
      name: "Connector",
      width: "18%",
      truncateText: { lines: 2 },
      render: (/** @type {string | null} */ name, /** @type {Event} */ event) =>
        name ?? event.connector_id ?? "–",
    },
    { name: "What happened", width: "130px", render: wordsOfAction },
    { name: "Outcome", width: "100px", render: outcomeBadge },
    {
      field: "attempt",
      name: "Attempt",
      width: "80px",
      align: "right",
      render: (/** @type {number | null} */ attempt) => attempt ?? "–",
    },
    {
      field: "duration_ms",
      name: "Duration",
      width: "90px",
      align: "right",
      render: wordsOfDuration,
    },
    { name: "Message", truncateText: { lines: 2 }, render: messageOf },
    {
      name: "Details",
      width: "70px",
      align: "right",
      render: (/** @type {Event} */ event) => (
        <EuiButtonIcon
          iconType="info"
          aria-label={`Details of ${wordsOfAction(event)}, ${wordsOfTime(event.timestamp)}`}
          onClick={() => onOpen(event)}
          data-test-subj="eventDetails"
        />
      ),
    },
  ];
}

/** @param {Event} event */
function outcomeBadge(event) {
  const outcome = wordsOfOutcome(event);
  return outcome ? <EuiBadge color={outcome.color}>{outcome.label}</EuiBadge> : "–";
}

/** @param {Event} event */
function messageOf({ message, service_message: serviceMessage }) {
  return serviceMessage ? plainFailure(serviceMessage) : message || "–";
}

// All that is known of an event, and what to do about a failure.

import {
  EuiDescriptionList,
  EuiFlyout,
  EuiFlyoutBody,
  EuiFlyoutHeader,
  EuiSpacer,
  EuiTitle,
} from "@elastic/eui";

import { getTask } from "../api/index.js";
import { useRequest } from "../parts/use_request.js";
import { ExecutionFailure } from "../results/execution_failure.jsx";
import { ExecutionResult } from "../results/execution_result.jsx";
import { plainFailure } from "../results/failure_text.js";
import { RawText } from "../results/raw_text.jsx";
import {
  wordsOfAction,
  wordsOfDuration,
  wordsOfOutcome,
  wordsOfSource,
  wordsOfTime,
} from "./words.js";

/** @typedef {import("../api/types.js").Event} Event */

const TITLE = "event-details";

/**
 * @param {object} props
 * @param {Event} props.event
 * @param {() => void} props.onClose
 */
export function EventDetails({ event, onClose }) {
  return (
    <EuiFlyout size="s" onClose={onClose} aria-labelledby={TITLE} ownFocus>
      <EuiFlyoutHeader hasBorder>
        <EuiTitle size="m">
          <h2 id={TITLE}>{wordsOfAction(event)}</h2>
        </EuiTitle>
      </EuiFlyoutHeader>
      <EuiFlyoutBody>
        {event.task_id && <TaskResult taskId={event.task_id} />}
        <EuiDescriptionList
          listItems={factsOf(event)}
          descriptionProps={{ style: { overflowWrap: "anywhere", whiteSpace: "pre-wrap" } }}
        />
      </EuiFlyoutBody>
    </EuiFlyout>
  );
}

/** @param {Event} event */
function factsOf(event) {
  /** @type {[title: string, description: React.ReactNode][]} */
  const facts = [
    ["Time", `${wordsOfTime(event.timestamp)} (${event.timestamp})`],
    ["Connector", event.connector_name ?? event.connector_id],
    ["Outcome", wordsOfOutcome(event)?.label],
    ["Message", event.message],
    ["Service message", event.service_message && <ServiceMessage text={event.service_message} />],
    ["What to do", event.remedy],
    ["Attempt", event.attempt],
    ["Duration", event.duration_ms == null ? null : wordsOfDuration(event.duration_ms)],
    ["Sent", event.request_body_bytes == null ? null : `${event.request_body_bytes} bytes`],
    ["Asked for by", wordsOfSource(event)],
    ["Task", event.task_id],
  ];
  return facts
    .filter(([, description]) => description != null && description !== "")
    .map(([title, description]) => ({ title, description: description ?? "" }));
}

/** @param {{ text: string }} props */
function ServiceMessage({ text }) {
  const plain = plainFailure(text);
  return (
    <>
      {plain}
      {plain !== text && <RawText text={text} />}
    </>
  );
}

/**
 * What became of the task in the end.
 *
 * @param {{ taskId: string }} props
 */
function TaskResult({ taskId }) {
  const { data: task } = useRequest((signal) => getTask(taskId, signal), taskId);
  const result = task?.result;
  if (!result) return null;
  return (
    <>
      {result.status === "ok" ? (
        <ExecutionResult result={result} />
      ) : (
        <ExecutionFailure failure={{ ...result, service_message: undefined }} size="s" />
      )}
      <EuiSpacer size="l" />
    </>
  );
}

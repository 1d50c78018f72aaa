// What came of a run: the incident, or what went wrong and what to do about it.

import { EuiCallOut } from "@elastic/eui";

import { ExecutionFailure } from "./execution_failure.jsx";
import { IncidentLink } from "./incident_link.jsx";

/** What a close answers that found no incident. */
export const NOTHING_TO_DO = "No incident has this correlation ID: there was nothing to close.";

/** @typedef {import("../params/params.js").ActionParams["subAction"]} SubAction */

/**
 * @param {object} props
 * @param {import("../api/types.js").ExecutionResult} props.result
 * @param {SubAction} [props.subAction] where it is known what was asked for
 */
export function ExecutionResult({ result, subAction }) {
  return result.status === "ok" ? (
    <Success data={result.data} subAction={subAction} />
  ) : (
    <ExecutionFailure failure={result} />
  );
}

/** @param {{ data: any, subAction?: SubAction }} props */
function Success({ data, subAction }) {
  if (!data?.title) {
    return (
      <EuiCallOut color="success" iconType="check" title="No incident was found">
        <p>{NOTHING_TO_DO}</p>
      </EuiCallOut>
    );
  }
  return (
    <EuiCallOut
      color="success"
      iconType="check"
      data-test-subj="executionSuccess"
      title={
        <>
          Incident <IncidentLink number={data.title} url={data.url} />
          {subAction === "closeIncident" && " is closed"}
        </>
      }
    >
      <p>{wordsOf(data, subAction)}</p>
    </EuiCallOut>
  );
}

/**
 * @param {any} data
 * @param {SubAction} [subAction]
 */
function wordsOf({ comments }, subAction) {
  if (subAction === "closeIncident") return "Nothing is left to do for it.";
  if (subAction === undefined) return "ServiceNow has carried it out.";
  return comments?.length ? "ServiceNow has it now, with its comment." : "ServiceNow has it now.";
}

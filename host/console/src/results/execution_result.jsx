// What came of a run: the incident, or what went wrong and what to do about it.

import { EuiCallOut } from "@elastic/eui";

import { ExecutionFailure } from "./execution_failure.jsx";
import { IncidentLink } from "./incident_link.jsx";

/** What a close answers that found no open incident. */
export const NOTHING_TO_DO = "No open incident has this correlation ID.";

/** @param {{ result: import("../api/types.js").ExecutionResult }} props */
export function ExecutionResult({ result }) {
  return result.status === "ok" ? (
    <Success data={result.data} />
  ) : (
    <ExecutionFailure failure={result} />
  );
}

/** @param {{ data: any }} props */
function Success({ data }) {
  if (!data?.title) {
    return (
      <EuiCallOut color="success" iconType="check" title="There was nothing to do">
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
        </>
      }
    >
      <p>
        {data.comments?.length
          ? "ServiceNow has it now, with its comment."
          : "ServiceNow has it now."}
      </p>
    </EuiCallOut>
  );
}

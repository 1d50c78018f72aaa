// What came of a test, told to everybody as it comes.

import { EuiCallOut } from "@elastic/eui";

import { useEffect, useRef } from "react";

import { ExecutionResult } from "../results/execution_result.jsx";

/** @param {{ isRunning: boolean, result?: import("../api/types.js").ExecutionResult, error?: Error }} props */
export function Outcome({ isRunning, result, error }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (result || error) place.current?.scrollIntoView({ block: "nearest" });
  }, [result, error]);
  return (
    <div ref={place} aria-live="polite" aria-busy={isRunning} data-test-subj="executionResult">
      {result && <ExecutionResult result={result} />}
      {error && (
        <EuiCallOut color="danger" iconType="error" title="The test could not be run">
          <p>{error.message}</p>
        </EuiCallOut>
      )}
    </div>
  );
}

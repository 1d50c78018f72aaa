// What came of a test, told to everybody as it comes.

import { EuiCallOut } from "@elastic/eui";

import { useEffect, useRef } from "react";

import { ExecutionResult } from "../results/execution_result.jsx";

/** @param {import("./use_run.js").Run} props */
export function Outcome({ isRunning, subAction, result, error }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (result || error) place.current?.scrollIntoView({ block: "nearest" });
  }, [result, error]);
  return (
    <div ref={place} aria-live="polite" aria-busy={isRunning} data-test-subj="executionResult">
      {result && <ExecutionResult result={result} subAction={subAction} />}
      {error && (
        <EuiCallOut color="danger" iconType="error" title="The test could not be run">
          <p>{error.message}</p>
        </EuiCallOut>
      )}
    </div>
  );
}

// Why a run failed, what to do about it, and whether it helps to run it again.

import { EuiCallOut } from "@elastic/eui";

import { plainFailure } from "./failure_text.js";
import { RawText } from "./raw_text.jsx";

/** @typedef {Extract<import("../api/types.js").ExecutionResult, { status: "error" }>} Failure */

/** @param {{ failure: Failure, size?: "s" | "m" }} props */
export function ExecutionFailure({ failure, size }) {
  const { message, service_message: serviceMessage, errorMeta, retry } = failure;
  const cause = serviceMessage && plainFailure(serviceMessage);
  return (
    <EuiCallOut
      size={size}
      color="danger"
      iconType="error"
      title={sentence(message)}
      data-test-subj="executionFailure"
    >
      {cause && (
        <p style={{ overflowWrap: "anywhere" }} data-test-subj="executionCause">
          {cause}
        </p>
      )}
      {errorMeta?.remedy && (
        <p data-test-subj="executionRemedy">
          <strong>What to do:</strong> {errorMeta.remedy}
        </p>
      )}
      <p>{wordsOfRetry(retry)}</p>
      {serviceMessage && cause !== serviceMessage && <RawText text={serviceMessage} />}
    </EuiCallOut>
  );
}

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {Failure["retry"]} retry */
function wordsOfRetry(retry) {
  if (retry === false) return "Running it again would end the same way until this is mended.";
  if (typeof retry !== "string") return "Running it again can help. A rule does so by itself.";
  const time = new Date(retry).toLocaleTimeString();
  return `Running it again can help from ${time} on. A rule does so by itself.`;
}

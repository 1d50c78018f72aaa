// What came of a run: the incident, or what went wrong and what to do about it.

import { EuiCallOut, EuiLink, EuiSpacer } from "@elastic/eui";

import { webUrl } from "./web_url.js";

/** @param {{ result: import("../api/types.js").ExecutionResult }} props */
export function ExecutionResult({ result }) {
  return result.status === "ok" ? <Success data={result.data} /> : <Failure result={result} />;
}

/** @param {{ data: any }} props */
function Success({ data }) {
  if (!data?.title) {
    return (
      <EuiCallOut color="success" iconType="check" title="There was nothing to do">
        <p>No open incident has this correlation ID.</p>
      </EuiCallOut>
    );
  }
  const url = webUrl(data.url);
  return (
    <EuiCallOut
      color="success"
      iconType="check"
      data-test-subj="executionSuccess"
      title={
        <>
          Incident{" "}
          {url ? (
            <EuiLink href={url} target="_blank" rel="noopener" data-test-subj="incidentLink">
              {data.title}
            </EuiLink>
          ) : (
            data.title
          )}
        </>
      }
    >
      <p>{commentsOf(data) ?? "The instance has it now."}</p>
    </EuiCallOut>
  );
}

/** @param {any} data */
function commentsOf({ comments }) {
  if (!comments?.length) return undefined;
  return comments.length === 1 ? "With one comment." : `With ${comments.length} comments.`;
}

/** @param {{ result: Extract<import("../api/types.js").ExecutionResult, { status: "error" }> }} props */
function Failure({ result }) {
  const { message, service_message: serviceMessage, errorMeta, retry } = result;
  return (
    <EuiCallOut
      color="danger"
      iconType="error"
      title={sentence(message)}
      data-test-subj="executionFailure"
    >
      {serviceMessage && <p style={{ overflowWrap: "anywhere" }}>{serviceMessage}</p>}
      {errorMeta?.remedy && (
        <p data-test-subj="executionRemedy">
          <strong>What to do:</strong> {errorMeta.remedy}
        </p>
      )}
      <EuiSpacer size="xs" />
      <p>{wordsOfRetry(retry)}</p>
    </EuiCallOut>
  );
}

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {boolean | string | null | undefined} retry */
function wordsOfRetry(retry) {
  if (retry === false) return "Running it again would end the same way until this is mended.";
  if (typeof retry !== "string") return "Running it again can help. A rule does so by itself.";
  const time = new Date(retry).toLocaleTimeString();
  return `Running it again can help from ${time} on. A rule does so by itself.`;
}

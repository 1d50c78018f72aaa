// What went wrong, in the words of a connector's error, without what is for who searches the logs
// (servicenow-itsm.md 4.1): "[Action][ServiceNow]: <step>. Error: <cause> [status=…] [method=…] …".

const PREFIX = /\[Action\]\[ServiceNow\]: /g;
const MARKS = /\s*\[(?:status|method|endpoint|code)=[^\]]*\]/g;

/**
 * @param {string} raw
 * @returns {string} the steps that failed and the cause, as a sentence each
 */
export function plainFailure(raw) {
  const plain = raw
    .replace(MARKS, "")
    .replace(PREFIX, "")
    .replace(/\. Error: /g, ": ")
    .replace(/([^.:]) Reason: /g, "$1. Reason: ");
  const cut = plain.replace(/\s+/g, " ").trim();
  return cut === "" ? raw : cut;
}

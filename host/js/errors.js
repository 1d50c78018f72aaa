// What the host itself refuses. A connector type's own faults are results of a run, not errors.

/** An error of the host, with the HTTP status that a REST API answers it with. */
export class HostError extends Error {
  /**
   * @param {number} statusCode
   * @param {string} message
   */
  constructor(statusCode, message) {
    super(message);
    this.name = "HostError";
    this.statusCode = statusCode;
  }
}

/** @param {unknown} thrown @returns {string} the text of whatever was thrown */
export function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

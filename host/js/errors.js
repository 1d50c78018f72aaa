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

/** Longer than any path that a person enters. */
const LONGEST_PATH = 400;

/**
 * Whether a text may be the path of a file. Who enters what a file holds, in the place of its path,
 * must not find it in a message: it can be a private key.
 *
 * @param {string} text
 */
export function isPath(text) {
  return text.length <= LONGEST_PATH && !/[\r\n]|-----BEGIN/.test(text);
}

/** What the core says of an action that failed, as a JavaScript error. */

/**
 * @typedef {object} Failure What the core says of an action that failed.
 * @property {string} code stable, for programs
 * @property {string} text in the built-in connector type's words
 * @property {string} remedy what a person can do about it
 * @property {boolean | number} retry whether running the action again can help, or from which time
 *   on, in milliseconds
 * @property {"user" | "framework"} source whose fault it is
 * @property {number | null} httpStatus the status of the answer that it is about
 */

/** An action that failed. */
export class ConnectorError extends Error {
  /** @param {Failure} failure */
  constructor({ code, text, remedy, retry, source, httpStatus }) {
    super(text);
    this.name = "ConnectorError";
    /** Stable, for programs: `private_key_passphrase_wrong`, `unauthenticated`, ... */
    this.code = code;
    /** What a person can do about it. */
    this.remedy = remedy;
    /** Whether running the action again can help, or from which time on. */
    this.retry = typeof retry === "number" ? new Date(retry) : retry;
    /** Whose fault it is. */
    this.errorSource = source;
    /** The HTTP status of the answer that it is about, if there was one. */
    this.httpStatus = httpStatus ?? undefined;
  }

  /**
   * The error of whatever the core has thrown: what it says of the action, or a fault of its own.
   *
   * @param {unknown} thrown
   * @returns {ConnectorError}
   */
  static from(thrown) {
    if (!(thrown instanceof Error)) {
      return new ConnectorError(/** @type {Failure} */ (thrown));
    }
    const invalid = thrown.name === "Error";
    return new ConnectorError({
      code: invalid ? "invalid" : "internal",
      text: invalid ? thrown.message : "The connector failed for a reason of its own.",
      remedy: invalid ? "Correct the named field." : "Report this as a bug of the connector.",
      retry: false,
      source: invalid ? "user" : "framework",
      httpStatus: null,
    });
  }
}

/** What the core says of an action that failed, as a JavaScript error. */

/**
 * What the core says of an action that failed.
 *
 * @typedef {object} Failure
 * @property {string} code stable, for programs
 * @property {string} text in the built-in connector type's words
 * @property {string} remedy what a person can do about it
 * @property {boolean | number} retry whether running the action again can help, or from which time
 *   on, in milliseconds
 * @property {"user" | "framework"} source whose fault it is
 * @property {number | null} httpStatus the status of the answer that it is about
 * @property {string | null} endpoint the endpoint of the request that it is about: `import_set`,
 *   `table`
 */

/** An action that failed. */
export class ConnectorError extends Error {
  /**
   * @private
   * @param {Failure} failure
   * @param {ErrorOptions} [options]
   */
  constructor({ code, text, remedy, retry, source, httpStatus, endpoint }, options) {
    super(text, options);
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
    /** The endpoint of the request that it is about, if there was one: `import_set` or `table`. */
    this.endpoint = endpoint ?? undefined;
  }

  /**
   * The error of whatever ended an action: what the core says of it, or a fault that nobody expected.
   *
   * @internal
   * @param {unknown} thrown
   * @returns {ConnectorError}
   */
  static from(thrown) {
    if (thrown instanceof ConnectorError) return thrown;
    if (!(thrown instanceof Error)) return new ConnectorError(/** @type {Failure} */ (thrown));
    return ConnectorError.internal(thrown.name);
  }

  /**
   * The error of a fault of the connector's own.
   *
   * @param {string} name of what was thrown; its message may quote what nobody is to see
   * @returns {ConnectorError}
   */
  static internal(name) {
    return new ConnectorError({
      code: "internal",
      text: `The connector failed for a reason of its own: ${name}`,
      remedy: "Report this as a bug of the connector.",
      retry: false,
      source: "framework",
      httpStatus: null,
      endpoint: null,
    });
  }

  /**
   * The error of a call that came too early.
   *
   * @returns {ConnectorError}
   */
  static notLoaded() {
    return new ConnectorError({
      code: "module_not_loaded",
      text: "The connector's WebAssembly module is not loaded yet: await init() first",
      remedy: "Await init() of this package once, before anything else of it is called.",
      retry: true,
      source: "framework",
      httpStatus: null,
      endpoint: null,
    });
  }

  /**
   * The error of a module that could not be loaded.
   *
   * @param {unknown} cause
   * @returns {ConnectorError}
   */
  static loading(cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new ConnectorError(
      {
        code: "module_load_failed",
        text: `The connector's WebAssembly module could not be loaded: ${reason}`,
        remedy:
          "Put connector_bg.wasm of this package where it is looked for, or use servicenow-itsm-connector/inline; in a browser allow it in the content security policy ('wasm-unsafe-eval', connect-src).",
        retry: true,
        source: "framework",
        httpStatus: null,
        endpoint: null,
      },
      { cause },
    );
  }

  /**
   * The error of settings or params that are none.
   *
   * @internal
   * @param {string} text
   * @returns {ConnectorError}
   */
  static invalid(text) {
    return new ConnectorError({
      code: "invalid",
      text,
      remedy: "Correct the named field.",
      retry: false,
      source: "user",
      httpStatus: null,
      endpoint: null,
    });
  }

  /**
   * The error of an action that its host has ended while it waited for others.
   *
   * @internal
   * @returns {ConnectorError}
   */
  static canceled() {
    return new ConnectorError({
      code: "canceled",
      text: "canceled",
      remedy: "Run the action again if it was not ended on purpose.",
      retry: true,
      source: "framework",
      httpStatus: null,
      endpoint: null,
    });
  }
}

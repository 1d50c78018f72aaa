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
    const { text, name } = /** @type {Partial<Failure & Error>} */ (thrown ?? {});
    // Of a failure the core says more; an error, of whatever realm, has no text.
    if (text !== undefined) return new ConnectorError(/** @type {Failure} */ (thrown));
    return ConnectorError.internal(name ?? typeof thrown);
  }

  /**
   * The error of a fault of the connector's own.
   *
   * @internal
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
   * @internal
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
   * @internal
   * @param {unknown} cause
   * @returns {ConnectorError}
   */
  static loading(cause) {
    return new ConnectorError(
      {
        code: "module_load_failed",
        text: `The connector's WebAssembly module could not be loaded: ${reasonOf(cause)}`,
        remedy:
          "Leave this package out of the bundle, or take servicenow-itsm-connector/inline into it, or put connector_bg.wasm of this package where it is looked for, or give it to init; in a browser allow it in the content security policy ('wasm-unsafe-eval', connect-src).",
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
}

/**
 * What an error says, and what has caused it.
 *
 * @param {any} error
 * @returns {string}
 */
function reasonOf(error) {
  const { message, code, cause } = error ?? {};
  const reason = String(message || code || error);
  return cause ? `${reason}: ${reasonOf(cause)}` : reason;
}

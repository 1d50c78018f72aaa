/** Why no answer came, in the words that users know. */
export class TransportError extends Error {
  /**
   * @param {string} code as Node and HTTP clients call it: `ECONNREFUSED`, `ECONNABORTED`, ...
   * @param {string} message
   * @param {string} [proxy] host and port of the proxy that it is about, if it is about one
   */
  constructor(code, message, proxy) {
    super(message);
    this.code = code;
    this.proxy = proxy;
    /** Whether it is certain that nothing was sent. */
    this.unsent = false;
  }
}

/**
 * An error of something that went wrong before anything was sent.
 *
 * @param {TransportError} error
 */
export function unsent(error) {
  error.unsent = true;
  return error;
}

/**
 * A failure of a connection or of `fetch`, under the names that Node's own errors have.
 *
 * @param {any} error
 * @param {string} [proxy] host and port of the proxy that it is about, if it is about one
 * @returns {TransportError}
 */
export function inUsersWords(error, proxy) {
  // A host with several addresses fails once for each.
  const cause = error?.errors?.[0] ?? error?.cause?.errors?.[0] ?? error?.cause ?? error;
  if (cause instanceof TransportError) return cause;
  const code = typeof cause?.code === "string" ? cause.code : "ERR_NETWORK";
  const message = String(cause?.message || error?.message || "Network Error");
  // What `fetch` says of ports that belong to other protocols. It has no code for it.
  if (message === "bad port") {
    return unsent(new TransportError("ERR_UNSAFE_PORT", "fetch blocks the port of the URL"));
  }
  return new TransportError(code === "UND_ERR_SOCKET" ? "ECONNRESET" : code, message, proxy);
}

/**
 * HTTP over the host's `fetch`: its limits, its allow-list, its redirects, and the words that users
 * know for what goes wrong (kibana-host.md 6.5).
 */

/**
 * @import { HostRequest, HostResponse } from "../pkg/connector_bg.js"
 */

/**
 * @typedef {(request: HostRequest) => Promise<HostResponse>} Send
 */

/**
 * @typedef {object} TransportSettings
 * @property {typeof globalThis.fetch} fetch
 * @property {number} timeout milliseconds from a request to the end of its answer
 * @property {number} maxContentLength bytes of an answer's body
 * @property {(url: string) => void} [ensureUriAllowed] throws for a URL that must not be asked
 * @property {(hostname: string) => void} [ensureHostnameAllowed] ... for a redirect's host
 * @property {AbortSignal} [signal] ends the action
 * @property {(body: string) => void} [countRequestBody] hears of each request but those for tokens
 */

/** Where a host does not say: milliseconds and bytes. */
export const DEFAULT_LIMITS = { timeout: 60_000, maxContentLength: 1_048_576 };

const MAX_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];
const REFUSED = "ERR_FR_REDIRECTION_FAILURE";
const REDIRECTED = "Redirected request failed: ";

/** Why no answer came. */
class TransportError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * @param {TransportSettings} settings
 * @returns {Send}
 */
export function createTransport(settings) {
  const { timeout, countRequestBody } = settings;
  return async (request) => {
    if (!request.isTokenRequest) countRequestBody?.(request.body ?? "");
    const ended = new AbortController();
    const end = () => ended.abort(new TransportError("ERR_CANCELED", "canceled"));
    if (settings.signal?.aborted) end();
    settings.signal?.addEventListener("abort", end);
    const timer = setTimeout(() => {
      ended.abort(new TransportError("ECONNABORTED", `timeout of ${timeout}ms exceeded`));
    }, timeout);
    try {
      ended.signal.throwIfAborted();
      return await follow(request, settings, ended.signal);
    } catch (error) {
      throw ended.signal.aborted ? ended.signal.reason : inUsersWords(error);
    } finally {
      clearTimeout(timer);
      settings.signal?.removeEventListener("abort", end);
    }
  };
}

/**
 * @param {HostRequest} request
 * @param {TransportSettings} settings
 * @param {AbortSignal} signal
 * @returns {Promise<HostResponse>}
 */
async function follow(request, settings, signal) {
  let { method, url, headers, body } = request;
  allow(() => settings.ensureUriAllowed?.(url), "ERR_NOT_ALLOWED", "");
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await settings.fetch(url, {
      method,
      headers,
      body: body ?? undefined,
      redirect: "manual",
      signal,
    });
    if (response.type === "opaqueredirect") {
      // A browser does not tell where to.
      throw new TransportError(REFUSED, `${REDIRECTED}the instance redirects to another place`);
    }
    const location = response.headers.get("location");
    if (!REDIRECTS.includes(response.status) || !location) {
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await read(response, settings.maxContentLength),
      };
    }
    await response.body?.cancel();
    const next = new URL(location, url);
    allow(() => settings.ensureHostnameAllowed?.(next.hostname), REFUSED, REDIRECTED);
    if (next.origin !== new URL(url).origin) {
      if (request.isTokenRequest) {
        throw new TransportError(REFUSED, `${REDIRECTED}no credentials for ${next.origin}`);
      }
      headers = without(headers, "authorization");
    }
    if (response.status === 303 || (response.status < 303 && method === "POST")) {
      method = "GET";
      headers = without(headers, "content-type");
      body = null;
    }
    url = next.href;
  }
  throw new TransportError("ERR_FR_TOO_MANY_REDIRECTS", "Maximum number of redirects exceeded");
}

/**
 * @param {Record<string, string>} headers
 * @param {string} name
 */
function without(headers, name) {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}

/**
 * @param {() => void} ensure throws where something is not allowed
 * @param {string} code
 * @param {string} prefix
 */
function allow(ensure, code, prefix) {
  try {
    ensure();
  } catch (error) {
    throw new TransportError(code, prefix + /** @type {Error} */ (error).message);
  }
}

/**
 * Reads a body up to the limit: a larger one is cut off, not read whole.
 *
 * @param {Response} response
 * @param {number} limit bytes
 */
async function read(response, limit) {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      const message = `maxContentLength size of ${limit} exceeded`;
      throw new TransportError("ERR_BAD_RESPONSE", message);
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * A failure of `fetch`, under the names that Node's own errors have.
 *
 * @param {any} error
 */
function inUsersWords(error) {
  if (error instanceof TransportError) return error;
  const cause = error?.cause?.errors?.[0] ?? error?.cause ?? error;
  const code = typeof cause?.code === "string" ? cause.code : "ERR_NETWORK";
  const message = String(cause?.message || error?.message || "Network Error");
  return new TransportError(code === "UND_ERR_SOCKET" ? "ECONNRESET" : code, message);
}

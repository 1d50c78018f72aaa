/** The `fetch` of an action: the runtime's own, unless the host's settings ask for another way. */
import { warningOnce } from "../fetch.js";
import { TransportError } from "../transport_error.js";
import { readRoutes } from "./routes.js";

/**
 * @import { FetchOf } from "../types.js"
 */

/**
 * The runtime's `fetch`, or one that goes the way that the host's settings want.
 *
 * @type {FetchOf}
 */
export function fetchOfHost(utilities, logger) {
  const routeTo = readRoutes(utilities, logger);
  return async (url, init = {}) => {
    const route = readRoute(() => routeTo(String(url)));
    if (!route) return globalThis.fetch(url, init);
    const { fetchAlong } = await import("./undici.js");
    return fetchAlong(route, String(url), init);
  };
}

/**
 * A `fetch` that the user has given: it wins, and proxies and TLS are left to it.
 *
 * @param {typeof globalThis.fetch} fetch
 * @returns {FetchOf}
 */
export function fetchOfUser(fetch) {
  return warningOnce(fetch, (utilities, logger) => {
    const routeTo = readRoutes(utilities, logger);
    return (url) => routeTo(url) !== undefined;
  });
}

/**
 * @template T
 * @param {() => T} read
 */
function readRoute(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof TransportError) throw error;
    const { message } = /** @type {Error} */ (error);
    const text = `The host's networking settings cannot be read: ${message}`;
    throw new TransportError("ERR_NETWORK_SETTINGS", text);
  }
}

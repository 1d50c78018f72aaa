/**
 * The `fetch` of an action: the runtime's own, unless the host's settings ask for another way. The
 * rest of this folder is loaded when they do.
 */
import { asksForAnotherWay, warningOnce } from "../fetch.js";
import { TransportError } from "../transport_error.js";

/**
 * @import { FetchOf } from "../fetch.js"
 * @import { ConfigurationUtilities, FetchLike, Logger } from "../types.js"
 * @import { Route } from "./routes.js"
 */

/**
 * The runtime's `fetch`, or one that goes the way that the host's settings want.
 *
 * @type {FetchOf}
 */
export function fetchOfHost(utilities, logger) {
  const routeTo = routesOf(utilities, logger);
  return async (url, init) => {
    const route = await routeTo(url).catch(explain);
    if (!route) return globalThis.fetch(url, init);
    const { fetchAlong } = await import("./undici.js");
    return fetchAlong(route, url, init);
  };
}

/**
 * A `fetch` that the user has given: it wins, and proxies and TLS are left to it.
 *
 * @param {FetchLike} fetch
 * @returns {FetchOf}
 */
export function fetchOfUser(fetch) {
  return warningOnce(fetch, (utilities, logger) => {
    const routeTo = routesOf(utilities, logger);
    return async (url) => (await routeTo(url)) !== undefined;
  });
}

/**
 * The way to a URL; none where it is the one that any `fetch` goes.
 *
 * @param {ConfigurationUtilities} utilities
 * @param {Logger} logger
 * @returns {(url: string) => Promise<Route | undefined>}
 */
function routesOf(utilities, logger) {
  /** @type {((url: string) => Route | undefined) | undefined} */
  let routeTo;
  return async (url) => {
    if (!asksForAnotherWay(utilities, url)) return undefined;
    const { readRoutes } = await import("./routes.js");
    routeTo ??= readRoutes(utilities, logger);
    return routeTo(url);
  };
}

/**
 * @param {Error} error
 * @returns {never}
 */
function explain(error) {
  if (error instanceof TransportError) throw error;
  // What the error says may quote the settings, and so a proxy's password.
  const text = `The host's networking settings cannot be read: ${error.name}`;
  throw new TransportError("ERR_NETWORK_SETTINGS", text);
}

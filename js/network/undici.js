/**
 * `fetch` along a route, by the package `undici`: the runtime's own `fetch` knows neither proxies
 * nor certificate authorities.
 *
 * It is an optional peer and loaded when a route first needs it. Without it nothing is sent: a
 * request must never go another way than the host's settings say.
 */
import { TransportError } from "../transport_error.js";
import { makeDispatcher } from "./dispatcher.js";
import { KeptDispatchers } from "./kept.js";
import { refusedBy } from "./tunnel.js";

/**
 * @import { Undici } from "./dispatcher.js"
 * @import { Route } from "./routes.js"
 */

/** As many routes as a host's settings can sensibly have, each with its connections. */
const kept = new KeptDispatchers(32);

/**
 * @param {Route} route
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<Response>}
 */
export async function fetchAlong(route, url, init) {
  const undici = await load();
  const { protocol, host } = new URL(url);
  // A proxy is told of plain HTTP in the request itself (RFC 9112 3.2.2), where the target's own
  // headers win.
  const forwarding = protocol === "http:" ? route.proxy : undefined;
  const headers = forwarding
    ? { ...forwarding.headers, ...Object.fromEntries(new Headers(init.headers)), host }
    : init.headers;
  const { dispatcher, release } = kept.use({ route, forwards: forwarding !== undefined }, () =>
    makeDispatcher(undici, route, forwarding),
  );
  try {
    /** @type {any} */
    const options = { ...init, headers, dispatcher };
    const response = await undici.fetch(url, options);
    if (forwarding && response.status === 407) {
      await response.body?.cancel();
      throw refusedBy(forwarding, response.status);
    }
    return /** @type {any} */ (response);
  } finally {
    release();
  }
}

/** @returns {Promise<Undici>} */
async function load() {
  try {
    const { default: undici } = await import("undici");
    return undici;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const missing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    throw new TransportError(
      "ERR_UNDICI",
      `the host's proxy and TLS settings need the package undici, which ${missing ? "is not installed" : "cannot be loaded"}`,
    );
  }
}

/**
 * `fetch` along a route, by the package `undici`: the runtime's own `fetch` knows neither proxies
 * nor certificate authorities.
 *
 * It is an optional peer and loaded when a route first needs it. Without it nothing is sent: a
 * request must never go another way than the host's settings say.
 */
import { noOtherWay } from "../fetch.js";
import { TransportError } from "../transport_error.js";
import { makeDispatcher, makeForwarder } from "./dispatcher.js";
import { forward } from "./forward.js";
import { KeptDispatchers } from "./kept.js";

/**
 * @import { FetchAnswer, FetchInit } from "../types.js"
 * @import { Undici } from "./dispatcher.js"
 * @import { Route } from "./routes.js"
 */

/** As many routes as a host's settings can sensibly have, each with its connections. */
const kept = new KeptDispatchers(32);

/**
 * @param {Route} route
 * @param {string} url
 * @param {FetchInit} init
 * @returns {Promise<FetchAnswer>}
 */
export async function fetchAlong(route, url, init) {
  const undici = await load();
  const forwarding = new URL(url).protocol === "http:" ? route.proxy : undefined;
  // A forwarder is the same whatever is behind it.
  const { dispatcher, release } = forwarding
    ? kept.use({ forwarding }, () => makeForwarder(undici, forwarding))
    : kept.use(route, () => makeDispatcher(undici, route));
  try {
    if (forwarding) return await forward(dispatcher, forwarding, url, init);
    /** @type {any} */
    const options = { ...init, dispatcher };
    return /** @type {any} */ (await undici.fetch(url, options));
  } finally {
    release();
  }
}

/** @returns {Promise<Undici>} */
async function load() {
  // Bun has an undici of its own in that one's place, which goes straight past every proxy.
  if (process.versions.bun) throw noOtherWay();
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

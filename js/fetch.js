/**
 * The `fetch` of an action in runtimes that have no other way to ask: no proxy can be named there,
 * and no certificate authority. `network/` is for those that can.
 */
import { TransportError } from "./transport_error.js";

/** @import { ConfigurationUtilities, FetchOf } from "./types.js" */

export const NO_OTHER_WAY =
  "The host's proxy and TLS settings cannot be followed by this runtime's fetch: give getConnectorType a fetch that does";

/**
 * The runtime's `fetch`. Where a host's settings ask for another way, nothing is sent.
 *
 * @type {FetchOf}
 */
export function fetchOfHost(utilities) {
  return async (url, init) => {
    if (asksForAnotherWay(utilities, String(url))) {
      throw new TransportError("ERR_NETWORK_SETTINGS", NO_OTHER_WAY);
    }
    return globalThis.fetch(url, init);
  };
}

/**
 * A `fetch` that the user has given: proxies and TLS are left to it.
 *
 * @param {typeof globalThis.fetch} fetch
 * @returns {FetchOf}
 */
export function fetchOfUser(fetch) {
  return () => fetch;
}

/**
 * @param {ConfigurationUtilities} utilities
 * @param {string} url
 */
function asksForAnotherWay(utilities, url) {
  const mode = utilities.getSSLSettings?.()?.verificationMode ?? "full";
  const ofHost = utilities.getCustomHostSettings?.(url)?.ssl;
  return Boolean(utilities.getProxySettings?.()?.proxyUrl || ofHost || mode !== "full");
}

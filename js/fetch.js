/**
 * The `fetch` of an action in runtimes that have no other way to ask: no proxy can be named there,
 * and no certificate authority. `network/` is for those that can; what is said of a user's own
 * `fetch` is for all.
 */
import { TransportError } from "./transport_error.js";
import { warnOnce } from "./warn.js";

/** @import { ConfigurationUtilities, FetchOf, Logger } from "./types.js" */

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
  return warningOnce(fetch, (utilities) => (url) => asksForAnotherWay(utilities, url));
}

/**
 * A user's `fetch`, with a warning where a host has settings that it may not know of.
 *
 * @param {typeof globalThis.fetch} fetch
 * @param {(utilities: ConfigurationUtilities, logger: Logger) => (url: string) => boolean} reader of
 *   whether the settings ask for another way than any `fetch` goes
 * @returns {FetchOf}
 */
export function warningOnce(fetch, reader) {
  let warned = false;
  return (utilities, logger) => {
    const asks = reader(utilities, logger);
    return (url, init) => {
      if (!warned && isTrue(() => asks(String(url)))) {
        warned = true;
        warnOnce(logger)(
          "The host's proxy and TLS settings are not applied: the connector type was given a fetch of its own.",
        );
      }
      return fetch(url, init);
    };
  };
}

/**
 * Settings that cannot be read are none of the usual ones.
 *
 * @param {() => boolean} read
 */
function isTrue(read) {
  try {
    return read();
  } catch {
    return true;
  }
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

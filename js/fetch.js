/**
 * The `fetch` of an action in runtimes that have no other way to ask: no proxy can be named there,
 * and no certificate authority. `network/` is for those that can; what is said of a user's own
 * `fetch` is for all.
 */
import { TransportError } from "./transport_error.js";
import { warnOnce } from "./warn.js";

/** @import { ConfigurationUtilities, FetchLike, Logger } from "./types.js" */

/**
 * The `fetch` of an action, by a host's settings.
 *
 * @typedef {(utilities: ConfigurationUtilities, logger: Logger) => FetchLike} FetchOf
 */

/** In its own words, because the remedy differs: the settings may well be right. */
export const noOtherWay = () =>
  new TransportError(
    "ERR_NO_OTHER_WAY",
    "The host's proxy and TLS settings cannot be followed by this runtime's fetch: give getConnectorType a fetch that does",
  );

/**
 * The runtime's `fetch`. Where a host's settings ask for another way, nothing is sent.
 *
 * @type {FetchOf}
 */
export function fetchOfHost(utilities) {
  return async (url, init) => {
    if (asksForAnotherWay(utilities, url)) throw noOtherWay();
    return globalThis.fetch(url, init);
  };
}

/**
 * A `fetch` that the user has given: proxies and TLS are left to it.
 *
 * @param {FetchLike} fetch
 * @returns {FetchOf}
 */
export function fetchOfUser(fetch) {
  return warningOnce(fetch, (utilities) => async (url) => asksForAnotherWay(utilities, url));
}

/**
 * A user's `fetch`, with a warning where a host has settings that it may not know of.
 *
 * @param {FetchLike} fetch
 * @param {(utilities: ConfigurationUtilities, logger: Logger) => (url: string) => Promise<boolean>}
 *   reader of whether the settings ask for another way than any `fetch` goes
 * @returns {FetchOf}
 */
export function warningOnce(fetch, reader) {
  let warned = false;
  return (utilities, logger) => {
    const asks = reader(utilities, logger);
    return async (url, init) => {
      // Settings that cannot be read are none of the usual ones.
      if (!warned && (await asks(url).catch(() => true)) && !warned) {
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
 * Whether a host's settings say anything of the way to a URL.
 *
 * @param {ConfigurationUtilities} utilities
 * @param {string} url
 */
export function asksForAnotherWay(utilities, url) {
  const mode = utilities.getSSLSettings?.()?.verificationMode ?? "full";
  const ofHost = utilities.getCustomHostSettings?.(url)?.ssl;
  return Boolean(utilities.getProxySettings?.()?.proxyUrl || ofHost || mode !== "full");
}

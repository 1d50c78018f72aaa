/**
 * Which way a host's settings want a request to go: through which proxy, and with which certificates
 * verified how far (kibana-host.md 6.1 to 6.5).
 *
 * The way is chosen for each URL anew, a redirect's included. Where Kibana's own behaviour falls
 * short of what its settings promise, the promise counts: docs/networking.md has the rules.
 */

import { warnOnce } from "../warn.js";
import { readProxy } from "./proxy.js";
import { readMode } from "./tls.js";

/**
 * @import { ConfigurationUtilities, Logger } from "../types.js"
 * @import { Proxy } from "./proxy.js"
 * @import { Tls } from "./tls.js"
 */

/**
 * @typedef {object} Route
 * @property {Proxy} [proxy]
 * @property {Tls} tls to the target
 */

/**
 * @param {ConfigurationUtilities} utilities
 * @param {Logger} logger
 * @returns {(url: string) => Route | undefined} nothing where it is the way that any `fetch` goes;
 *   throws where the settings ask for what cannot be done
 */
export function readRoutes(utilities, logger) {
  const warn = warnOnce(logger);
  return (url) => {
    const target = new URL(url);
    const proxy = readProxy(utilities.getProxySettings?.(), target, warn);
    const tls = tlsTo(target, utilities, warn);
    const isDefault = !proxy && tls.mode === "full" && !tls.ca;
    return isDefault ? undefined : { proxy, tls };
  };
}

/**
 * An entry for the target's host decides alone, if it says anything of TLS.
 *
 * @param {URL} target
 * @param {ConfigurationUtilities} utilities
 * @param {(message: string) => void} warn
 * @returns {Tls}
 */
function tlsTo(target, utilities, warn) {
  if (target.protocol !== "https:") return { mode: "full" };
  const ssl = utilities.getCustomHostSettings?.(target.href)?.ssl;
  if (!ssl) return { mode: readMode(utilities.getSSLSettings?.()?.verificationMode, warn) };
  // Hosts before 9.0 hand this on, in the older setting's name.
  const older = ssl.rejectUnauthorized === false ? "none" : undefined;
  const mode = readMode(ssl.verificationMode ?? older, warn);
  return { mode, ca: ssl.certificateAuthoritiesData || undefined };
}

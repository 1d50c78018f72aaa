/** The proxy of a host's settings, and which targets it is for (kibana-host.md 6.2 and 6.5). */
import { TransportError } from "../transport_error.js";
import { readMode } from "./tls.js";

/**
 * @import { ProxySettings } from "../types.js"
 * @import { Tls } from "./tls.js"
 */

/**
 * @typedef {object} Proxy
 * @property {string} origin
 * @property {string} host what people know it by: its name and port, without credentials
 * @property {Record<string, string>} headers what it alone is to be told, credentials included
 * @property {Tls} tls to the proxy itself, where it speaks TLS
 */

/**
 * @param {ProxySettings | undefined} settings
 * @param {URL} target
 * @param {(message: string) => void} warn
 * @returns {Proxy | undefined} none where the target is to be asked directly
 * @throws {TransportError} where there is one and it cannot be used
 */
export function readProxy(settings, target, warn) {
  if (!settings?.proxyUrl) return undefined;
  // No text says what the URL is: there may be a password in it.
  if (!URL.canParse(settings.proxyUrl)) {
    warn("invalid proxy URL in the host's setting proxyUrl ignored");
    return undefined;
  }
  if (!isFor(target, settings)) return undefined;
  const url = new URL(settings.proxyUrl);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw cannotObey("the host's setting proxyUrl must begin with http:// or https://");
  }
  return {
    origin: url.origin,
    host: `${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`,
    headers: { ...credentialsOf(url), ...readHeaders(settings.proxyHeaders) },
    tls: { mode: readMode(settings.proxySSLSettings?.verificationMode, warn) },
  };
}

/**
 * @param {URL} target
 * @param {ProxySettings} settings
 */
function isFor(target, { proxyBypassHosts, proxyOnlyHosts }) {
  if (proxyBypassHosts && names(proxyBypassHosts, target)) return false;
  return !proxyOnlyHosts || names(proxyOnlyHosts, target);
}

/**
 * Whether a list of host names has the target's: exactly, but for case and an IPv6 address's
 * brackets.
 *
 * @param {Iterable<string>} list
 * @param {URL} target
 */
function names(list, { hostname }) {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return [...list].some((name) => [hostname, bare].includes(name.toLowerCase()));
}

/**
 * RFC 7617, from the part of a URL before the `@`.
 *
 * @param {URL} url
 * @returns {Record<string, string>}
 */
function credentialsOf({ username, password }) {
  if (!username && !password) return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign that stands for itself.
    return part;
  }
}

/**
 * @param {Record<string, string>} [headers]
 * @returns {Record<string, string>} with names in lower case
 */
function readHeaders(headers) {
  try {
    return Object.fromEntries(new Headers(headers));
  } catch {
    // The reason that is thrown would quote the value.
    throw cannotObey("the host's setting proxyHeaders holds what cannot be an HTTP header");
  }
}

/**
 * @param {string} message
 * @returns {TransportError}
 */
function cannotObey(message) {
  return new TransportError("ERR_NETWORK_SETTINGS", message);
}

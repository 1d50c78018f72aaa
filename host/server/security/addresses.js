// Addresses and the names that a browser may call this host by.

import { isIP, isIPv4 } from "node:net";

/** @param {string} host an address or a name */
export function isLoopback(host) {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/**
 * Whether a request may call this host by that name. A page of an attacker whose own name points
 * here (DNS rebinding) cannot: an address in numbers is no name, and all others are known.
 *
 * @param {string} hostname from the Host header, without a port
 * @param {readonly string[]} names
 */
export function isOwnName(hostname, names) {
  const host = hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  return host === "localhost" || isIP(host) !== 0 || names.includes(host);
}

/** A tunnel through a proxy (RFC 9110 9.3.6). */
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { inUsersWords, TransportError } from "../transport_error.js";
import { tlsOptions } from "./tls.js";

/**
 * @import { Socket } from "node:net"
 * @import { Proxy } from "./proxy.js"
 */

/** As long as `fetch` waits for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 10_000;

/**
 * @param {Proxy} proxy
 * @param {string} authority where to: host and port
 * @returns {Promise<Socket>}
 * @throws {TransportError} that names the proxy
 */
export function openTunnel(proxy, authority) {
  const { protocol, hostname, port } = new URL(proxy.origin);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return new Promise((resolve, reject) => {
    const request = (protocol === "https:" ? https : http).request({
      method: "CONNECT",
      path: authority,
      host,
      port,
      headers: { ...proxy.headers, host: authority },
      agent: false,
      ...tlsOptions(proxy.tls),
      // Else it were the target's, from the header `host`.
      servername: isIP(host) ? "" : host,
    });
    // For all of it: a proxy may send its answer drop by drop.
    const timer = setTimeout(() => {
      const message = `connect timeout of ${CONNECT_TIMEOUT}ms exceeded`;
      request.destroy(new TransportError("UND_ERR_CONNECT_TIMEOUT", message, proxy.host));
    }, CONNECT_TIMEOUT);
    request.once("close", () => clearTimeout(timer));
    request.once("connect", ({ statusCode = 0 }, socket, head) => {
      clearTimeout(timer);
      // What happens to it later is heard of through the TLS inside it.
      socket.on("error", () => {});
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(/** @type {Socket} */ (socket));
      } else {
        socket.destroy();
        reject(refusedBy(proxy, statusCode));
      }
    });
    request.on("error", (error) => reject(inUsersWords(error, proxy.host)));
    request.end();
  });
}

/**
 * @param {Proxy} proxy
 * @param {number} status
 * @returns {TransportError} in the words for an answer with that status
 */
export function refusedBy(proxy, status) {
  const message = `Request failed with status code ${status}`;
  return new TransportError(String(status), message, proxy.host);
}

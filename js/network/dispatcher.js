/** Makes what opens connections along a route and keeps them alive: an `undici` dispatcher. */
import { inUsersWords } from "../transport_error.js";
import { tlsOptions } from "./tls.js";
import { openTunnel } from "./tunnel.js";

/**
 * @import { Socket } from "node:net"
 * @import { Dispatcher } from "undici"
 * @import { Proxy } from "./proxy.js"
 * @import { Route } from "./routes.js"
 */

/** @typedef {typeof import("undici").default} Undici */
/** @typedef {import("undici").buildConnector.connector} Connect */

/** The transport has the limits, and ends a request itself. */
const WITHOUT_LIMITS = { headersTimeout: 0, bodyTimeout: 0 };

/**
 * For `fetch`: to the target directly, or through a proxy's tunnel.
 *
 * @param {Undici} undici
 * @param {Route} route
 * @returns {Dispatcher}
 */
export function makeDispatcher(undici, { proxy, tls }) {
  const direct = undici.buildConnector({ ...tlsOptions(tls), allowH2: false });
  const connect = proxy ? throughTunnel(proxy, direct) : direct;
  return new undici.Agent({ ...WITHOUT_LIMITS, connect });
}

/**
 * TLS with the target, inside a tunnel.
 *
 * @param {Proxy} proxy
 * @param {Connect} connect
 * @returns {Connect}
 */
function throughTunnel(proxy, connect) {
  return (options, callback) => {
    const authority = options.port ? options.host : `${options.host}:443`;
    openTunnel(proxy, String(authority))
      .then((httpSocket) => connect({ ...options, httpSocket }, callback))
      .catch((error) => callback(error, null));
  };
}

/**
 * For requests that name their whole URL: to the proxy alone.
 *
 * @param {Undici} undici
 * @param {Proxy} proxy
 * @returns {Dispatcher}
 */
export function makeForwarder(undici, proxy) {
  const direct = undici.buildConnector({ ...tlsOptions(proxy.tls), allowH2: false });
  return new undici.Pool(proxy.origin, {
    ...WITHOUT_LIMITS,
    // Without the name that a request gives: it may be an address, and TLS knows names alone.
    connect: ({ servername: _, ...options }, callback) =>
      direct(options, (...[error, socket]) => {
        if (error) callback(inUsersWords(error, proxy.host), null);
        else callback(null, /** @type {Socket} */ (socket));
      }),
  });
}

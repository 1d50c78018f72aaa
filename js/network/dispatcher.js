/** Makes what opens connections along a route and keeps them alive: an `undici` dispatcher. */
import { inUsersWords } from "../transport_error.js";
import { tlsOptions } from "./tls.js";
import { openTunnel } from "./tunnel.js";

/**
 * @import { Agent, Dispatcher } from "undici"
 * @import { Proxy } from "./proxy.js"
 * @import { Route } from "./routes.js"
 */

/** @typedef {typeof import("undici").default} Undici */
/** @typedef {import("undici").buildConnector.connector} Connect */

/** The transport has the limits, and ends a request itself. */
const OPTIONS = { headersTimeout: 0, bodyTimeout: 0, allowH2: false };

/**
 * @param {Undici} undici
 * @param {Route} route
 * @param {Proxy} [forwarding] the route's proxy, for targets of plain HTTP
 * @returns {Dispatcher}
 */
export function makeDispatcher(undici, route, forwarding) {
  if (forwarding) return toForwarder(undici, forwarding);
  const connect = undici.buildConnector({ ...tlsOptions(route.tls), allowH2: false });
  const agent = route.proxy ? throughTunnel(route.proxy, connect) : connect;
  return new undici.Agent({ ...OPTIONS, connect: agent });
}

/**
 * `https:` through a proxy: TLS with the target, inside a tunnel.
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
 * `http:` through a proxy: it is asked for the whole URL.
 *
 * @param {Undici} undici
 * @param {Proxy} proxy
 * @returns {Dispatcher}
 */
function toForwarder(undici, proxy) {
  const connect = undici.buildConnector({ ...tlsOptions(proxy.tls), allowH2: false });
  const agent = new undici.Agent({
    ...OPTIONS,
    // The name that the proxy's certificate is for is not the target's.
    connect: ({ servername: _, ...options }, callback) =>
      connect(options, (...[error, socket]) => {
        if (error) callback(inUsersWords(error, proxy.host), null);
        else callback(null, /** @type {import("node:net").Socket} */ (socket));
      }),
  });
  return agent.compose((dispatch) => (options, handler) => {
    const { origin, path } = options;
    const { hostname: servername } = new URL(proxy.origin);
    /** @type {any} */
    const whole = { ...options, origin: proxy.origin, path: `${origin}${path}`, servername };
    return dispatch(whole, handler);
  });
}

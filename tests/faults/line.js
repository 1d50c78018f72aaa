// The way from a connector to the simulated instance: what of a fault happens before the instance is
// asked, or is a matter of who asks.

import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:tls";
import { Agent, fetch } from "undici";

/** @import { startSimulator } from "servicenow-simulator" */
/** @import { RequestInit, Response } from "undici" */
/** @import { FaultRule } from "../../simulator/js/types.js" */

/** @typedef {Awaited<ReturnType<typeof startSimulator>>} Simulator */

const HOST = "acme.service-now.com";

/** The instance's name on the internet, under which connectors know it: texts are the same on each run. */
export const INSTANCE = `https://${HOST}`;

/** A page that asks instances itself, and has their leave. */
export const PAGE = "https://kibana.example.com";

/** The other half of the fault `certificate-bad`, in which no instance is reached that could have it. */
export const UNKNOWN_NAME = "unknown-name";

/**
 * A `fetch` that asks the simulator in the instance's place.
 *
 * @typedef {(url: string | URL, init: RequestInit) => Promise<Response>} Line
 */

/**
 * The line without a fault.
 *
 * @param {Simulator} simulator
 * @returns {Line}
 */
export function lineTo({ url }) {
  return (asked, init) => fetch(String(asked).replace(INSTANCE, url), init);
}

/**
 * The line under a fault, which is injected already, unless it is one of the line's own: of these it
 * says that they have happened.
 *
 * @param {Simulator} simulator
 * @param {FaultRule} rule
 * @param {() => void} happened
 * @returns {Promise<Line>}
 */
export async function lineUnder(simulator, rule, happened) {
  if (rule.variant === UNKNOWN_NAME) return unknownName(happened);
  if (rule.fault === "certificate-bad") return overTls(simulator);
  return lineTo(simulator);
}

/**
 * Says what a resolver says, wherever this is run.
 *
 * @param {() => void} happened
 * @returns {Line}
 */
function unknownName(happened) {
  /** @type {import("node:net").LookupFunction} */
  const lookup = (hostname, _options, done) => {
    happened();
    const facts = { code: "ENOTFOUND", syscall: "getaddrinfo", hostname };
    done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), facts), "");
  };
  const dispatcher = new Agent({ connect: { lookup } });
  return (asked, init) => fetch(asked, { ...init, dispatcher });
}

/**
 * Trusts the certificate that is shown: nothing is wrong with it but the fault.
 *
 * @param {Simulator} simulator
 * @returns {Promise<Line>}
 */
async function overTls({ httpsUrl }) {
  const url = new URL(String(httpsUrl));
  const ca = await certificateOf(url);
  // One of its own each time: a fault of certificates shows on new connections only.
  const dispatcher = new Agent({ connect: { ca, servername: HOST } });
  return (asked, init) =>
    fetch(String(asked).replace(INSTANCE, url.origin), { ...init, dispatcher });
}

/** @param {URL} url */
async function certificateOf({ hostname, port }) {
  const settings = { host: hostname, port: Number(port), servername: HOST };
  const socket = connect({ ...settings, rejectUnauthorized: false });
  try {
    await once(socket, "secureConnect");
    return new X509Certificate(socket.getPeerCertificate().raw).toString();
  } finally {
    socket.destroy();
  }
}

/**
 * Asks as a browser does for a page, and keeps back what the page may not see, in Chrome's words.
 *
 * @param {Line} line
 * @returns {Line}
 */
export function fromPage(line) {
  return async (asked, init) => {
    const headers = { .../** @type {Record<string, string>} */ (init.headers), origin: PAGE };
    const answer = await line(asked, { ...init, headers });
    if (answer.headers.has("access-control-allow-origin")) return answer;
    await answer.body?.cancel();
    throw new TypeError("Failed to fetch");
  };
}

/** @file The simulator's own page, for people: its files, and who may use it. */

import { readFileSync } from "node:fs";
import { isIP } from "node:net";

import { act, look } from "./controls.js";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { Simulated } from "./simulated.js" */

const API = "/simulator/api/";
const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";
/** The largest state that is loaded. */
const LARGEST_BODY = 512 * 1024 * 1024;

/** @typedef {{ type: string, body: Buffer | string }} Content */

/** @type {Map<string, Content>} */
const FILES = new Map([
  ["/", file("index.html", HTML)],
  // Where links to an incident point.
  ["/nav_to.do", file("index.html", HTML)],
  ["/simulator/page.css", file("page.css", "text/css; charset=utf-8")],
  ...["clock", "elements", "faults", "incidents", "main", "requests", "server", "setup"].map(
    (name) => /** @type {const} */ ([`/simulator/${name}.js`, file(`${name}.js`, SCRIPT)]),
  ),
]);

/** Why a request for the page is not answered. */
class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Whether a request is for the page and not for the instance.
 *
 * @param {IncomingMessage} request
 */
export function isForPage({ method, url = "" }) {
  const [path = ""] = url.split("?");
  return path.startsWith("/simulator/") || (method === "GET" && FILES.has(path));
}

/**
 * Answers a request for the page.
 *
 * @param {Simulated} simulated
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export async function servePage(simulated, request, response) {
  try {
    if (request.url?.startsWith(API)) checkSender(request);
    answer(response, 200, await found(simulated, request));
  } catch (error) {
    const status = error instanceof Refused ? error.status : 400;
    const message = error instanceof Error ? error.message : String(error);
    answer(response, status, { type: JSON_TYPE, body: JSON.stringify({ error: message }) });
  }
}

/**
 * Only this page, and clients that are no browser, may use the controls: not another page that a
 * browser has open, nor one that gave its name the address of this machine.
 *
 * @param {IncomingMessage} request
 */
function checkSender({ headers, socket }) {
  const { host = "", origin } = headers;
  const name = host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  if (name !== "localhost" && isIP(name) === 0) {
    throw new Refused(403, "Open the page by the address of this machine or as localhost.");
  }
  const scheme = "encrypted" in socket ? "https" : "http";
  const site = headers["sec-fetch-site"];
  const foreign = origin !== undefined && origin !== `${scheme}://${host}`;
  if (foreign || site === "cross-site" || site === "same-site") {
    throw new Refused(403, "The page can be used from itself only.");
  }
}

/**
 * @param {Simulated} simulated
 * @param {IncomingMessage} request
 * @returns {Promise<Content>}
 */
async function found(simulated, request) {
  const { method, url = "" } = request;
  const [path = "", query] = url.split("?");
  if (method !== "GET" && method !== "POST") throw new Refused(405, "Use GET or POST.");
  if (!path.startsWith(API)) {
    const found = method === "GET" ? FILES.get(path) : undefined;
    if (!found) throw new Refused(404, "The page has no such part.");
    return found;
  }
  const name = path.slice(API.length);
  const result =
    method === "GET"
      ? look(simulated, name, new URLSearchParams(query))
      : act(simulated, name, await body(request));
  if (result === undefined) throw new Refused(404, `The page has no control ${name}.`);
  return { type: JSON_TYPE, body: typeof result === "string" ? result : JSON.stringify(result) };
}

/**
 * A form of another page cannot send JSON, a script of another page not unasked.
 *
 * @param {IncomingMessage} request
 */
async function body(request) {
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw new Refused(415, "Send JSON: Content-Type: application/json.");
  }
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Refused(413, "That is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {Content} content
 */
function answer(response, status, { type, body }) {
  response.writeHead(status, {
    "Content-Type": type,
    "Cache-Control": "no-store",
    "Content-Security-Policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
      "img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

/**
 * @param {string} name
 * @param {string} type
 * @returns {Content}
 */
function file(name, type) {
  return { type, body: readFileSync(new URL(`./page/${name}`, import.meta.url)) };
}

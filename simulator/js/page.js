/** @file The simulator's own page: what the instance holds, for people. No API lives there. */

import { readFileSync } from "node:fs";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { Simulated } from "./simulated.js" */

/** As many of the newest incidents and requests as the page shows. */
const SHOWN = 200;

const HTML = "text/html; charset=utf-8";

/** @type {Map<string, { type: string, body: Buffer }>} */
const FILES = new Map([
  ["/", file("index.html", HTML)],
  // Where links to an incident point.
  ["/nav_to.do", file("index.html", HTML)],
  ["/simulator/page.css", file("page.css", "text/css; charset=utf-8")],
  ["/simulator/client.js", file("client.js", "text/javascript; charset=utf-8")],
]);

/**
 * Answers a request for the page, and says whether it was one.
 *
 * @param {Simulated} simulated
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export function servePage(simulated, { method, url = "" }, response) {
  if (method !== "GET") return false;
  const [path = "", query] = url.split("?");
  const found =
    path === "/simulator/state.json"
      ? state(simulated, new URLSearchParams(query).get("incident") ?? "")
      : FILES.get(path);
  if (!found) return false;
  response.writeHead(200, {
    "Content-Type": found.type,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(found.body);
  return true;
}

/**
 * @param {Simulated} simulated
 * @param {string} id the incident that is looked at, by number or `sys_id`
 */
function state(simulated, id) {
  const body = JSON.stringify({
    now: simulated.now(),
    incident: simulated.incident(id) ?? null,
    incidentCount: simulated.incidentCount(),
    requestCount: simulated.requestCount(),
    incidents: simulated.incidents(SHOWN).reverse(),
    requests: simulated.requests(SHOWN).reverse(),
  });
  return { type: "application/json; charset=utf-8", body: Buffer.from(body) };
}

/**
 * @param {string} name
 * @param {string} type
 */
function file(name, type) {
  return { type, body: readFileSync(new URL(`./page/${name}`, import.meta.url)) };
}

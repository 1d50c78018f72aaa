// What every request has to pass before a route sees it, in this order: that its headers can be
// read in one way only, the name it calls this host by, the page it comes from, who sends it, and
// that it is meant (kbn-xsrf).

import { HostError } from "../../js/errors.js";
import { isOwnName } from "./addresses.js";
import { authenticate, sessionOf } from "./authentication.js";

/** @typedef {import("fastify").FastifyInstance} FastifyInstance */
/** @typedef {import("fastify").FastifyRequest} FastifyRequest */

/**
 * @typedef {object} RouteAccess what a route asks of a request; a route that says nothing asks all
 * @property {boolean} [open] whether nobody has to sign in
 * @property {boolean} [withoutXsrfHeader] whether the kbn-xsrf header may be missing
 * @property {boolean} [navigable] whether a link on another site may lead here
 */

/** What stands between this host and the sender may go by another of two. */
const ONCE = ["host", "content-type", "authorization"];
const HOST = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i;
const HIGHEST_PORT = 65_535;
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * @param {FastifyInstance} app
 * @param {object} options
 * @param {import("./authentication.js").Authentication} options.authentication
 * @param {import("../settings/read.js").ServerSettings} options.settings
 */
export function guard(app, { authentication, settings }) {
  const publicUrl = settings["server.publicBaseUrl"];
  const names = [settings["server.host"], publicUrl && new URL(publicUrl).hostname]
    .filter((name) => name !== undefined)
    .map((name) => name.toLowerCase());

  app.decorateRequest("who", null);
  app.addHook("onRequest", async (request) => {
    const access = accessOf(request);
    checkHeaders(request);
    checkName(request, names);
    checkSite(request, { publicUrl, navigable: access.navigable === true });
    request.who = access.open
      ? (sessionOf(request, authentication) ?? null)
      : await authenticate(request, authentication);
    if (!access.withoutXsrfHeader) checkXsrfHeader(request);
  });
}

/** @param {FastifyRequest} request @returns {RouteAccess} */
function accessOf(request) {
  return request.routeOptions.config.access ?? {};
}

/** @param {FastifyRequest} request */
function checkHeaders({ headers, raw }) {
  const given = raw.rawHeaders.filter((_, index) => index % 2 === 0);
  for (const name of ONCE) {
    if (given.filter((header) => header.toLowerCase() === name).length <= 1) continue;
    throw new HostError(400, `The header ${name} is there more than once. Send it once.`);
  }
  const [, port = "0"] = HOST.exec(headers.host ?? "localhost") ?? [undefined, "none"];
  if (!(Number(port) <= HIGHEST_PORT)) {
    throw new HostError(400, "The header Host is no name or address with or without a port.");
  }
}

/**
 * @param {FastifyRequest} request
 * @param {readonly string[]} names
 */
function checkName({ hostname }, names) {
  if (isOwnName(hostname, names)) return;
  throw new HostError(
    403,
    "This host does not go by that name. Use its address, or set server.publicBaseUrl.",
  );
}

/**
 * Only this host's own page, and clients that are no browser.
 *
 * @param {FastifyRequest} request
 * @param {{ publicUrl: string | undefined, navigable: boolean }} options
 */
function checkSite(request, { publicUrl, navigable }) {
  const { origin, "sec-fetch-site": site, "sec-fetch-mode": mode } = request.headers;
  const followsLink = navigable && SAFE_METHODS.includes(request.method) && mode === "navigate";
  if (followsLink) return;
  const own = [`${request.protocol}://${request.host}`, publicUrl];
  const foreign = origin !== undefined && !own.includes(origin);
  if (foreign || site === "cross-site" || site === "same-site") {
    throw new HostError(403, "Requests from other sites are not taken.");
  }
}

/** @param {FastifyRequest} request */
function checkXsrfHeader({ method, headers }) {
  if (SAFE_METHODS.includes(method) || headers["kbn-xsrf"]) return;
  throw new HostError(400, "Request must contain a kbn-xsrf header.");
}

// Finds out who a request comes from: Basic credentials, an API key, or the session of the page.

import { HostError } from "../../js/errors.js";

/** @typedef {import("fastify").FastifyRequest} FastifyRequest */
/** @typedef {import("./credentials.js").Principal} Principal */

/**
 * @typedef {object} Authentication
 * @property {import("./credentials.js").Credentials} credentials
 * @property {import("./sessions.js").Sessions} sessions
 * @property {import("./guesses.js").Guesses} guesses
 */

export const SESSION_COOKIE = "sid";

/** Nobody, or nobody known. */
export class Unauthorized extends HostError {
  /** @param {string} message */
  constructor(message) {
    super(401, message);
  }
}

/**
 * @param {FastifyRequest} request
 * @param {Authentication} authentication
 * @returns {Promise<Principal>}
 */
export async function authenticate(request, { credentials, sessions, guesses }) {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    const id = request.cookies[SESSION_COOKIE];
    const who = id === undefined ? undefined : sessions.find(id);
    if (who !== undefined && credentials.isCurrent(who)) return who;
    throw new Unauthorized(
      "Sign in first: with Basic credentials, with an API key (Authorization: ApiKey ...), or on " +
        "the page.",
    );
  }
  const { secret, check } = readHeader(authorization, credentials);
  const who = credentials.knows(secret) ? await check() : await guesses.allow(request.ip, check);
  if (who === undefined) {
    throw new Unauthorized("The user name, the password or the API key is wrong.");
  }
  return who;
}

/**
 * @param {string} header
 * @param {import("./credentials.js").Credentials} credentials
 * @returns {{ secret: string, check: () => Promise<Principal | undefined> }}
 */
function readHeader(header, credentials) {
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(header) ?? [];
  if (scheme.toLowerCase() === "basic") {
    const decoded = Buffer.from(value, "base64").toString("utf8");
    const colon = decoded.indexOf(":");
    const password = decoded.slice(colon + 1);
    if (colon !== -1) {
      const username = decoded.slice(0, colon);
      return { secret: password, check: () => credentials.checkPassword(username, password) };
    }
  }
  // Some clients, such as Alertmanager's older ones, know no other scheme than Bearer.
  if (["apikey", "bearer"].includes(scheme.toLowerCase())) {
    const key = Buffer.from(value, "base64").toString("utf8").split(":")[1] ?? "";
    return { secret: key, check: () => credentials.checkApiKey(value) };
  }
  throw new Unauthorized(
    "The Authorization header cannot be read: expected Basic, or ApiKey (or Bearer) and the key as it was " +
      "printed.",
  );
}

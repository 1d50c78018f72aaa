// Finds out who a request comes from: Basic credentials, an API key, or the session of the page.

import { HostError } from "../../js/errors.js";

/** @typedef {import("fastify").FastifyRequest} FastifyRequest */
/** @typedef {import("./credentials.js").Principal} Principal */

/**
 * @typedef {object} Authentication
 * @property {import("./credentials.js").Credentials} credentials
 * @property {import("./sessions.js").Sessions} sessions
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
export async function authenticate(request, authentication) {
  const { credentials } = authentication;
  const { authorization } = request.headers;
  if (authorization === undefined) {
    const who = sessionOf(request, authentication);
    if (who !== undefined) return who;
    throw new Unauthorized(
      "Sign in first: with Basic credentials, with an API key (Authorization: ApiKey ...), or on " +
        "the page.",
    );
  }
  const who = await checkHeader(authorization, credentials);
  if (who === undefined) {
    throw new Unauthorized("The user name, the password or the API key is wrong.");
  }
  return who;
}

/**
 * @param {FastifyRequest} request
 * @param {Authentication} authentication
 * @returns {Principal | undefined} who signed in on the page
 */
export function sessionOf({ cookies }, { credentials, sessions }) {
  const id = cookies[SESSION_COOKIE];
  const who = id === undefined ? undefined : sessions.find(id);
  return who !== undefined && credentials.isCurrent(who) ? who : undefined;
}

/**
 * @param {string} header
 * @param {import("./credentials.js").Credentials} credentials
 * @returns {Promise<Principal | undefined>}
 */
async function checkHeader(header, credentials) {
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(header) ?? [];
  if (scheme.toLowerCase() === "basic") {
    const decoded = Buffer.from(value, "base64").toString("utf8");
    const colon = decoded.indexOf(":");
    if (colon !== -1) {
      return credentials.checkPassword(decoded.slice(0, colon), decoded.slice(colon + 1));
    }
  }
  // Some clients, such as Alertmanager's older ones, know no other scheme than Bearer.
  if (["apikey", "bearer"].includes(scheme.toLowerCase())) {
    return credentials.checkApiKey(value);
  }
  throw new Unauthorized(
    "The Authorization header cannot be read: expected Basic, or ApiKey (or Bearer) and the key " +
      "as it was printed.",
  );
}

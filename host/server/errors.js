// How every failure is answered: Kibana's error body, and no word of a secret.

import { STATUS_CODES } from "node:http";

import { HostError, messageOf } from "../js/errors.js";
import { Invalid } from "./schema.js";
import { Unauthorized } from "./security/authentication.js";
import { TooManyGuesses } from "./security/guesses.js";

/** @typedef {import("fastify").FastifyReply} FastifyReply */
/** @typedef {import("fastify").FastifyRequest} FastifyRequest */

/** Where Kibana's words are other than Node's. */
const NAMES = new Map([[413, "Request Entity Too Large"]]);

/**
 * @param {number} statusCode
 * @param {string} message
 */
export function errorBody(statusCode, message) {
  const error = NAMES.get(statusCode) ?? STATUS_CODES[statusCode] ?? "Error";
  return { statusCode, error, message };
}

/**
 * @param {object} options
 * @param {import("../js/types.js").Logger} options.logger
 * @param {number} options.maxPayload
 */
export function createErrorHandler({ logger, maxPayload }) {
  /**
   * @param {unknown} error
   * @param {FastifyRequest} request
   * @param {FastifyReply} reply
   */
  return (error, request, reply) => {
    const answer = known(error, maxPayload) ?? unknown(error, request, logger);
    const { message } = answer;
    const statusCode = answer.statusCode === 429 && isAlert(request) ? 503 : answer.statusCode;
    if (error instanceof TooManyGuesses) reply.header("retry-after", error.retryAfter);
    if (error instanceof Unauthorized && !fromBrowser(request)) {
      // A browser would open a dialog of its own.
      reply.header("www-authenticate", 'Basic realm="host", charset="UTF-8", ApiKey');
    }
    return reply.code(statusCode).send(errorBody(statusCode, message));
  };
}

/**
 * Alertmanager takes 429 for final, and drops the alert; after 503 it sends it again.
 *
 * @param {FastifyRequest} request
 */
function isAlert({ routeOptions }) {
  return routeOptions.url?.startsWith("/api/webhooks/") === true;
}

/** @param {FastifyRequest} request */
function fromBrowser({ headers }) {
  return headers["sec-fetch-mode"] !== undefined || headers.origin !== undefined;
}

/**
 * @param {unknown} error
 * @param {number} maxPayload
 * @returns {{ statusCode: number, message: string } | undefined}
 */
function known(error, maxPayload) {
  if (error instanceof HostError) return error;
  if (error instanceof Invalid) {
    const [place, ...rest] = error.path;
    const at = [`request ${place}`, ...rest].join(".");
    return { statusCode: 400, message: `[${at}]: ${error.message}` };
  }
  const { statusCode, code } = /** @type {{ statusCode?: number, code?: string }} */ (error);
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return {
        statusCode: 413,
        message: `Payload content length greater than maximum allowed: ${maxPayload}`,
      };
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return { statusCode: 415, message: "Unsupported Media Type" };
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return { statusCode: 400, message: "Request body size did not match Content-Length" };
    default:
  }
  // The framework's own: what they say of a request is its own, and may quote it.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { statusCode, message: STATUS_CODES[statusCode] ?? "Bad Request" };
  }
  return undefined;
}

/**
 * @param {unknown} error
 * @param {FastifyRequest} request
 * @param {import("../js/types.js").Logger} logger
 */
function unknown(error, request, logger) {
  const text = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  logger.error(withoutSecrets(text, request.body));
  return {
    statusCode: 500,
    message: "An internal server error occurred. Check the log of this host for details.",
  };
}

/**
 * A fault's text may quote what it failed on.
 *
 * @param {string} text
 * @param {unknown} body
 */
function withoutSecrets(text, body) {
  const secrets = /** @type {{ secrets?: unknown, password?: unknown } | undefined} */ (body);
  return stringsIn([secrets?.secrets, secrets?.password])
    .filter((secret) => secret !== "")
    .reduce((clean, secret) => clean.replaceAll(secret, "[hidden]"), text);
}

/** @param {unknown} value @returns {string[]} */
function stringsIn(value) {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

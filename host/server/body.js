// Reads a request's body: JSON of a reasonable depth, and nothing that reaches for a prototype.

import { HostError } from "../js/errors.js";

/** Deeper than anything a connector or a rule has. */
const DEEPEST = 64;

const NOT_JSON = "Invalid request payload JSON format";

/** @typedef {import("fastify").FastifyRequest} FastifyRequest */

/** @param {import("fastify").FastifyInstance} app */
export function readJsonBodies(app) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i,
    { parseAs: "string" },
    async (/** @type {FastifyRequest} */ _request, /** @type {string} */ body) => parse(body),
  );
  app.addContentTypeParser("*", { parseAs: "string" }, parseUntyped);
}

/**
 * Without a content type a body is taken for JSON, as Kibana does.
 *
 * @param {FastifyRequest} request
 * @param {string} body
 */
async function parseUntyped({ headers }, body) {
  if (body !== "" && headers["content-type"] !== undefined) {
    throw new HostError(415, "Unsupported Media Type: send the body as application/json.");
  }
  return parse(body);
}

/** @param {string} text @returns {unknown} nothing for an empty body */
function parse(text) {
  if (text === "") return null;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's text quotes the body.
    throw new HostError(400, NOT_JSON);
  }
  check(value);
  return value;
}

/** @param {unknown} value */
function check(value) {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new HostError(400, `${NOT_JSON}: nested too deep`);
    level = level.flatMap(partsOf);
  }
}

/** @param {unknown} value @returns {unknown[]} */
function partsOf(value) {
  if (typeof value !== "object" || value === null) return [];
  if (!Array.isArray(value)) {
    if (Object.hasOwn(value, "__proto__")) refuse("__proto__");
    const { value: own } = Object.getOwnPropertyDescriptor(value, "constructor") ?? {};
    if (typeof own === "object" && own !== null && Object.hasOwn(own, "prototype")) {
      refuse("constructor.prototype");
    }
  }
  return Object.values(value);
}

/** @param {string} key */
function refuse(key) {
  throw new HostError(400, `[request body]: '${key}' is an invalid key`);
}

// The requests that an action would send, built by the connector itself, with nothing sent: it runs
// in the page, against a recorder.

import { createConnector, init } from "servicenow-itsm-connector";

import { settingsLike } from "./placeholders.js";
import { createRecorder } from "./recorder.js";

/** @typedef {import("../api/types.js").Connector} Connector */
/** @typedef {import("../params/params.js").ActionParams} ActionParams */

/**
 * A request as it is shown.
 *
 * @typedef {object} ShownRequest
 * @property {string} purpose
 * @property {string} method
 * @property {string} url
 * @property {[name: string, value: string][]} headers
 * @property {string | null} body
 */

const HIDDEN = "••••";
const HIDDEN_FORM_FIELDS = ["assertion", "client_secret"];

/**
 * @param {Connector} connector
 * @param {ActionParams} params
 * @returns {Promise<ShownRequest[]>}
 * @throws {Error} where the connector would send nothing, with its reason
 */
export async function previewRequests(connector, { subAction, subActionParams }) {
  await init();
  const recorder = createRecorder();
  const settings = await settingsLike(connector);
  const preview = createConnector({ ...settings, fetch: recorder.fetch });
  await preview[subAction](/** @type {any} */ (subActionParams));
  return recorder.requests.map(shown);
}

/**
 * @param {string} text
 * @returns {Promise<string>} the correlation ID as ServiceNow gets it; empty where it gets none
 */
export async function sentCorrelationId(text) {
  await init();
  const recorder = createRecorder();
  const settings = await settingsLike(/** @type {Connector} */ ({ is_deprecated: false }));
  const incident = { short_description: "any", correlation_id: text };
  await createConnector({ ...settings, fetch: recorder.fetch }).pushToService({ incident });
  const bodies = recorder.requests.map(({ body }) => JSON.parse(body ?? "{}"));
  return bodies.find((body) => body.u_correlation_id)?.u_correlation_id ?? "";
}

/** @param {import("./recorder.js").RecordedRequest} request */
function shown({ method, url, headers, body }) {
  const { authorization, ...others } = headers;
  const type = others["content-type"] ?? "";
  return {
    purpose: purposeOf(method, new URL(url), body),
    method,
    url,
    headers: [
      .../** @type {[string, string][]} */ (
        authorization ? [["authorization", withoutCredentials(authorization)]] : []
      ),
      ...Object.entries(others),
    ],
    body: body && (type.startsWith("application/json") ? indented(body) : formOf(body)),
  };
}

/** @param {string} authorization */
function withoutCredentials(authorization) {
  return `${authorization.split(" ")[0]} ${HIDDEN}`;
}

/** @param {string} json */
function indented(json) {
  return JSON.stringify(JSON.parse(json), null, 2);
}

/** @param {string} body a form */
function formOf(body) {
  return [...new URLSearchParams(body)]
    .map(([name, value]) => `${name}=${HIDDEN_FORM_FIELDS.includes(name) ? HIDDEN : value}`)
    .join("\n&");
}

/**
 * @param {string} method
 * @param {URL} url
 * @param {string | null} body
 */
function purposeOf(method, { pathname, searchParams }, body) {
  if (pathname.endsWith("/oauth_token.do")) return "Get an access token, unless one is kept";
  if (searchParams.has("sysparm_query")) return "Find the incidents of the correlation ID";
  if (method === "GET") return "Read the incident back";
  const columns = Object.keys(JSON.parse(body ?? "{}")).map((name) => name.replace(/^u_/, ""));
  if (columns.includes("close_code")) return "Close the incident";
  if (columns.includes("work_notes")) return "Add the comment";
  return method === "POST" && pathname.includes("/import/")
    ? "Open the incident, or update the one of the correlation ID"
    : "Open the incident";
}

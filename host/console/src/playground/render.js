// What each field of a rule's params comes to, by the connector type's own renderer in the page.

import { getConnectorType, init } from "servicenow-itsm-connector";

import { faultOfJson, wordsOf } from "../params/json.js";
import { commentOf } from "../params/params.js";
import { sentCorrelationId } from "../test/preview_requests.js";

/** @typedef {import("../params/params.js").ActionParams} ActionParams */
/** @typedef {import("../params/use_params_form.js").Rendered} Rendered */
/** @typedef {import("../params/use_params_form.js").RenderedFields} RenderedFields */
/** @typedef {import("../params/use_params_form.js").FieldName} FieldName */

const NOT_RENDERED = "error rendering mustache template ";
const LAMBDA = "mustache render error: ";

/**
 * @param {ActionParams} params templates
 * @param {object} variables
 * @returns {Promise<RenderedFields>} without fields that hold no template
 */
export async function renderFields(params, variables) {
  await init();
  const texts = { ...params.subActionParams.incident, comments: commentOf(params) };
  const templates = Object.entries(texts).filter(([, text]) => text?.includes("{{"));
  /** @type {RenderedFields} */
  const fields = Object.fromEntries(
    templates.map(([name]) => [name, rendered(params, variables, /** @type {FieldName} */ (name))]),
  );
  const id = fields.correlation_id;
  if (id && !id.error) fields.correlation_id = { text: await sentCorrelationId(id.text) };
  return fields;
}

/**
 * One field by itself, so that it is known where a lambda's complaint comes from.
 *
 * @param {ActionParams} params
 * @param {object} variables
 * @param {FieldName} name
 * @returns {Rendered}
 */
function rendered({ subAction, subActionParams }, variables, name) {
  /** @type {string[]} */
  const complaints = [];
  const logger = {
    debug() {},
    info() {},
    warn: (line = "") => void complaints.push(line),
    error() {},
  };
  const only =
    name === "comments"
      ? { incident: {}, comments: subActionParams.comments }
      : { incident: { [name]: subActionParams.incident[name] } };
  try {
    const params = getConnectorType().renderParameterTemplates(
      logger,
      { subAction, subActionParams: only },
      variables,
    );
    const text = textOf(/** @type {ActionParams} */ (params), name);
    return { text, error: errorOf(name, text, complaints) };
  } catch (error) {
    return { text: "", error: /** @type {Error} */ (error).message };
  }
}

/**
 * @param {ActionParams} params
 * @param {FieldName} name
 */
function textOf(params, name) {
  if (name === "comments") return commentOf(params);
  return params.subActionParams.incident[name] ?? "";
}

/**
 * @param {FieldName} name
 * @param {string} text
 * @param {string[]} complaints
 * @returns {string | undefined}
 */
function errorOf(name, text, complaints) {
  if (text.startsWith(NOT_RENDERED)) return text;
  const [complaint] = complaints;
  if (complaint !== undefined) return complaint.replace(LAMBDA, "");
  if (name !== "additional_fields") return undefined;
  const fault = faultOfJson(text);
  return fault && `Rendered, this is no JSON. ${wordsOf(fault)} It is: ${text}`;
}

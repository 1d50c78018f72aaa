// What the form says of params before they are sent (servicenow-itsm.md 7.4). The rest is for the
// connector to refuse.

import { faultOfJson } from "./json.js";

/** @typedef {import("./params.js").ActionParams} ActionParams */

/** @typedef {{ short_description?: string, correlation_id?: string, additional_fields?: string }} FieldErrors */

const MAX_ADDITIONAL_FIELDS = 20;
const HOLDS_A_VARIABLE = /\{\{.*?\}\}/s;

/**
 * @param {ActionParams} params
 * @returns {FieldErrors} empty where the params can be sent
 */
export function errorsOf({ subAction, subActionParams: { incident } }) {
  /** @type {FieldErrors} */
  const errors = {};
  if (subAction === "closeIncident") {
    if (isBlank(incident.correlation_id)) errors.correlation_id = "Correlation id is required.";
    return errors;
  }
  if (isBlank(incident.short_description)) {
    errors.short_description = "Short description is required.";
  }
  const fault = errorOfAdditionalFields(incident.additional_fields);
  if (fault) errors.additional_fields = fault;
  return errors;
}

/** @param {string | null} [text] */
function isBlank(text) {
  return !text?.trim();
}

/**
 * @param {string | null} [text] what holds variables is JSON only once it is rendered
 * @returns {string | undefined}
 */
function errorOfAdditionalFields(text) {
  if (!text || HOLDS_A_VARIABLE.test(text)) return undefined;
  if (faultOfJson(text)) return "Invalid JSON.";
  const value = JSON.parse(text);
  if (value === null) return "Invalid JSON.";
  return Object.keys(value).length > MAX_ADDITIONAL_FIELDS
    ? `A maximum of ${MAX_ADDITIONAL_FIELDS} additional fields can be defined at a time.`
    : undefined;
}

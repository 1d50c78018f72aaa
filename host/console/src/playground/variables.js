// The variables as somebody writes them: JSON, which has to be an object.

import { faultOfJson, wordsOf } from "../params/json.js";

/** @typedef {import("./examples/index.js").Variables} Variables */

/** Longer lists of paths help nobody. */
const MAX_PATHS = 200;

/**
 * @param {string} text
 * @returns {{ variables: Variables, problem?: undefined } | { variables?: undefined, problem: string }}
 */
export function readVariables(text) {
  const fault = faultOfJson(text);
  if (fault) return { problem: wordsOf(fault) };
  const variables = JSON.parse(text);
  return isObject(variables)
    ? { variables }
    : { problem: 'The variables are an object: { "rule": … }.' };
}

/**
 * @param {Variables} variables
 * @param {string} alertId
 * @param {"firing" | "recovered"} group
 * @returns {Variables} a copy, as the rule would give it for this alert
 */
export function forAlert(variables, alertId, group) {
  const alert = { ...(isObject(variables.alert) ? variables.alert : {}), id: alertId };
  if (group === "firing") return { ...variables, alert };
  const recovered = { actionGroup: "recovered", actionGroupName: "Recovered" };
  return { ...variables, alert: { ...alert, ...recovered } };
}

/**
 * @param {Variables} variables
 * @returns {string[]} what a template can name, from the outside in; not what is inside of lists
 */
export function pathsOf(variables) {
  /** @type {string[]} */
  const paths = [];
  /**
   * @param {Variables} object
   * @param {string} prefix
   */
  const walk = (object, prefix) => {
    for (const [name, value] of Object.entries(object)) {
      if (paths.length >= MAX_PATHS) return;
      if (isObject(value)) walk(value, `${prefix}${name}.`);
      else paths.push(prefix + name);
    }
  };
  walk(variables, "");
  return paths;
}

/**
 * @param {unknown} value
 * @returns {value is Variables}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

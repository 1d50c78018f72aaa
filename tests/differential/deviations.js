// Where the connector differs from Kibana and says so (the module docs of src/template): the narrowest
// rule for each, and why.

import { isDeepStrictEqual } from "node:util";
import { INHERITED_NAMES } from "./generate/variables.js";

/** @import { Difference, Outcome } from "./compare.js" */

/**
 * @typedef {object} Deviation
 * @property {string} name
 * @property {(difference: Difference) => boolean} explains
 */

/** @type {Deviation[]} */
export const DEVIATIONS = [
  {
    name: "names that JavaScript objects inherit mean nothing",
    explains: ({ template }) => INHERITED.test(template),
  },
  {
    name: "half of a surrogate pair cannot be written in UTF-8",
    explains: ({ expected, actual }) =>
      !isWellFormed(expected) && isDeepStrictEqual(wellFormed(expected), actual),
  },
  {
    name: "a dotted key with a part __proto__ reaches no object's prototype",
    explains: ({ variables }) => hasKey(variables, (key) => /\.__proto__|__proto__\./.test(key)),
  },
];

const INHERITED = new RegExp(
  `\\b(${INHERITED_NAMES.filter((name) => name !== "toString").join("|")})\\b`,
);

/** @param {Outcome} outcome */
function isWellFormed(outcome) {
  return isDeepStrictEqual(outcome, wellFormed(outcome));
}

/**
 * @param {Outcome} outcome
 * @returns {Outcome}
 */
function wellFormed({ text, json, warnings, thrown }) {
  return {
    ...(thrown !== undefined && { thrown: thrown.toWellFormed() }),
    ...(text !== undefined && { text: text.toWellFormed() }),
    ...(json !== undefined && { json: json.toWellFormed() }),
    ...(warnings && { warnings: warnings.map((warning) => warning.toWellFormed()) }),
  };
}

/**
 * @param {unknown} value
 * @param {(key: string) => boolean} matches
 * @returns {boolean}
 */
function hasKey(value, matches) {
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(([key, member]) => matches(key) || hasKey(member, matches));
}

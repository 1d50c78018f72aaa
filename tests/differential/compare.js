// Renders a case as the connector does and as the oracle does, and says where they differ.

import { isDeepStrictEqual } from "node:util";
import { getConnectorType } from "servicenow-itsm-connector";
import { isSaid, waysToDeviate } from "./deviations.js";
import { randomOf } from "./generate/random.js";
import { template } from "./generate/templates.js";
import { variables } from "./generate/variables.js";
import { renderParams } from "./oracle/kibana.js";
import { KIBANA } from "./oracle/rules.js";

/** @import { Rules } from "./oracle/rules.js" */

/**
 * @typedef {object} Case
 * @property {string} template
 * @property {Record<string, unknown>} variables
 *
 * @typedef {object} Outcome
 * @property {string} [text] the template, rendered where nothing is escaped
 * @property {string} [json] the template, rendered where JSON is
 * @property {string[]} [warnings]
 * @property {string} [thrown]
 *
 * @typedef {Case & { expected: Outcome, actual: Outcome }} Difference
 */

const type = getConnectorType();

/**
 * The case that a seed stands for.
 *
 * @param {number} seed
 * @returns {Case}
 */
export function caseOf(seed) {
  const random = randomOf(seed);
  const given = variables(random);
  return { variables: given, template: template(random, given) };
}

/**
 * @param {Case} given
 * @returns {Difference | undefined} where there is one that nothing explains
 */
export function difference(given) {
  return unlike(given, asConnector(given));
}

/**
 * The same for what somebody else has rendered.
 *
 * @param {Case} given
 * @param {Outcome} actual
 * @returns {Difference | undefined}
 */
export function unlike(given, actual) {
  const expected = asOracle(given, KIBANA);
  if (isDeepStrictEqual(expected, actual)) return undefined;
  for (const rules of waysToDeviate()) {
    if (isSaid(asOracle(given, rules), actual)) return undefined;
  }
  return { ...given, expected, actual };
}

/**
 * With what mustache.js lets a template do to the objects of the whole process undone:
 * `{{#__proto__}}{{list.push}}{{/__proto__}}` gives every object a length.
 *
 * @param {Case} given
 * @param {Rules} rules
 */
export function asOracle({ template, variables }, rules) {
  try {
    return outcome((params, warn) => renderParams(params, variables, warn, rules), template);
  } finally {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      if (!OF_OBJECTS.has(name)) Reflect.deleteProperty(Object.prototype, name);
    }
  }
}

const OF_OBJECTS = new Set(Object.getOwnPropertyNames(Object.prototype));

/** @param {Case} given */
export function asConnector({ template, variables }) {
  return outcome((params, warn) => {
    const logger = { debug() {}, info() {}, warn, error() {} };
    return type.renderParameterTemplates(logger, params, variables, "c-1");
  }, template);
}

/**
 * @param {(params: any, warn: (message: string) => void) => any} render
 * @param {string} template
 * @returns {Outcome}
 */
function outcome(render, template) {
  /** @type {string[]} */
  const warnings = [];
  const params = { text: template, subActionParams: { incident: { additional_fields: template } } };
  try {
    const rendered = render(params, (message) => warnings.push(message));
    const json = rendered.subActionParams.incident.additional_fields;
    return { text: rendered.text, json, warnings };
  } catch (error) {
    return { thrown: String(error) };
  }
}

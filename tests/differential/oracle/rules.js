// Kibana's rules where the connector has others of its own (../deviations.js): the oracle follows either.

import lodash from "lodash";
import moment from "moment-timezone";

/**
 * @typedef {object} Rules
 * @property {(ready: any) => object} variables what an action's variables are, given their JSON
 * @property {(container: any, key: string) => void} expand does what a dotted key means
 * @property {(list: any[]) => void} giveText makes a list read as it does
 * @property {((lambdas: object) => (this: any, name: string) => unknown) | undefined} lookup
 *   what is put in the place of mustache.js's own
 * @property {number} mostLambdas how deep they nest
 * @property {(scope: any, name: string) => unknown} variable one of an expression
 * @property {(hjson: string, read: () => unknown) => string} json that of a text in Hjson
 * @property {(date: string, zone: string, format: string) => string} date
 * @property {(text: string) => string} encodable
 */

/** @type {Rules} */
export const KIBANA = {
  variables: (ready) => ready,
  expand: (container, key) => lodash.merge(container, nested(key.split("."), container[key])),
  giveText() {},
  lookup: undefined,
  mostLambdas: Infinity,
  variable(scope, name) {
    const value = lodash.get(scope, name);
    return value === undefined ? lodash.get(scope, [name]) : value;
  },
  json: (_, read) => JSON.stringify(read()),
  date: (date, zone, format) => quietMoment(date).tz(zone).format(format),
  encodable: String,
};

/**
 * @param {string[]} parts
 * @param {unknown} value
 */
export function nested(parts, value) {
  return parts.reduceRight((/** @type {unknown} */ inner, part) => {
    /** @type {Record<string, unknown>} */
    const outer = {};
    outer[part] = inner;
    return outer;
  }, value);
}

/**
 * moment, which warns on the console of a date that it leaves to the engine.
 *
 * @param {string} date
 */
export function quietMoment(date) {
  const settings = /** @type {{ suppressDeprecationWarnings: boolean }} */ (
    /** @type {unknown} */ (moment)
  );
  settings.suppressDeprecationWarnings = true;
  return moment(date);
}

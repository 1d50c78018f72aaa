// Kibana's rendering of a rule's params, stated once more from templates.md 2, on the libraries that
// Kibana uses. It is what the connector's own rendering is compared with, and shares nothing with it.

import lodash from "lodash";
import mustache from "mustache";
import { lambdasFor } from "./lambdas.js";

/**
 * @typedef {"none" | "json"} Mode how values are escaped
 * @typedef {(template: string, mode: Mode) => string} Render
 */

/** @type {Record<Mode | "html", (value: unknown) => string>} */
const ESCAPES = {
  none: String,
  json: (value) => JSON.stringify(String(value)).slice(1, -1),
  html: mustache.escape,
};

/**
 * Makes variables ready for the texts of one action.
 *
 * @param {object} variables
 * @param {(message: string) => void} [warn]
 * @returns {(template: string, mode?: Mode | "html") => string}
 */
export function rendererFor(variables, warn = () => {}) {
  const ready = JSON.parse(JSON.stringify(variables));
  expandDottedKeys(ready);
  giveTexts(ready);
  const lambdas = lambdasFor(warn);
  return (template, mode = "none") => {
    const before = mustache.escape;
    // Not as an option of the call: only this way numbers bypass it (templates.md 1.5).
    mustache.escape = ESCAPES[mode];
    try {
      return mustache.render(template, { ...lambdas, ...ready });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      return `error rendering mustache template "${template}": ${message}`;
    } finally {
      mustache.escape = before;
    }
  };
}

/**
 * Renders every text of the params, those of `additional_fields` as texts in JSON.
 *
 * @param {any} params
 * @param {object} variables
 * @param {(message: string) => void} [warn]
 */
export function renderParams(params, variables, warn) {
  const render = rendererFor(variables, warn);
  return lodash.cloneDeepWith(params, (value, key, parent) => {
    if (typeof value !== "string") return undefined;
    const inJson = key === "additional_fields" && parent === params.subActionParams?.incident;
    return render(value, inJson ? "json" : "none");
  });
}

/**
 * Profile A of templates.md 2.3.
 *
 * @param {any} container
 */
export function expandDottedKeys(container) {
  for (const key of Object.keys(container)) {
    if (key.includes(".")) {
      /** @type {unknown} */
      const nested = key.split(".").reduceRight((inner, part) => {
        /** @type {Record<string, unknown>} */
        const outer = {};
        outer[part] = inner;
        return outer;
      }, container[key]);
      lodash.merge(container, nested);
    }
    if (container[key] !== null && typeof container[key] === "object") {
      expandDottedKeys(container[key]);
    }
  }
}

/** @param {any} value */
function giveTexts(value) {
  if (value === null || typeof value !== "object") return;
  // Kibana goes through a list's items only. That an object which a dotted key put beside them reads
  // as JSON too is a stated deviation.
  const members = Object.values(value);
  if (Array.isArray(value)) {
    /** @type {any} */ (value).asJSON = () => JSON.stringify(value);
  } else if (lodash.isPlainObject(value) && !Object.hasOwn(value, "toString")) {
    value.toString = () => JSON.stringify(value);
  }
  for (const member of members) giveTexts(member);
}

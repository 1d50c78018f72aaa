// Kibana's rendering of a rule's params, stated once more from templates.md 2, on the libraries that
// Kibana uses. It is what the connector's own rendering is compared with, and shares nothing with it. One
// rule is not Kibana's: how values go into the JSON of `additional_fields`.

import lodash from "lodash";
import mustache from "mustache";
import { lambdasFor } from "./lambdas.js";
import { KIBANA } from "./rules.js";

/**
 * @import { Depth } from "./lambdas.js"
 * @import { Rules } from "./rules.js"
 */

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
 * @param {Rules} [rules]
 * @returns {(template: string, mode?: Mode | "html" | "fields") => string}
 */
export function rendererFor(variables, warn = () => {}, rules = KIBANA) {
  const ready = rules.variables(JSON.parse(JSON.stringify(variables)));
  expandDottedKeys(ready, rules);
  giveTexts(ready, rules);
  /** @type {Depth} */
  const depth = { lambdas: 0 };
  const lambdas = lambdasFor(warn, depth, rules);
  const ofMustache = mustache.Context.prototype.lookup;
  return (template, mode = "none") => {
    mustache.Context.prototype.lookup = rules.lookup?.(lambdas) ?? ofMustache;
    try {
      if (mode === "fields") return renderFields(template, { ...lambdas, ...ready }, depth);
      return renderWith(ESCAPES[mode], template, { ...lambdas, ...ready });
    } finally {
      mustache.Context.prototype.lookup = ofMustache;
    }
  };
}

/**
 * @param {(value: unknown) => string} escaped
 * @param {string} template
 * @param {object} view
 */
function renderWith(escaped, template, view) {
  const before = mustache.escape;
  // Not as an option of the call: only this way numbers bypass it (templates.md 1.5).
  mustache.escape = escaped;
  try {
    return mustache.render(template, view);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return `error rendering mustache template "${template}": ${message}`;
  } finally {
    mustache.escape = before;
  }
}

/** In the place of the values that follow, until it is known what is around them. */
const MARK = "\u{f0000}";

/**
 * Renders the JSON of `additional_fields`: what is JSON itself stays so where a value may stand. What a
 * lambda makes is one value.
 *
 * @param {string} template
 * @param {object} view
 * @param {Depth} depth
 */
function renderFields(template, view, depth) {
  /** @type {string[]} */
  const values = [];
  const mark = (/** @type {string} */ value) => {
    values.push(value);
    return MARK;
  };
  depth.behind = mark;
  const marked = renderWith(
    (value) => (depth.lambdas > 0 ? String(value) : mark(String(value))),
    template,
    view,
  );
  depth.behind = undefined;
  return marked.split(MARK).reduce((before, after, place) => {
    const value = values[place - 1] ?? "";
    const isRaw = isJson(value) && !endsInString(before) && /(^|[:,[])[ \t\n\f\r]*$/.test(before);
    return before + (isRaw ? value : ESCAPES.json(value)) + after;
  });
}

/** @param {string} json */
const endsInString = (json) => /^[^"]*("(\\.|[^"\\])*"[^"]*)*"(\\.|[^"\\])*\\?$/s.test(json);

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Renders every text of the params, that of `additional_fields` as JSON.
 *
 * @param {any} params
 * @param {object} variables
 * @param {(message: string) => void} [warn]
 * @param {Rules} [rules]
 */
export function renderParams(params, variables, warn, rules) {
  const render = rendererFor(variables, warn, rules);
  return lodash.cloneDeepWith(params, (value, key, parent) => {
    if (typeof value !== "string") return undefined;
    const inJson = key === "additional_fields" && parent === params.subActionParams?.incident;
    return render(value, inJson ? "fields" : "none");
  });
}

/**
 * Profile A of templates.md 2.3.
 *
 * @param {any} container
 * @param {Rules} rules
 */
function expandDottedKeys(container, rules) {
  for (const key of Object.keys(container)) {
    if (key.includes(".")) rules.expand(container, key);
    if (container[key] !== null && typeof container[key] === "object") {
      expandDottedKeys(container[key], rules);
    }
  }
}

/**
 * @param {any} value
 * @param {Rules} rules
 */
function giveTexts(value, rules) {
  if (value === null || typeof value !== "object") return;
  // Kibana goes through a list's items only. That an object which a dotted key put beside them reads
  // as JSON too is a stated deviation.
  const members = Object.values(value);
  if (Array.isArray(value)) {
    /** @type {any} */ (value).asJSON = () => JSON.stringify(value);
    rules.giveText(value);
  } else if (lodash.isPlainObject(value) && !Object.hasOwn(value, "toString")) {
    value.toString = () => JSON.stringify(value);
  }
  for (const member of members) giveTexts(member, rules);
}

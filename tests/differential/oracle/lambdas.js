// The functions among the variables of a rule's action (templates.md 3).

import hjson from "hjson";
import moment from "moment-timezone";
import { formatNumber } from "./format_number.js";
import { quietMoment } from "./rules.js";
import { evaluate } from "./tinymath.js";

/** @import { Rules } from "./rules.js" */

/**
 * @typedef {object} Depth
 * @property {number} lambdas how many of them the text that is rendered stands in
 * @property {(text: string) => string} [behind] what is done with what the outermost has made
 */

const ZONES = new Set(moment.tz.names());

/**
 * @param {(message: string) => void} warn
 * @param {Depth} depth
 * @param {Rules} rules
 */
export function lambdasFor(warn, depth, rules) {
  const deeper = (/** @type {() => string} */ render) => {
    if (depth.lambdas === rules.mostLambdas) {
      throw new Error(`Lambdas are nested more than ${rules.mostLambdas} levels deep`);
    }
    depth.lambdas += 1;
    try {
      return render();
    } finally {
      depth.lambdas -= 1;
    }
  };
  const attempt = (/** @type {() => string} */ act) => {
    try {
      return act();
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      warn(`mustache render error: ${message}`);
      return message;
    }
  };
  /**
   * A function whose section's text becomes something else; an error's message stands in its place.
   *
   * @param {(this: any, text: string) => string} transform
   * @param {(text: string) => string} prepare what is done with the section's text first
   */
  const lambda = (transform, prepare) => () => {
    /**
     * @this {any}
     * @param {string} text
     * @param {(text: string) => string} render
     */
    function section(text, render) {
      // A fault of the template is none of the lambda: it loses the whole text.
      const rendered = deeper(() => render(prepare(text)));
      const made = attempt(() => transform.call(this, rendered));
      return depth.lambdas === 0 && depth.behind ? depth.behind(made) : made;
    }
    // What a function's source reads like is no promise: a stated deviation.
    section.toString = () => "";
    return section;
  };
  const trimmed = (/** @type {string} */ text) => text.trim();
  return {
    EvalMath: lambda(evalMath, trimmed),
    ParseHjson: lambda((text) => parseHjson(text, rules), trimmed),
    FormatDate: lambda((text) => formatDate(text.trim(), rules), trimmed),
    FormatNumber: lambda((text) => formatNumber(text.trim()), trimmed),
    EncodeURI: lambda((text) => encode(rules.encodable(text)), String),
    EncodeURIComponent: lambda((text) => encodePart(rules.encodable(text)), String),
  };

  /**
   * @this {any}
   * @param {string} text
   */
  function evalMath(text) {
    const doing = `evaluating tinymath expression "${text}"`;
    return saying(doing, () => String(evaluate(text, this, rules)));
  }
}

/**
 * @param {string} text
 * @param {Rules} rules
 */
function parseHjson(text, rules) {
  const read = () => hjson.parse(text);
  return rules.json(text, () => saying(`parsing Hjson "${text}"`, read));
}

/** @param {string} text */
function encode(text) {
  return saying(`evaluating encodeURI("${text}")`, () => encodeURI(text));
}

/** @param {string} text */
function encodePart(text) {
  return saying(`evaluating encodeURIComponent("${text}")`, () => encodeURIComponent(text));
}

/**
 * @param {string} text
 * @param {Rules} rules
 */
function formatDate(text, rules) {
  const [date = "", zone = "", format = ""] = text.split(";").map((part) => part.trim());
  if (date === "") throw new Error("date is empty");
  if (Number.isNaN(Date.parse(date)) || !quietMoment(date).isValid()) {
    throw new Error(`invalid date "${date}"`);
  }
  if (!ZONES.has(zone || "UTC")) throw new Error(`unknown timeZone value "${zone}"`);
  return rules.date(date, zone || "UTC", format || "YYYY-MM-DD hh:mma");
}

/**
 * @template T
 * @param {string} doing
 * @param {() => T} act
 */
function saying(doing, act) {
  try {
    return act();
  } catch (error) {
    throw new Error(`error ${doing}: ${/** @type {Error} */ (error).message}`);
  }
}

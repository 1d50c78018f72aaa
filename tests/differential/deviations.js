// Where the connector differs from Kibana and says so (the module docs of src/template): the narrowest
// rule for each, and why.

import moment from "moment-timezone";
import { INHERITED_NAMES } from "./generate/variables.js";

/** @import { Difference } from "./compare.js" */

/**
 * @typedef {object} Deviation
 * @property {string} name
 * @property {(difference: Difference) => boolean} explains
 */

/** @type {Deviation[]} */
export const DEVIATIONS = [
  {
    name: "a function that lists inherit means nothing where the view is a text or a list",
    explains: ({ template }) => /[#^]/.test(template) && OF_LISTS.test(template),
  },
  {
    name: "a lambda is no value, and has nothing of what functions have",
    explains: ({ template }) => BELOW_LAMBDA.test(template),
  },
  {
    name: "a text, a number and a boolean have nothing because every one has it",
    explains: ({ template }) => PATH_THROUGH_INHERITED.test(template),
  },
  {
    name: "lambdas nest to a depth of 20, the Hjson in them to one of 100",
    explains: ({ actual }) =>
      /(Nested|nested) more than \d+ levels deep/.test(`${actual.text} ${actual.json}`),
  },
  {
    name: "a member named __proto__ in Hjson is dropped, the second one too",
    explains: ({ template }) => /ParseHjson.*__proto__.*__proto__/s.test(template),
  },
  {
    name: "a variable named toString is in the way of toLocaleString in other words",
    explains: ({ template, variables }) =>
      template.includes("toLocaleString") && hasKey(variables, (key) => key.includes("toString")),
  },
  {
    name: "half of a surrogate pair cannot be written in UTF-8",
    explains: ({ expected, actual }) =>
      withoutHalves(expected) === withoutHalves(actual) ||
      /URI malformed/.test(`${expected.text} ${expected.json}`),
  },
  {
    name: "neither a part nor a member of a dotted key named __proto__ goes beside it",
    explains: ({ variables }) =>
      hasKey(variables, (key) => key.includes(".")) &&
      hasKey(variables, (key) => key.includes("__proto__")),
  },
  {
    name: "a dotted key does not set the length of a list, nor is an object with a length a list",
    explains: ({ variables }) =>
      hasKey(variables, (key) => key.includes(".")) && hasKey(variables, (key) => LENGTH.test(key)),
  },
  {
    name: "a variable named as what mustache.js keeps its lookups with does not break them",
    explains: ({ variables }) =>
      hasKey(variables, (key) => ["hasOwnProperty", "__proto__"].includes(key)),
  },
  {
    name: "a dotted key does not take the place of what lists read with",
    explains: ({ variables }) => hasKey(variables, (key) => /\.(join|toString)(\.|$)/.test(key)),
  },
  {
    name: "what JSON makes no object holds no variables",
    explains: ({ variables }) => typeof variables.toJSON === "function",
  },
  {
    name: "functions that objects have are no variables of an expression",
    explains: ({ template }) => IN_EXPRESSION.test(template),
  },
  {
    name: "the rules of zones are the host's",
    explains: ({ template }) => [...template.matchAll(DATE_IN_ZONE)].some(hasOtherRules),
  },
  {
    name: "the rules of zones go on after 2499, where moment's end",
    explains: (difference) => formatsDate(difference, /\b(2[5-9]|[3-9]\d|\d{3,})\d\d\b/),
  },
  {
    name: "before 2000, some abbreviations of zones read as the offset, most of them before 1970",
    explains: (difference) =>
      formatsDate(difference, /\b[01]\d\d\d\b/) && WITH_ABBREVIATION.test(difference.template),
  },
];

/**
 * An outcome as one text, with U+FFFD for each half of a surrogate pair, as it is or as JSON has it.
 *
 * @param {Difference["expected"]} outcome
 */
function withoutHalves({ text, json, warnings }) {
  return (
    [text, json, ...(warnings ?? [])]
      .join("\n")
      .replace(/\p{Surrogate}|\\ud[89a-f][0-9a-f]{2}/gu, "\ufffd")
      // Backslashes before it may be the escape's, or the template's own.
      .replace(/\\+\ufffd/g, "\ufffd")
  );
}

// In the format, which stands behind the second semicolon.
const WITH_ABBREVIATION = /;[^;]*;[^;]*z[^;]*\{\{\s*\/\s*FormatDate/s;

const DATE_IN_ZONE = /([-+\d][-+\d:.TZ ]+?)\s*;\s*([A-Z][-+\w/]*)/g;

const LENGTH = /(^|\.)length(\.|$)/;

const IN_EXPRESSION = new RegExp(`EvalMath.*(${INHERITED_NAMES.join("|")}|asJSON|toFixed)`, "s");

const BELOW_LAMBDA =
  /\b(EncodeURI|EncodeURIComponent|EvalMath|FormatDate|FormatNumber|ParseHjson)\./;

const OF_LISTS = new RegExp(
  `\\b(${Object.getOwnPropertyNames(Array.prototype)
    .filter((name) => name === "toLocaleString" || !(name in Object.prototype || name === "length"))
    .join("|")})\\b`,
);

const PATH_THROUGH_INHERITED = new RegExp(`\\b(${INHERITED_NAMES.join("|")})\\.(length|name)\\b`);

/**
 * Whether moment and the host have different offsets from UTC for a date in a zone.
 *
 * @param {RegExpMatchArray} match
 */
function hasOtherRules([, date = "", zone = ""]) {
  const then = new Date(date);
  if (!moment.tz.zone(zone) || Number.isNaN(then.valueOf())) return false;
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const name = format.formatToParts(then).find(({ type }) => type === "timeZoneName")?.value;
  return (name?.slice("GMT".length) || "+00:00") !== moment.tz(then, zone).format("Z");
}

/**
 * Whether a date with such a year is formatted.
 *
 * @param {Difference} difference
 * @param {RegExp} year
 */
function formatsDate({ template, expected }, year) {
  return template.includes("FormatDate") && year.test(`${template} ${expected.text}`);
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

// The oracle for programs that are not JavaScript: a question in JSON a line on standard input, its
// answer a line on standard output. The Rust tests and the fuzz targets ask (tests/properties).

import { createInterface } from "node:readline";
import { inspect } from "node:util";
import { difference, unlike } from "./compare.js";

/** @type {Record<string, (question: any) => unknown>} */
const ANSWERS = {
  difference: differenceOf,

  date({ text }) {
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? null : milliseconds;
  },

  zone({ zone, milliseconds }) {
    const format = formatOf(zone);
    if (!format || Number.isNaN(new Date(milliseconds).valueOf())) return null;
    const parts = format.formatToParts(milliseconds);
    const part = (/** @type {string} */ type) => parts.find((some) => some.type === type)?.value;
    const shown = new Date(0);
    // As long ago or from now as a calendar repeats itself after: no clock leaves time then.
    const cycles = Math.sign(milliseconds);
    const year = yearOf(part) - 400 * cycles;
    shown.setUTCFullYear(year, Number(part("month")) - 1, Number(part("day")));
    shown.setUTCHours(Number(part("hour")), Number(part("minute")), Number(part("second")));
    const seconds = shown.valueOf() / 1000 + SECONDS_OF_400_YEARS * cycles;
    const offset = seconds - Math.floor(milliseconds / 1000);
    return { offset, name: part("timeZoneName") ?? "" };
  },

  number({ number, locales, options }) {
    /** @type {Record<string, unknown>} */
    const read = {};
    for (const [key, type, value] of options) {
      read[key] = type === "number" ? numberOf(value) : value;
    }
    try {
      return { text: new Intl.NumberFormat(locales, read).format(numberOf(number)) };
    } catch (error) {
      return { error: /** @type {Error} */ (error).message };
    }
  },
};

/**
 * What differs, as a person reads it; nothing where nothing does.
 *
 * @typedef {import("./compare.js").Outcome} Outcome
 * @param {{ template: string, variables: string, actual: Outcome }} question
 */
function differenceOf({ template, variables: json, actual }) {
  // Chance gives both sides other numbers.
  if (/random/.test(template + json)) return null;
  const variables = JSON.parse(json);
  const given = { template, variables };
  const found = unlike(given, actual);
  if (!found) return null;
  // The last digit of some functions is the engine's: the module that ships takes them from there.
  if (template.includes("EvalMath") && !difference(given)) return null;
  const { expected } = found;
  const parts = { template, variables, oracle: expected, connector: actual };
  const show = (/** @type {unknown} */ value) =>
    inspect(value, { depth: null, breakLength: Infinity, maxStringLength: null });
  return Object.entries(parts)
    .map(([name, value]) => `${name.padEnd(9)} ${show(value)}`)
    .join("\n");
}

const SECONDS_OF_400_YEARS = 146_097 * 86_400;

/** @type {Map<string, Intl.DateTimeFormat | undefined>} */
const formats = new Map();

/** @param {string} zone */
function formatOf(zone) {
  if (!formats.has(zone)) formats.set(zone, newFormat(zone));
  return formats.get(zone);
}

/** @param {string} timeZone */
function newFormat(timeZone) {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      timeZoneName: "long",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      calendar: "gregory",
    });
  } catch {
    return undefined;
  }
}

/** @param {(type: string) => string | undefined} part */
function yearOf(part) {
  const year = Number(part("year"));
  return part("era") === "BC" ? 1 - year : year;
}

/** @param {string} text as Rust writes it */
function numberOf(text) {
  if (text === "inf" || text === "-inf") return text === "inf" ? Infinity : -Infinity;
  return Number(text);
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const answer = ANSWERS[question.ask]?.(question);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

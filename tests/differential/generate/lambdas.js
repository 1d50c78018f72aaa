// What stands in the sections of lambdas: valid texts of every kind, and broken ones.

import { date } from "./dates.js";
import { expression } from "./expressions.js";
import { hjson } from "./hjson.js";
import { broken } from "./random.js";
import { number, text } from "./variables.js";

/**
 * @import { Known } from "./expressions.js"
 * @import { Random } from "./random.js"
 */

const LOCALES = [
  ...[
    "",
    "",
    "en-US",
    "de-DE",
    "fr-FR",
    "de-CH",
    "en-IN",
    "ar-EG",
    "ja-JP",
    "sv-SE",
    "pl",
    "hi-IN",
  ],
  ...["xx", "en_US", "xx, de-DE", "de-DE, xx", ",", "th-TH-u-nu-thai", "*", "e", "en-u-nu-deva"],
];
const OPTIONS = [
  ...["style: currency", "style: percent", "style: unit", "style: foo", "currency: USD"],
  ...["currency: EUR", "currency:jpy", "currency: EURO", "unit: megabyte", "unit: foo"],
  ...["unit: liter-per-second", "unitDisplay: long", "notation: compact", "notation: scientific"],
  ...["notation: engineering", "compactDisplay: long", "currencyDisplay: name"],
  ...["currencyDisplay: code", "currencySign: accounting", "signDisplay: always"],
  ...["signDisplay: exceptZero", "useGrouping: false", "useGrouping: always", "useGrouping: min2"],
  ...["minimumIntegerDigits: 3", "minimumFractionDigits: 2", "maximumFractionDigits: 0"],
  ...["maximumFractionDigits: 1", "maximumFractionDigits: 101", "maximumFractionDigits: two"],
  ...["minimumSignificantDigits: 2", "maximumSignificantDigits: 3", "roundingMode: floor"],
  ...["roundingIncrement: 5", "trailingZeroDisplay: stripIfInteger", "foo: bar", "foo", "", ": 1"],
  ...[
    "style: currency: x",
    "minimumFractionDigits: 5",
    "numberingSystem: arab",
    "localeMatcher: 1",
  ],
];
const AMOUNTS = [
  "",
  "$5",
  "1,234",
  "12abc",
  "0x1F",
  "-0",
  "Infinity",
  "-Infinity",
  "NaN",
  ".5",
  "1e400",
];

/**
 * @param {Random} random
 * @param {() => string} name one that means something where the section stands
 * @param {Known} known
 * @returns {{ name: string, content: string }}
 */
export function lambda(random, name, known) {
  const interpolated = () => (random.chance(0.2) ? `{{{${name()}}}}` : `{{${name()}}}`);
  return random.weighted([
    [4, () => ({ name: "EvalMath", content: expression(random, name, interpolated, known) })],
    [3, () => ({ name: "FormatDate", content: date(random, interpolated) })],
    [3, () => ({ name: "FormatNumber", content: amount(random, interpolated) })],
    [3, () => ({ name: "ParseHjson", content: hjson(random, interpolated) })],
    [1, () => ({ name: "EncodeURI", content: address(random, interpolated) })],
    [1, () => ({ name: "EncodeURIComponent", content: address(random, interpolated) })],
  ]);
}

/**
 * @param {Random} random
 * @param {() => string} interpolated
 */
function address(random, interpolated) {
  return random.some(3, () => (random.chance(0.5) ? interpolated() : text(random))).join("");
}

/**
 * @param {Random} random
 * @param {() => string} interpolated
 */
function amount(random, interpolated) {
  const value = random.weighted([
    [6, () => String(number(random))],
    [2, () => random.pick(AMOUNTS)],
    [2, interpolated],
  ]);
  const options = random.some(3, () => random.pick(OPTIONS)).join(random.pick([",", ", "]));
  const blank = () => random.pick(["", "", " ", "\n"]);
  const whole = `${value}${blank()};${blank()}${random.pick(LOCALES)}${blank()};${options}`;
  return random.chance(0.08) ? broken(random, whole, [";", ":", ",", "-", "\u0663", "1"]) : whole;
}

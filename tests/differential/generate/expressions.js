// What EvalMath is given.

import { FUNCTIONS } from "../oracle/tinymath_functions.js";
import { broken } from "./random.js";
import { number } from "./variables.js";

/** @import { Random } from "./random.js" */

// Chance gives both sides other numbers.
const CALLS = Object.keys(FUNCTIONS).filter((name) => name !== "random");
const STRANGERS = [
  ...[
    "(",
    ")",
    ",",
    "=",
    "==",
    "<",
    ">=",
    "+",
    "-",
    "--",
    "*",
    "/",
    "^",
    "%",
    "'",
    '"',
    " ",
    "\n",
    "\t",
  ],
  ...["\u00a0", "1", ".", "e", "a=1", "foo(1)", "log10(1)", "\u03c0", "\u{1f600}", "\\", "'a\\'b'"],
];

/**
 * @param {Random} random
 * @param {() => string} name
 * @param {() => string} interpolated
 */
export function expression(random, name, interpolated) {
  const blank = () => (random.chance(0.3) ? random.pick([" ", "  ", "\n"]) : "");
  /** @type {(depth: number) => string} */
  const operand = (depth) =>
    random.weighted([
      [4, () => String(random.int(12))],
      [2, () => String(number(random))],
      [3, name],
      [1, () => random.pick(["n", "list", "x", "nope", '"a b"', `'${name()}'`])],
      [2, interpolated],
      ...(depth > 0
        ? /** @type {[number, () => string][]} */ ([
            [2, () => `(${blank()}${sum(depth - 1)}${blank()})`],
            [3, () => call(depth - 1)],
          ])
        : []),
    ]);
  /** @type {(depth: number) => string} */
  const sum = (depth) =>
    [
      operand(depth),
      ...random.some(2, () => `${sign(["+", "-", "*", "/"])}${operand(depth)}`),
    ].join("");
  const sign = (/** @type {string[]} */ signs) =>
    random.chance(0.6) ? ` ${random.pick(signs)} ` : random.pick(signs);
  /** @type {(depth: number) => string} */
  const argument = (depth) => (random.chance(0.15) ? comparison(depth) : sum(depth));
  /** @type {(depth: number) => string} */
  const call = (depth) => {
    const args = random.some(3, () => blank() + argument(depth));
    return `${random.pick(CALLS)}(${args.join(",")}${random.chance(0.05) ? "," : ""}${blank()})`;
  };
  /** @type {(depth: number) => string} */
  const comparison = (depth) => `${sum(depth)}${sign([">", "<", ">=", "<=", "=="])}${sum(depth)}`;
  const whole = random.weighted([
    [5, () => sum(2)],
    [2, () => call(1)],
    [1, () => comparison(1)],
    [0.5, () => `(${comparison(1)})`],
  ]);
  return random.chance(0.15) ? broken(random, whole, STRANGERS) : whole;
}

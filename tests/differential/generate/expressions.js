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
 * Names of what the innermost view has.
 *
 * @typedef {object} Known
 * @property {string[]} numbers
 * @property {string[]} lists those of numbers, of one at least
 */

const OF_ONE = [
  ...["abs", "cbrt", "ceil", "cos", "floor", "sin", "tan", "fix", "degtorad", "radtodeg", "square"],
  ...["cube", "round", "unique", "first", "last"],
];
const OF_SOME = ["add", "multiply", "max", "min", "range", "sum", "mean", "median", "defaults"];
const OF_LIST = ["sum", "mean", "max", "min", "median", "first", "last", "unique", "range"];

/**
 * Mostly one that comes to a number, so that it matters how it is read.
 *
 * @param {Random} random
 * @param {() => string} name
 * @param {() => string} interpolated
 * @param {Known} known
 */
export function expression(random, name, interpolated, known) {
  return random.chance(0.75)
    ? meaningful(random, known)
    : anyExpression(random, name, interpolated);
}

/**
 * @param {Random} random
 * @param {Known} known
 */
function meaningful(random, { numbers, lists }) {
  const blank = () => (random.chance(0.2) ? random.pick([" ", "  ", "\n"]) : "");
  const positive = () => String(1 + random.int(12));
  const literal = () =>
    random.weighted([
      [4, positive],
      [1, () => "0"],
      [1, () => `-${positive()}`],
      [2, () => String((random.int(2001) - 1000) / 10 ** random.int(3))],
      [0.5, () => `${positive()}e${random.pick(["-", ""])}${random.int(6)}`],
    ]);
  const leaf = () => (random.chance(0.35) && numbers.length > 0 ? random.pick(numbers) : literal());
  /** @type {(depth: number) => string} */
  const operand = (depth) =>
    depth > 0
      ? random.weighted([
          [5, leaf],
          [2, () => `(${blank()}${sum(depth - 1)}${blank()})`],
          [2, () => call(depth - 1)],
        ])
      : leaf();
  /** @type {(depth: number) => string} */
  const sum = (depth) => {
    let whole = operand(depth);
    for (let more = random.int(4); more > 0; more--) {
      const sign = random.pick(["+", "-", "*", "/"]);
      // What follows a name without a blank may be part of it.
      const before = sign === "-" && !whole.endsWith(")") ? " " : blank();
      const right = sign === "/" && random.chance(0.9) ? positive() : operand(depth);
      whole += before + sign + blank() + right;
    }
    return whole;
  };
  const sign = () => random.pick(["<", ">", "<=", ">=", "=="]);
  /** @type {(depth: number) => string} */
  const call = (depth) => {
    const one = () => blank() + sum(depth);
    const list = () => (lists.length > 0 ? random.pick(lists) : one());
    const third = () => (random.chance(0.3) ? `,${one()}` : "");
    return random.weighted([
      [4, () => `${random.pick(OF_ONE)}(${one()}${blank()})`],
      [3, () => `${random.pick(OF_SOME)}(${one()},${one()}${third()})`],
      [1, () => `subtract(${one()},${one()})`],
      [1, () => `${random.pick(["divide", "mod"])}(${one()},${blank()}${positive()})`],
      [1, () => `${random.pick(["pow", "round"])}(${one()}, ${random.int(4)})`],
      [1, () => `${random.pick(["sqrt", "log"])}(abs(${one()}) + 1)`],
      [0.5, () => `exp(${positive()})`],
      [0.5, () => `clamp(${one()}, -${positive()}, ${positive()})`],
      [0.5, () => `ifelse(${one()} ${sign()} ${one()},${one()},${one()})`],
      [0.3, () => `pi(${blank()})`],
      [1, () => `${random.pick(OF_LIST)}(${list()})`],
    ]);
  };
  return random.weighted([
    [12, () => sum(2)],
    [1, () => `${sum(1)} ${sign()} ${sum(1)}`],
  ]);
}

/**
 * @param {Random} random
 * @param {() => string} name
 * @param {() => string} interpolated
 */
function anyExpression(random, name, interpolated) {
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

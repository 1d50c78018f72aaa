// What an expression of EvalMath can call (templates.md 3.1).

/** @typedef {{ call: (...args: any[]) => unknown, takesAll?: boolean }} Known */

const { isArray } = Array;

/**
 * A function of one number, for lists too.
 *
 * @param {(value: number) => number} of
 */
const each = (of) => (/** @type {any} */ value) =>
  isArray(value) ? value.map((item) => of(item)) : of(value);

/**
 * A function of two numbers, for lists too.
 *
 * @param {(left: number, right: number) => number} of
 */
const pair = (of) => (/** @type {any} */ left, /** @type {any} */ right) => {
  if (isArray(left) && isArray(right)) {
    sameLength(left, right);
    return left.map((item, index) => of(item, right[index]));
  }
  if (isArray(left)) return left.map((item) => of(item, right));
  return isArray(right) ? right.map((item) => of(left, item)) : of(left, right);
};

/**
 * A function of any number of numbers: of a list's items where there is only a list.
 *
 * @param {(left: number, right: number) => number} of
 */
const all =
  (of) =>
  (/** @type {any[]} */ ...args) => {
    if (args.length === 1) return isArray(args[0]) ? args[0].reduce((a, b) => of(a, b)) : args[0];
    return args.reduce(pair(of));
  };

/**
 * A function of numbers; by index where a list is among them. A number alone is what it is.
 *
 * @param {(numbers: number[]) => unknown} of
 */
const together =
  (of) =>
  (/** @type {any[]} */ ...args) => {
    if (args.length === 1) return isArray(args[0]) ? of(args[0]) : args[0];
    const list = args.find((arg) => isArray(arg));
    if (!list) return of(args);
    return list.map((/** @type {unknown} */ _, /** @type {number} */ index) =>
      of(args.map((arg) => (isArray(arg) ? sameLength(list, arg)[index] : arg))),
    );
  };

/**
 * A comparison: of lists, whether all items satisfy it.
 *
 * @param {(left: number, right: number) => boolean} of
 */
const compare = (of) => (/** @type {any} */ left, /** @type {any} */ right) => {
  if (right == null) throw new Error("Missing b value");
  // A list on the right alone is what JavaScript makes of it.
  if (!isArray(left)) return of(left, right);
  if (isArray(right)) sameLength(left, right);
  return left.every((item, index) => of(item, isArray(right) ? right[index] : right));
};

/**
 * @param {unknown[]} left
 * @param {any[]} right
 */
function sameLength(left, right) {
  if (left.length !== right.length) throw new Error("Array length mismatch");
  return right;
}

/** @param {(left: number, right: number) => number} of */
const dividing = (of) => (/** @type {any} */ left, /** @type {any} */ right) => {
  // Of lists of different lengths, or none, that comes first.
  if (isArray(left) && isArray(right)) sameLength(left, right);
  if (isArray(right) ? right.includes(0) : right === 0) throw new Error("Cannot divide by 0");
  return pair(of)(left, right);
};

const add = all((a, b) => a + b);
const max = all((a, b) => Math.max(a, b));
const min = all((a, b) => Math.min(a, b));
const subtract = pair((a, b) => a - b);
const eq = compare((a, b) => a === b);
const lt = compare((a, b) => a < b);
const gt = compare((a, b) => a > b);
const modulo = dividing((a, b) => a % b);

/** @param {number[]} numbers */
function median(numbers) {
  // In place: what the expression sees of a list, and what comes after it, is in this order.
  numbers.sort((a, b) => b - a);
  const half = Math.floor(numbers.length / 2);
  const upper = numbers[half] ?? Number.NaN;
  return numbers.length % 2 === 1 ? upper : (upper + (numbers[half - 1] ?? Number.NaN)) / 2;
}

/** @param {number[]} numbers */
function mode(numbers) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const number of numbers) counts.set(String(number), (counts.get(String(number)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([number]) => Number.parseFloat(number))
    .sort((a, b) => a - b);
}

/** @param {any} list */
function size(list) {
  if (!isArray(list)) throw new Error("Must pass an array");
  return list.length;
}

/** @type {Record<string, (...args: any[]) => unknown>} */
const OF_NUMBERS = {
  abs: each(Math.abs),
  cbrt: each(Math.cbrt),
  ceil: each(Math.ceil),
  cos: each(Math.cos),
  exp: each(Math.exp),
  floor: each(Math.floor),
  sin: each(Math.sin),
  tan: each(Math.tan),
  fix: each(Math.trunc),
  pi: () => Math.PI,
  degtorad: each((a) => (a * Math.PI) / 180),
  radtodeg: each((a) => (a * 180) / Math.PI),
  sqrt: each((a) => {
    if (a < 0) throw new Error("Unable find the square root of a negative number");
    return Math.sqrt(a);
  }),
  square: each((a) => a ** 2),
  cube: each((a) => a ** 3),
  log(value, base = Math.E) {
    if (base <= 0) throw new Error("Base out of range");
    return each((a) => {
      if (a < 0) throw new Error("Must be greater than 0");
      return Math.log(a) / Math.log(base);
    })(value);
  },
  pow(value, exponent) {
    if (exponent == null) throw new Error("Missing exponent");
    // biome-ignore lint/style/useExponentiationOperator: both make a number of a list of one
    return each((a) => Math.pow(a, exponent))(value);
  },
  round(value, places = 0) {
    const scale = 10 ** places;
    return each((a) => Math.round(a * scale) / scale)(value);
  },
  add,
  multiply: (...args) => args.reduce(pair((a, b) => a * b)),
  subtract,
  max,
  min,
  range: (...args) => subtract(max(...args), min(...args)),
  divide: dividing((a, b) => a / b),
  mod: (left, right) =>
    isArray(right) && !isArray(left) ? right.map((item) => left % item) : modulo(left, right),
  sum: (...args) =>
    args.reduce((total, arg) => total + (isArray(arg) ? arg.reduce((a, b) => a + b, 0) : arg), 0),
  mean(...args) {
    const count = args.length === 1 && isArray(args[0]) ? args[0].length : args.length;
    return each((total) => total / count)(add(...args));
  },
  median: together(median),
  mode: together(mode),
  clamp(value, low, high) {
    // In Kibana the upper bound is lost here.
    if (isArray(value) && isArray(low) && !isArray(high)) {
      return sameLength(value, low).map(() => Number.NaN);
    }
    const list = [value, low, high].find((arg) => isArray(arg));
    const at = (/** @type {any} */ arg, /** @type {number} */ index) =>
      isArray(arg) ? arg[index] : arg;
    const clampOne = (
      /** @type {number} */ a,
      /** @type {number} */ b,
      /** @type {number} */ c,
    ) => {
      if (b > c) throw new Error("Min must be less than max");
      return Math.min(Math.max(a, b), c);
    };
    if (!list) return clampOne(value, low, high);
    for (const arg of [value, low, high]) if (isArray(arg)) sameLength(list, arg);
    return list.map((/** @type {unknown} */ _, /** @type {number} */ index) =>
      clampOne(at(value, index), at(low, index), at(high, index)),
    );
  },
  eq,
  lt,
  gt,
  // Of lists: whether all items are equal or all are strictly so.
  lte: (left, right) => eq(left, right) || lt(left, right),
  gte: (left, right) => eq(left, right) || gt(left, right),
  random(low, high) {
    if (low == null) return Math.random();
    const [from, to] = high == null ? [0, low] : [low, high];
    if (from > to) throw new Error("Min is greater than max");
    return Math.random() * (to - from) + from;
  },
};

/** @type {Record<string, (...args: any[]) => unknown>} */
const OF_ANYTHING = {
  count: size,
  size,
  first: (value) => (isArray(value) ? value[0] : value),
  last: (value) => (isArray(value) ? value[value.length - 1] : value),
  // What is no number is none of them: it is not equal to itself.
  unique: (value) =>
    isArray(value) ? new Set(value.filter((item) => !Number.isNaN(item))).size : 1,
  defaults: (value, otherwise) =>
    isArray(value) ? value.map((item) => item ?? otherwise) : (value ?? otherwise),
  ifelse(condition, yes, no) {
    if (typeof condition !== "boolean") throw new Error("Condition clause is of the wrong type");
    if (yes == null) throw new Error("Missing a value");
    if (no == null) throw new Error("Missing b value");
    return condition ? yes : no;
  },
};

/** @type {Record<string, Known>} */
export const FUNCTIONS = {
  ...knownAs(OF_NUMBERS, false),
  ...knownAs(OF_ANYTHING, true),
};

/**
 * @param {Record<string, (...args: any[]) => unknown>} functions
 * @param {boolean} takesAll
 */
function knownAs(functions, takesAll) {
  return Object.fromEntries(
    Object.entries(functions).map(([name, call]) => [name, { call, takesAll }]),
  );
}

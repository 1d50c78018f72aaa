// Has a module compute the products of its 64-bit numbers where it needs them.
//
// WebAssembly has no instruction for a product's upper half. LLVM calls `__multi3` for each product, and
// is given both halves in memory, in the caller's frame on the stack. Computing a signature is little
// else. Here the calls are written out, and the halves become locals.

import { expressionsIn, parse, print } from "./wat.js";

/** @import { Expression } from "./wat.js" */

/** @typedef {{ frame: string, offset: number }} Place in the frame whose address a local has */

/** @typedef {Place & { bytes: number, by: "product" | "half" | "else" }} Use of a place */

/** @typedef {Place & { low: string, high: string }} Product and the locals that get its halves */

const MULTIPLY = "$__multi3";
const CALL = `(call ${MULTIPLY}`;
const HALF = 8;

/**
 * @param {string} text a module as wasm-opt writes it. A frame is known by a local that is set once:
 *   `--ssa-nomerge` makes it so
 * @returns {string} the module without the calls for products of which nothing but the halves is read
 */
export function writeOutProducts(text) {
  const functions = text.split(/^(?= \(func )/m);
  return functions.map((it) => (it.includes(CALL) ? withoutCalls(it) : it)).join("");
}

/**
 * How many calls for products there are.
 *
 * @param {string} text of a module
 */
export function callsForProducts(text) {
  return text.split(CALL).length - 1;
}

/** @param {string} text a function, and what comes after it */
function withoutCalls(text) {
  const { expression: fn, end } = parse(text);
  const products = productsIn(fn);
  const locals = products.flatMap(({ low, high }) => [low, high]);
  const newLocal = () => {
    const local = `$part${locals.length}`;
    locals.push(local);
    return local;
  };
  const changed = fn.map((part) => change(part, products, newLocal));
  const body = changed.findIndex((part, at) => at > 1 && !DECLARATIONS.includes(String(part[0])));
  const declared = locals.map((local) => ["local", local, "i64"]);
  return ` ${print(changed.toSpliced(body, 0, ...declared))}${text.slice(end)}`;
}

const DECLARATIONS = ["param", "result", "local"];

/**
 * The products of which nothing but the halves is ever read. Whatever else the compiler keeps in a
 * frame, it reaches by addresses of its own.
 *
 * @param {Expression[]} fn
 * @returns {Product[]}
 */
function productsIn(fn) {
  const uses = usesIn(fn, framesIn(fn));
  const products = uses.filter(({ by }) => by === "product");
  const places = new Map(products.map((use) => [`${use.frame} ${use.offset}`, use]));
  return [...places.values()]
    .filter((product) => uses.every((use) => !meet(product, use) || isOf(product, use)))
    .map(({ frame, offset }, at) => ({ frame, offset, low: `$low${at}`, high: `$high${at}` }));
}

/**
 * @param {Use} one
 * @param {Use} other
 */
function meet(one, other) {
  return (
    one.frame === other.frame &&
    one.offset < other.offset + other.bytes &&
    other.offset < one.offset + one.bytes
  );
}

/**
 * Whether it is the product that is computed, or one of its halves that is read.
 *
 * @param {Place} product
 * @param {Use} use
 */
function isOf({ offset }, use) {
  if (use.by === "half") return use.offset === offset || use.offset === offset + HALF;
  return use.by === "product" && use.offset === offset;
}

/**
 * The locals that are a frame's address wherever they are used.
 *
 * @param {Expression[]} fn
 */
function framesIn(fn) {
  /** @type {Map<string, boolean>} */
  const frames = new Map();
  for (const [operator, name, value = ""] of expressionsIn(fn)) {
    if (!GIVES_LOCAL.test(String(operator))) continue;
    const local = String(name);
    frames.set(local, !frames.has(local) && FRAME.test(print(value)));
  }
  return new Set([...frames.keys()].filter((local) => frames.get(local)));
}

const GIVES_LOCAL = /^(local\.set|local\.tee|param)$/;
const FRAME = /^\(i32\.sub \(global\.get \$__stack_pointer\) \(i32\.const \d+\)\)$/;

/**
 * All that is done with places in the frames.
 *
 * @param {Expression} expression
 * @param {Set<string>} frames
 * @returns {Use[]}
 */
function usesIn(expression, frames) {
  if (typeof expression === "string") return [];
  const access = accessOf(expression);
  const place = placeOf(access ? access.address : expression, access?.offset);
  if (!place || !frames.has(place.frame)) return expression.flatMap((it) => usesIn(it, frames));
  const { bytes = 1, by = "else", values = [] } = access ?? {};
  return [{ ...place, bytes, by }, ...values.flatMap((value) => usesIn(value, frames))];
}

/**
 * What an expression does with memory, if it tells how many bytes it does it with.
 *
 * @param {Expression[]} expression
 * @returns {{ address: Expression, offset: number, values: Expression[] } & Pick<Use, "bytes" | "by"> | undefined}
 */
function accessOf(expression) {
  const [operator, ...operands] = expression;
  if (operator === "call" && operands[0] === MULTIPLY) {
    const [, address = "", one = "", oneHigh = "", other = "", otherHigh = ""] = operands;
    const isProduct = [oneHigh, otherHigh].every((it) => print(it) === "(i64.const 0)");
    const values = isProduct ? [one, other] : [one, oneHigh, other, otherHigh];
    return { address, offset: 0, values, bytes: 2 * HALF, by: isProduct ? "product" : "else" };
  }
  const [, type, , width] = /^[if](32|64)\.(load|store)(\d*)/.exec(String(operator)) ?? [];
  if (type === undefined) return undefined;
  const offset = Number(/^offset=(\d+)$/.exec(String(operands[0]))?.[1] ?? 0);
  const [address = "", ...values] = operands.filter((it) => typeof it !== "string");
  const by = operator === "i64.load" ? "half" : "else";
  return { address, offset, values, bytes: Number(width || type) / 8, by };
}

/**
 * @param {Expression} address
 * @param {number} [offset] from there
 * @returns {Place | undefined} the place, if it is told from a local alone
 */
function placeOf([operator, first, second], offset = 0) {
  if (operator === "local.get") return { frame: String(first), offset };
  if (operator !== "i32.add" && operator !== "i32.sub") return undefined;
  if (first?.[0] !== "local.get" || second?.[0] !== "i32.const") return undefined;
  const distance = Number(second[1]) * (operator === "i32.add" ? 1 : -1);
  return { frame: String(first[1]), offset: offset + distance };
}

/**
 * @param {Expression} expression
 * @param {Product[]} products
 * @param {() => string} newLocal declares one more
 * @returns {Expression}
 */
function change(expression, products, newLocal) {
  if (typeof expression === "string") return expression;
  const access = accessOf(expression);
  const place = access && placeOf(access.address, access.offset);
  const product =
    place && products.find((it) => it.frame === place.frame && isOf(it, { ...access, ...place }));
  if (!product) return expression.map((part) => change(part, products, newLocal));
  if (access.by === "half") {
    return ["local.get", place.offset === product.offset ? product.low : product.high];
  }
  const [one = "", other = ""] = access.values.map((it) => change(it, products, newLocal));
  return writtenOut(product, print(one), print(other), newLocal);
}

/**
 * Long multiplication, of digits of 32 bits. No sum overflows: the largest product of two digits leaves
 * room for two more digits.
 *
 * @param {Product} product
 * @param {string} one
 * @param {string} other
 * @param {() => string} newLocal
 */
function writtenOut({ low, high }, one, other, newLocal) {
  const [x, y, middle, rest] = Array.from({ length: 4 }, newLocal);
  const lower = (/** @type {string} */ it) => `(i64.and ${it} (i64.const 4294967295))`;
  const upper = (/** @type {string} */ it) => `(i64.shr_u ${it} (i64.const 32))`;
  const get = (/** @type {string | undefined} */ local) => `(local.get ${local})`;
  const [a, b, c, d] = [lower(get(x)), upper(get(x)), lower(get(y)), upper(get(y))];
  return parse(`(block
    (local.set ${x} ${one})
    (local.set ${y} ${other})
    (local.set ${middle} (i64.add (i64.mul ${b} ${c}) ${upper(`(i64.mul ${a} ${c})`)}))
    (local.set ${rest} (i64.add (i64.mul ${a} ${d}) ${lower(get(middle))}))
    (local.set ${low} (i64.mul ${get(x)} ${get(y)}))
    (local.set ${high} (i64.add
      (i64.add (i64.mul ${b} ${d}) ${upper(get(middle))})
      ${upper(get(rest))})))`).expression;
}

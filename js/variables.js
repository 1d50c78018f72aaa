/**
 * Reads the variables of a rule's action one by one, where a template touches them. Each is what
 * `JSON.stringify` would make of it (templates.md 2.2), without the rest being made too.
 */

import { messageOf } from "./thrown.js";

/** @import { VariableKind, VariableReader } from "../pkg/connector_bg.js" */

const KIND = /** @type {const} */ ({
  nothing: 0,
  null: 1,
  false: 2,
  true: 3,
  number: 4,
  text: 5,
  list: 6,
  object: 7,
  unreadable: 8,
});

/**
 * What was read last. That a value's kind crosses before the value itself spares most values a
 * place in the module's table of references.
 *
 * @type {any}
 */
let last;

/** @type {VariableReader} */
export const variableReader = {
  root: (variables) => kindOf(() => shown(variables, "")),
  member: (object, key) =>
    kindOf(() => (isOwn.call(object, key) ? shown(object[key], key) : undefined)),
  item: (list, index) => kindOf(() => shown(list[index], `${index}`)),
  last: () => last,
  lastText: () => last,
  lastNumber: () => last,
  keys: (object) => JSON.stringify(Object.keys(object).filter((key) => isShown(object[key]))),
  keysIfDotted,
  // Behind a proxy it may be no number, which would not get through to the module.
  length: (list) => Number(list.length),
  json,
};

/**
 * @param {() => any} read
 * @returns {VariableKind}
 */
function kindOf(read) {
  try {
    last = read();
    return kindOfLast();
  } catch (error) {
    last = messageOf(error, "A variable cannot be read");
    return KIND.unreadable;
  }
}

/** @returns {VariableKind} */
function kindOfLast() {
  switch (typeof last) {
    case "string":
      return KIND.text;
    case "number":
      return Number.isFinite(last) ? KIND.number : KIND.null;
    case "boolean":
      return last ? KIND.true : KIND.false;
    case "undefined":
      return KIND.nothing;
    default:
      if (last === null) return KIND.null;
      return Array.isArray(last) ? KIND.list : KIND.object;
  }
}

const isOwn = Object.prototype.propertyIsEnumerable;

/** @param {any} object */
function keysIfDotted(object) {
  const keys = Object.keys(object);
  if (!keys.some(isDotted)) return undefined;
  const isMeant = (/** @type {string} */ key) => {
    if (!isDotted(key)) return !key.includes("\0");
    try {
      // One that is undefined leads nowhere.
      return !key.includes("\0") && isShown(object[key]);
    } catch {
      return true;
    }
  };
  return keys.filter(isMeant).join("\0");
}

/** @param {string} key */
function isDotted(key) {
  return key.includes(".");
}

/** @param {unknown} value */
function isShown(value) {
  return value !== undefined && typeof value !== "function" && typeof value !== "symbol";
}

/**
 * A value that JSON knows, or `undefined`.
 *
 * @param {any} value
 * @param {string} key
 */
function shown(value, key) {
  let plain = value;
  if (typeof plain === "bigint" || typeof plain === "function" || isObject(plain)) {
    if (typeof plain.toJSON === "function") plain = plain.toJSON(key);
    if (isObject(plain) && BOXES.has(Object.prototype.toString.call(plain))) {
      plain = plain.valueOf();
    }
  }
  if (typeof plain === "bigint") throw new TypeError("Do not know how to serialize a BigInt");
  return isShown(plain) ? plain : undefined;
}

/** Values that JSON takes out of their objects, in any realm. */
const BOXES = new Set(["[object String]", "[object Number]", "[object Boolean]"]);

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/**
 * The JSON of a list or an object that was read. What its `toJSON` makes of it is what was read.
 *
 * @param {any} container
 */
function json(container) {
  if (typeof container.toJSON !== "function") return JSON.stringify(container);
  return JSON.stringify(Array.isArray(container) ? Array.from(container) : { ...container });
}

/**
 * Reads the variables of a rule's action one by one, where a template touches them. Each is what
 * `JSON.stringify` would make of it (templates.md 2.2), without the rest being made too.
 */

/** @import { VariableReader } from "../pkg/connector_bg.js" */

/** @type {VariableReader} */
export const variableReader = {
  root: (variables) => shown(variables, ""),
  member: (object, key) => (isOwn.call(object, key) ? shown(object[key], key) : undefined),
  item: (list, index) => shown(list[index], `${index}`),
  keys: (object) => JSON.stringify(Object.keys(object).filter((key) => isShown(object[key]))),
  keysIfDotted,
  json: (container) => JSON.stringify(container),
};

const isOwn = Object.prototype.propertyIsEnumerable;

/** @param {any} object */
function keysIfDotted(object) {
  const keys = Object.keys(object);
  if (!keys.some(isDotted)) return undefined;
  const isMeant = (/** @type {string} */ key) =>
    !key.includes("\0") && (!isDotted(key) || isShown(object[key]));
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
  if ((typeof plain === "object" && plain !== null) || typeof plain === "bigint") {
    if (typeof plain.toJSON === "function") plain = plain.toJSON(key);
    if (plain instanceof Number || plain instanceof String || plain instanceof Boolean) {
      plain = plain.valueOf();
    }
  }
  if (typeof plain === "bigint") throw new TypeError("Do not know how to serialize a BigInt");
  return isShown(plain) ? plain : undefined;
}

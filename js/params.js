/** Renders the templates in a rule's params: every text in them, at any depth. */
import { variableReader } from "./variables.js";

/**
 * @import { ParamsRenderer } from "../pkg/connector_bg.js"
 * @import { Core } from "./core.js"
 */

/** Params that are nested deeper refer to themselves, or are of no use to anybody. */
const MAX_DEPTH = 100;

const A_MEMBER = { configurable: true, enumerable: true, writable: true };

/**
 * @template P
 * @param {Core} core
 * @param {P} params never changed
 * @param {object} variables what the templates may name; only what they name is read
 * @param {(message: string) => unknown} warn told what a rule's author did wrong inside a lambda
 * @returns {P} a copy, rendered
 */
export function renderParams(core, params, variables, warn) {
  return core.call(({ ParamsRenderer }) => {
    const renderer = new ParamsRenderer(variables, variableReader, warn);
    try {
      return rendered(params, "", 0, renderer);
    } finally {
      renderer.free();
    }
  });
}

/**
 * @param {any} value
 * @param {string} key what it is called in the object that it stands in
 * @param {number} depth how many objects and lists it stands in
 * @param {ParamsRenderer} renderer
 * @returns {any}
 */
function rendered(value, key, depth, renderer) {
  if (typeof value === "string") {
    // Most texts hold no tag.
    return value.includes("{{") ? renderer.text(key, depth, value) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const isList = Array.isArray(value);
  if (!isList && !isPlainObject(value)) return value;
  if (depth > MAX_DEPTH) {
    throw new Error(`The params are nested more than ${MAX_DEPTH} levels deep`);
  }
  if (isList) return Array.from(value, (item) => rendered(item, "", depth + 1, renderer));
  /** @type {Record<string, unknown>} */
  const copy = {};
  for (const key of Object.keys(value)) {
    const member = rendered(value[key], key, depth + 1, renderer);
    // An assignment to this one would set what the object inherits.
    if (key === "__proto__") Object.defineProperty(copy, key, { value: member, ...A_MEMBER });
    else copy[key] = member;
  }
  return copy;
}

/**
 * An object that is nothing but its members, in any realm: not a date, a map or the like.
 *
 * @param {object} value
 */
function isPlainObject(value) {
  return (
    // The usual case, which takes less time to find out.
    Object.getPrototypeOf(value) === Object.prototype ||
    Object.prototype.toString.call(value) === "[object Object]"
  );
}

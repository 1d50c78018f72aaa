/** Renders the templates in a rule's params: every text in them, at any depth. */
import { core } from "./load/node.js";
import { variableReader } from "./variables.js";

/** @import { ParamsRenderer } from "../pkg/connector_bg.js" */

/** Params that are nested deeper refer to themselves, or are of no use to anybody. */
const MAX_DEPTH = 100;

/**
 * @template P
 * @param {P} params never changed
 * @param {object} variables what the templates may name; only what they name is read
 * @param {(message: string) => void} warn told what a rule's author did wrong inside a lambda
 * @returns {P} a copy, rendered
 */
export function renderParams(params, variables, warn) {
  const renderer = new (core().ParamsRenderer)(variables, variableReader, warn);
  try {
    return rendered(params, "", 0, renderer);
  } finally {
    renderer.free();
  }
}

/**
 * @param {any} value
 * @param {string} place the keys that lead to it, joined by dots
 * @param {number} depth
 * @param {ParamsRenderer} renderer
 * @returns {any}
 */
function rendered(value, place, depth, renderer) {
  // Most texts hold no tag.
  if (typeof value === "string") return value.includes("{{") ? renderer.text(place, value) : value;
  const isList = Array.isArray(value);
  if (!isList && !isPlainObject(value)) return value;
  if (depth > MAX_DEPTH) {
    throw new Error(`The params are nested more than ${MAX_DEPTH} levels deep`);
  }
  /** @type {(member: unknown, key: string | number) => unknown} */
  const member = (member, key) =>
    rendered(member, place === "" ? `${key}` : `${place}.${key}`, depth + 1, renderer);
  if (isList) return Array.from(value, member);
  // Unlike an assignment, this makes a member of `__proto__` too.
  return Object.fromEntries(Object.keys(value).map((key) => [key, member(value[key], key)]));
}

/**
 * An object that is nothing but its members, in any realm: not a date, a map or the like.
 *
 * @param {unknown} value
 */
function isPlainObject(value) {
  return Object.prototype.toString.call(value) === "[object Object]";
}

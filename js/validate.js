/** Has the module say what is wrong with params, or what they come to. */
import { copyOf } from "./json.js";

/**
 * @import { Core } from "./core.js"
 * @import { SchemaLibrary } from "./types.js"
 */

/**
 * @param {Core} core
 * @param {unknown} params never changed
 * @param {SchemaLibrary} library
 * @returns {any} a copy, with what was absent
 * @throws {Error} what is wrong with them
 */
export function parseParams(core, params, library) {
  return core.call((it) => {
    const copy = copyOf(params);
    if (copy === undefined) return it.parseParams(params, library);
    const json = JSON.stringify(copy);
    const changes = it.changesOfParams(json, library);
    if (changes === undefined) return it.parseParams(json, library);
    return set(copy, JSON.parse(changes));
  });
}

/**
 * Sets in an object what is to be set, each at its place.
 *
 * @param {any} object
 * @param {any} changes
 */
function set(object, changes) {
  for (const key of Object.keys(changes)) {
    if (isObject(object[key]) && isObject(changes[key])) set(object[key], changes[key]);
    else object[key] = changes[key];
  }
  return object;
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/** How values of a host's go into the module: as one JSON text, which is faster than part by part. */

/** What is larger or deeper is not worth it, and may have no end. */
const MOST = 1_000;
const DEEPEST = 20;

/**
 * The JSON text of a value; the value itself where that would say less than there is: of a date, of
 * `NaN`, of a member that is `undefined`.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
export function encode(value) {
  let left = MOST;
  const isJson = (/** @type {any} */ value, /** @type {number} */ depth) => {
    if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
    if (typeof value !== "object") return Number.isFinite(value);
    left -= 1;
    // Where a page has given all lists or objects a `toJSON`, they are written as something else.
    if (depth > DEEPEST || left < 0 || value.toJSON !== undefined) return false;
    const isList = Array.isArray(value);
    if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return false;
    for (const member of isList ? value : Object.values(value)) {
      if (!isJson(member, depth + 1)) return false;
    }
    return true;
  };
  try {
    return isJson(value, 0) ? JSON.stringify(value) : value;
  } catch {
    // It is for the module to say what cannot be read.
    return value;
  }
}

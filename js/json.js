/** How values of a host's go into the module: as one JSON text, which is faster than part by part. */

/** What is larger or deeper is not worth it, and may have no end. */
const MOST = 1_000;
const DEEPEST = 20;

/**
 * The JSON text of a value; the value itself where that would say less than there is.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
export function encode(value) {
  const copy = copyOf(value);
  // It is for the module to say what cannot be read.
  return copy === undefined ? value : JSON.stringify(copy);
}

/**
 * A copy of a value of which JSON says all there is; `undefined` of any other: of a date, of `NaN`, of
 * a member that is `undefined`.
 *
 * @param {unknown} value each part of it is read once
 * @returns {any}
 */
export function copyOf(value) {
  try {
    return copied(value, 0, { left: MOST });
  } catch {
    return undefined;
  }
}

/**
 * @param {any} value
 * @param {number} depth
 * @param {{ left: number }} count of the lists and objects that may follow
 * @returns {any}
 */
function copied(value, depth, count) {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return Number.isFinite(value) ? value : undefined;
  count.left -= 1;
  // Where a page has given all lists or objects a `toJSON`, they are written as something else.
  if (depth > DEEPEST || count.left < 0 || value.toJSON !== undefined) return undefined;
  if (Array.isArray(value)) {
    const items = [];
    for (const item of value) {
      const copy = copied(item, depth + 1, count);
      if (copy === undefined) return undefined;
      items.push(copy);
    }
    return items;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const members = { ...value };
  // Faster than by `Object.keys`, which would leave out what is inherited.
  for (const key in members) {
    const member = members[key];
    if (typeof member === "string") continue;
    const copy = copied(member, depth + 1, count);
    if (copy === undefined) return undefined;
    if (copy !== member && Object.hasOwn(members, key)) members[key] = copy;
  }
  return members;
}

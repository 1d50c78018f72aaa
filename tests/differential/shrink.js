// Makes a case that differs as small as it gets while it differs.

import { difference } from "./compare.js";

/** @import { Case, Difference } from "./compare.js" */

const MOST_TRIES = 5000;

/**
 * @param {Difference} found
 * @returns {Difference}
 */
export function shrink(found) {
  let smallest = found;
  let tries = 0;
  const take = (/** @type {Case} */ candidate) => {
    if (++tries > MOST_TRIES || !candidate.template.isWellFormed()) return false;
    const again = difference(candidate);
    if (again) smallest = again;
    return again !== undefined;
  };
  for (let before; before !== smallest && tries < MOST_TRIES; ) {
    before = smallest;
    shrinkTags(() => smallest, take);
    shrinkTemplate(() => smallest, take);
    shrinkVariables(() => smallest, take);
  }
  return smallest;
}

/**
 * Without a tag, or without two of them: a section's.
 *
 * @param {() => Case} current
 * @param {(candidate: Case) => boolean} take
 */
function shrinkTags(current, take) {
  for (let changed = true; changed; ) {
    const { template, variables } = current();
    const pieces = template.split(/(\{\{[^{}]*\}\})/);
    const tags = [...pieces.keys()].filter((index) => index % 2 === 1);
    const pairs = tags.flatMap((first) => tags.map((last) => [first, last]));
    changed = pairs.some(([first, last]) => {
      const shorter = pieces.filter((_, index) => index !== first && index !== last).join("");
      return take({ template: shorter, variables });
    });
  }
}

/**
 * @param {() => Case} current
 * @param {(candidate: Case) => boolean} take
 */
function shrinkTemplate(current, take) {
  for (let size = Math.ceil(current().template.length / 2); size >= 1; size >>= 1) {
    for (let at = 0; at < current().template.length; ) {
      const { template, variables } = current();
      const shorter = template.slice(0, at) + template.slice(at + size);
      if (!take({ template: shorter, variables })) at += size;
    }
  }
}

/**
 * @param {() => Case} current
 * @param {(candidate: Case) => boolean} take
 */
function shrinkVariables(current, take) {
  const { template } = current();
  for (let changed = true; changed; ) {
    changed = false;
    for (const smaller of smallerThan(current().variables)) {
      if (typeof smaller !== "object") continue;
      if (take({ template, variables: /** @type {Record<string, unknown>} */ (smaller) })) {
        changed = true;
        break;
      }
    }
  }
}

/**
 * Values that are one step smaller.
 *
 * @param {unknown} value
 * @returns {Generator<unknown>}
 */
function* smallerThan(value) {
  if (Array.isArray(value)) {
    for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, item] of value.entries()) {
      for (const smaller of smallerThan(item)) yield value.with(index, smaller);
    }
  } else if (value !== null && typeof value === "object" && isPlain(value)) {
    const entries = Object.entries(value);
    for (const index of entries.keys()) yield Object.fromEntries(entries.toSpliced(index, 1));
    for (const [index, [key, member]] of entries.entries()) {
      for (const smaller of smallerThan(member)) {
        yield Object.fromEntries(entries.with(index, [key, smaller]));
      }
    }
    if (entries.length > 0) yield 1;
  } else if (typeof value === "string" && value.length > 1) {
    yield "x";
    yield value.slice(0, value.length / 2).toWellFormed();
  } else if (value !== 1 && value !== "x" && value !== null) {
    yield 1;
  }
}

/** @param {object} value */
function isPlain(value) {
  return Object.getPrototypeOf(value) === Object.prototype;
}

// One list of two that overlap.

/** @typedef {import("../api/types.js").Event} Event */

/**
 * @param {readonly Event[]} known
 * @param {readonly Event[]} loaded
 * @returns {Event[]} each event once, newest first
 */
export function merged(known, loaded) {
  const byId = new Map([...known, ...loaded].map((event) => [event.id, event]));
  return [...byId.values()].sort((one, other) => Number(other.id) - Number(one.id));
}

// What the payloads have in common: alerts, each with the variables that its templates see.

import { anything, record } from "../schema.js";

/**
 * @typedef {object} Alert
 * @property {"firing" | "resolved"} status
 * @property {string} id the same as long as it is the same alert
 * @property {number} [startedAt] milliseconds since 1970
 * @property {Record<string, unknown>} variables
 */

/**
 * @typedef {object} Payload
 * @property {Alert[]} alerts
 * @property {number} truncated how many alerts the sender has left out
 */

export const STATUSES = /** @type {const} */ (["firing", "resolved"]);

/**
 * An object of which some members are known. Others stay as they are: senders grow.
 *
 * @template {Record<string, import("../schema.js").Parser<any>>} Fields
 * @param {Fields} fields
 * @returns {import("../schema.js").Parser<
 *   Record<string, unknown> & { [Key in keyof Fields]: ReturnType<Fields[Key]> }>}
 */
export function atLeast(fields) {
  return (value, path = []) => {
    const members = record(anything)(value, path);
    const known = Object.entries(fields).map(([key, parse]) => {
      const given = Object.hasOwn(members, key) ? members[key] : undefined;
      return [key, parse(given, [...path, key])];
    });
    return { ...members, ...Object.fromEntries(known) };
  };
}

/**
 * The first text that says something.
 *
 * @param {...unknown} candidates
 */
export function firstText(...candidates) {
  return candidates.find((text) => typeof text === "string" && text.trim() !== "");
}

/**
 * @param {unknown} text ISO 8601
 * @returns {number | undefined} nothing where it is no time: an alert is not refused for it
 */
export function timeOf(text) {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

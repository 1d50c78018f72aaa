// What a benchmark comes to: what is printed, drawn and written of it is made of nothing else.

/**
 * @import { Figures } from "../measure.js"
 */

/**
 * What one benchmark measured.
 *
 * @typedef {object} Report
 * @property {string} name how it is called on the command line
 * @property {string} title
 * @property {string} about what was measured, for a reader who has not seen the code
 * @property {Series[]} series
 * @property {Goal[]} goals
 * @property {string[]} notes what else a reader has to know
 */

/**
 * A table, and a chart: groups of contenders that were measured together.
 *
 * @typedef {object} Series
 * @property {string} id that no other series has
 * @property {string} title
 * @property {string} unit
 * @property {"shorter" | "longer"} better which bar is the better one
 * @property {Group[]} groups
 */

/**
 * @typedef {object} Group
 * @property {string} name
 * @property {Record<string, Figures>} figures by contender; the first is this package
 * @property {number} [goal] where this package's bar should end at the latest, or at the earliest
 */

/**
 * @typedef {object} Goal
 * @property {string} text
 * @property {number} measured
 * @property {"at least" | "at most"} kind
 * @property {number} bound
 * @property {string} unit
 */

/**
 * Where and when it was measured.
 *
 * @typedef {object} Machine
 * @property {string} processor
 * @property {number} cores
 * @property {number} memory GB
 * @property {string} system
 * @property {string} node
 * @property {string} date
 */

export const OURS = "this package";

/** @param {Goal} goal */
export function isReached({ measured, kind, bound }) {
  return kind === "at least" ? measured >= bound : measured <= bound;
}

/**
 * How many times better this package is than another contender.
 *
 * @param {Series} series
 * @param {Group} group
 * @param {string} contender
 */
export function timesBetter({ better }, { figures }, contender) {
  const ours = figures[OURS]?.median ?? Number.NaN;
  const theirs = figures[contender]?.median ?? Number.NaN;
  return better === "shorter" ? theirs / ours : ours / theirs;
}

/**
 * The median of one of a group's contenders.
 *
 * @param {Group} group
 * @param {string} contender
 */
export function medianOf({ figures }, contender) {
  const found = figures[contender];
  if (!found) throw new Error(`${contender} was not measured`);
  return found.median;
}

/**
 * What is counted and has no spread.
 *
 * @param {number} count
 * @returns {Figures}
 */
export const counted = (count) => ({ median: count, low: count, high: count });

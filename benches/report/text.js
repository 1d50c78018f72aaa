// A report as tables: for a terminal, and for a page.

import { table } from "../../scripts/lib/table.js";
import { isReached, OURS, timesBetter } from "./types.js";

/**
 * @import { Figures } from "../measure.js"
 * @import { Goal, Group, Report, Series } from "./types.js"
 */

/**
 * A number with the digits that mean something.
 *
 * @param {number} value
 */
export function format(value) {
  if (!Number.isFinite(value)) return "-";
  if (Number.isInteger(value) || value >= 100) return Math.round(value).toLocaleString("en");
  return value >= 0.001 ? String(Number(value.toPrecision(3))) : value.toFixed(5);
}

/** @param {Report} report */
export function toText({ title, series, goals, notes }) {
  const tables = series.map(
    (one) => `${caption(one)}\n${table(rowsOf(one), { right: columnsOf(one) })}`,
  );
  return [`\n# ${title}`, ...tables, ...goals.map(goalText), ...notes].join("\n\n");
}

/** @param {Series} series */
export function caption({ title, unit, better }) {
  return `${title}: ${unit}, ${better === "shorter" ? "less" : "more"} is better`;
}

/**
 * A table's lines: contenders are columns, each with how many times better this package is.
 *
 * @param {Series} series
 * @returns {string[][]}
 */
export function rowsOf(series) {
  const contenders = contendersOf(series);
  const head = contenders.flatMap((name) => (name === OURS ? [name] : [name, "ratio"]));
  const rows = series.groups.map((group) => [
    group.name,
    ...contenders.flatMap((name) => cells(series, group, name)),
  ]);
  return [["", ...head], ...rows];
}

/**
 * @param {Series} series
 * @param {Group} group
 * @param {string} contender
 */
function cells(series, group, contender) {
  const figures = group.figures[contender];
  const text = figures ? withSpread(figures) : "";
  if (contender === OURS) return [text];
  const times = timesBetter(series, group, contender);
  return [text, Number.isFinite(times) ? `${format(times)}x` : ""];
}

/** @param {Series} series */
export function contendersOf({ groups }) {
  return [...new Set(groups.flatMap(({ figures }) => Object.keys(figures)))];
}

/** @param {Series} series */
function columnsOf(series) {
  return (rowsOf(series)[0] ?? []).map((_, column) => column).slice(1);
}

/** @param {Figures} figures */
export function withSpread({ median, low, high }) {
  if (low === median && high === median) return format(median);
  return `${format(median)} (${format(low)}-${format(high)})`;
}

/** @param {Goal} goal */
export function goalText(goal) {
  const { text, measured, kind, bound, unit } = goal;
  const verdict = isReached(goal) ? "reached" : "MISSED";
  return `Goal ${verdict}: ${text}: ${format(measured)} ${unit}, and it should be ${kind} ${format(bound)}.`;
}

// The coverage of a folder as a table: a line a file that is not run as a whole, and the total.

import { table } from "../table.js";

/**
 * A file that was looked at.
 *
 * @typedef {object} Covered
 * @property {string} file its path in the project
 * @property {number[]} covered the lines that were run, by their numbers
 * @property {number[]} uncovered the lines that were not
 * @property {import("./pieces.js").Piece[]} pieces those lines by names
 */

const NUMBERS_WIDTH = 44;

/**
 * @param {string} title
 * @param {Covered[]} files
 */
export function report(title, files) {
  const rows = files
    .filter(({ uncovered }) => uncovered.length > 0)
    .map(({ file, covered, uncovered }) => [
      file,
      share(covered.length, uncovered.length),
      String(covered.length),
      String(uncovered.length),
      shortened(ranges(uncovered)),
    ]);
  const covered = files.reduce((sum, file) => sum + file.covered.length, 0);
  const uncovered = files.reduce((sum, file) => sum + file.uncovered.length, 0);
  const total = ["total", share(covered, uncovered), String(covered), String(uncovered), ""];
  const whole = files.length - rows.length;
  const head = ["file", "%", "covered", "not", "the lines that are not"];
  return [
    `${title}: ${files.length} files, ${whole} of them as a whole`,
    "",
    table([head, ...rows, total], { right: [1, 2, 3] }),
  ].join("\n");
}

/**
 * The share of what is covered in per cent. Only what is covered as a whole is at 100.
 *
 * @param {number} covered
 * @param {number} uncovered
 */
export function share(covered, uncovered) {
  if (uncovered === 0) return "100";
  return (Math.floor((covered / (covered + uncovered)) * 1000) / 10).toFixed(1);
}

/**
 * Numbers in ascending order, as in "1-3, 7".
 * @param {number[]} numbers
 */
export function ranges(numbers) {
  /** @type {[number, number][]} */
  const found = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

/** @param {string} text */
function shortened(text) {
  if (text.length <= NUMBERS_WIDTH) return text;
  return `${text.slice(0, text.lastIndexOf(",", NUMBERS_WIDTH - 4))}, …`;
}

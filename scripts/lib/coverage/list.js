// The list of what no test runs, with the reasons: by file, or by folder (with a slash at its end) where
// no file of it is run; then by the name of the piece.

import { readFileSync } from "node:fs";
import { inProject } from "../root.js";
import { ALL } from "./pieces.js";

/** @typedef {import("./report.js").Covered} Covered */
/** @typedef {Record<string, Record<string, string>>} List the reasons, by file and by piece */
/** @typedef {{ file: string, piece: string, line: number }} Unlisted */
/** @typedef {{ file: string, piece: string }} Needless */

/** Where the list is. */
export const LIST = "tests/coverage.json";

/** @returns {List} */
export const readList = () => JSON.parse(readFileSync(inProject(LIST), "utf8"));

/**
 * What is not run and not on the list, and what is on the list for nothing.
 *
 * @param {string} folder the one that the files are all of
 * @param {Covered[]} files
 * @param {List} list
 * @returns {{ unlisted: Unlisted[], needless: Needless[], unreasoned: Needless[] }}
 */
export function compare(folder, files, list) {
  const needed = new Set();
  /** @type {Unlisted[]} */
  const unlisted = [];
  for (const { file, pieces } of files) {
    for (const { name, line } of pieces) {
      const names = [file, ...(name === ALL ? foldersOf(file) : [])];
      const listed = names.find((place) => Object.hasOwn(list[place] ?? {}, name));
      if (listed) needed.add(`${listed}\n${name}`);
      else unlisted.push({ file, piece: name, line });
    }
  }
  const listed = Object.entries(list)
    .filter(([file]) => file.startsWith(`${folder}/`))
    .flatMap(([file, reasons]) =>
      Object.entries(reasons).map(([piece, reason]) => ({ file, piece, reason })),
    );
  return {
    unlisted,
    needless: listed.filter(({ file, piece }) => !needed.has(`${file}\n${piece}`)),
    unreasoned: listed.filter(({ reason }) => !reason.trim()),
  };
}

/**
 * The differences as a text that says what to do; empty where there is none.
 *
 * @param {ReturnType<typeof compare>} differences
 */
export function difference({ unlisted, needless, unreasoned }) {
  const parts = [];
  if (unlisted.length > 0) {
    const places = unlisted.map(
      ({ file, piece, line }) =>
        `  ${file}:${line}\n    to list it, under ${JSON.stringify(file)}:\n` +
        `      ${JSON.stringify(piece)}: "why no test runs it"`,
    );
    parts.push(
      `No test runs this, and ${LIST} does not say why. Write a test, or list it:`,
      ...places,
    );
  }
  for (const { file, piece } of needless) {
    parts.push(`${LIST} lists what is run by tests or gone: take it out:\n  ${file}: ${piece}`);
  }
  for (const { file, piece } of unreasoned) {
    parts.push(`${LIST} lists this without a reason: write it down:\n  ${file}: ${piece}`);
  }
  return parts.join("\n");
}

/**
 * The folders that a file is in, with a slash at their end.
 * @param {string} file
 */
function foldersOf(file) {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join("/")}/`);
}

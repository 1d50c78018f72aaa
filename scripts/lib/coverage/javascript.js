// Which lines of `js/` the JavaScript tests run: V8 counts in every process of theirs, and monocart
// knows what of it is code.

import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { CoverageReport } from "monocart-coverage-reports";
import { javascriptTests } from "../checks.js";
import { inProject } from "../root.js";
import { runShown } from "../run.js";
import { piecesOf, withCode } from "./pieces.js";

/** @typedef {import("./pieces.js").Lines} Lines */
/** @typedef {import("./report.js").Covered} Covered */

/** @typedef {NonNullable<import("monocart-coverage-reports").CoverageFile["data"]>} FileData */

/** A function that does nothing: nothing of it could be run. */
const IS_EMPTY = /\{\s*\}$/;

const PROFILES = inProject("target/coverage/javascript");

/** @returns {Promise<Covered[]>} */
export async function javascriptCoverage() {
  rmSync(PROFILES, { recursive: true, force: true });
  const env = { NODE_V8_COVERAGE: PROFILES };
  await runShown("Run the JavaScript tests", "node", ["--test", ...javascriptTests()], env);
  return readProfiles();
}

/**
 * Reads what V8 has counted. Files that nothing has loaded are among the answers.
 *
 * @returns {Promise<Covered[]>}
 */
export async function readProfiles() {
  const folder = `${pathToFileURL(inProject("js"))}/`;
  const made = new CoverageReport({
    reports: ["none"],
    outputDir: inProject("target/coverage/monocart"),
    logging: "error",
    v8Ignore: false,
    entryFilter: ({ url }) => url.startsWith(folder) && url.endsWith(".js"),
    all: { dir: inProject("js"), filter: (file) => file.endsWith(".js") },
  });
  await made.addFromDir(PROFILES);
  const results = await made.generate();
  return (results?.files ?? [])
    .map(({ url = "", source = "", data = {} }) => {
      const lines = linesOf(source, data);
      const file = `js/${url.slice(folder.length)}`;
      return { file, ...withCode(source.split("\n"), lines), pieces: piecesOf(source, lines) };
    })
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}

/**
 * The lines of a file: one is covered when all statements and functions that begin on it were run, and
 * something that begins before it.
 *
 * @param {string} source
 * @param {FileData} data
 * @returns {Lines}
 */
export function linesOf(source, { lines = {}, statements = [], functions = [] }) {
  const idle = new Set(
    [...statements, ...functions]
      .filter(({ count, start, end }) => count === 0 && !IS_EMPTY.test(source.slice(start, end)))
      .map(({ start }) => source.slice(0, start).split("\n").length),
  );
  const all = Object.entries(lines).map(([line, count]) => ({ line: Number(line), count }));
  const isCovered = (/** @type {{ line: number, count: unknown }} */ { line, count }) =>
    count !== 0 && !idle.has(line);
  return {
    covered: all.filter(isCovered).map(({ line }) => line),
    uncovered: all.filter((one) => !isCovered(one)).map(({ line }) => line),
  };
}

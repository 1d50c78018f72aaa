// Runs the suite in every runtime that is here, each on the package as it is published, and prints
// what ran. docs/runtimes.md has the same table: a row that it lacks is a failure, and with WRITE_DOCS=1
// the table is written anew.

import { readFileSync, writeFileSync } from "node:fs";
import { chromium, firefox } from "../../scripts/lib/page.js";
import { table } from "../../scripts/lib/table.js";
import { makeProject } from "./project.js";
import { browserRunners } from "./runners/browsers.js";
import { commandLineRunners, isHere } from "./runners/command_line.js";

/**
 * @typedef {object} Runner
 * @property {string} runtime
 * @property {string} how the package is loaded
 * @property {string} [needs] the program without which it cannot run
 * @property {(folder: string) => Promise<import("./suite/suite.js").Report>} run in the project's
 *   folder
 */

const PAGE = new URL("../../docs/runtimes.md", import.meta.url);
const [START, END] = ["<!-- what ran -->\n", "<!-- /what ran -->"];

/**
 * @param {{ chromium?: string, firefox?: string }} browsers the programs
 * @returns {Promise<boolean>} whether all passed
 */
export async function runConformance(browsers) {
  const runners = [
    ...commandLineRunners,
    ...(browsers.chromium ? browserRunners(chromium(browsers.chromium)) : []),
    ...(browsers.firefox ? browserRunners(firefox(browsers.firefox)) : []),
  ];
  const { folder, remove } = makeProject();
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  const problems = [];
  try {
    for (const runner of runners) {
      const { runtime, how, run } = runner;
      if (!isHere(runner)) {
        rows.push(["-", runtime, how, "not on this system"]);
        continue;
      }
      const started = Date.now();
      const { passed, failed } = await run(folder).catch((error) => ({
        passed: 0,
        failed: [String(error?.stack ?? error)],
      }));
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      rows.push([failed.length ? "✗" : "✓", runtime, how, `${passed} passed`, `${seconds} s`]);
      problems.push(...failed.map((failure) => `${runtime}, ${how}: ${failure}`));
    }
  } finally {
    remove();
  }
  console.log(table(rows));
  // Without the browsers it would not be the whole table.
  if (process.env.WRITE_DOCS && browsers.chromium && browsers.firefox) writePage(runners);
  problems.push(...missingIn(runners));
  if (problems.length > 0) console.log(`\n${problems.join("\n")}`);
  return problems.length === 0;
}

/** @param {Runner} runner */
const rowOf = ({ runtime, how }) => `| ${runtime} | ${how} |`;

/**
 * The rows that the documentation lacks; the Node that runs this may be any.
 *
 * @param {Runner[]} runners
 */
function missingIn(runners) {
  const page = readFileSync(PAGE, "utf8");
  return runners
    .filter(({ needs }) => needs !== process.execPath)
    .map(rowOf)
    .filter((row) => !page.includes(row))
    .map((row) => `docs/runtimes.md does not say: ${row}`);
}

/** @param {Runner[]} runners */
function writePage(runners) {
  const page = readFileSync(PAGE, "utf8");
  const rows = ["| runtime | how it is loaded |", "| --- | --- |", ...runners.map(rowOf), ""];
  const [before, after] = [page.indexOf(START) + START.length, page.indexOf(END)];
  writeFileSync(PAGE, page.slice(0, before) + rows.join("\n") + page.slice(after));
}

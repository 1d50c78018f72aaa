// Writes the docs of a run of all benchmarks.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { localProgram } from "../../scripts/lib/javascript.js";
import { inProject } from "../../scripts/lib/root.js";
import { run } from "../../scripts/lib/run.js";
import { chart } from "./chart.js";
import { chartName, page } from "./page.js";

/** @import { Machine, Report } from "./types.js" */

const PAGE = "docs/benchmarks.md";
const FIGURES = "docs/benchmarks.json";
const CHARTS = "docs/benchmarks";

/**
 * @param {Report[]} reports
 * @param {Machine} machine
 * @returns {Promise<string>} where a reader begins
 */
export async function writeDocs(reports, machine) {
  rmSync(inProject(CHARTS), { recursive: true, force: true });
  mkdirSync(inProject(CHARTS), { recursive: true });
  for (const series of reports.flatMap((report) => report.series)) {
    writeFileSync(inProject(CHARTS, chartName(series)), chart(series));
  }
  writeFileSync(inProject(PAGE), page(reports, machine));
  writeFileSync(inProject(FIGURES), JSON.stringify({ machine, reports }, null, 2));
  await run(localProgram("biome"), ["format", "--write", FIGURES]);
  return PAGE;
}

// How long a fresh process takes from loading the package to its first validation, over the same
// process without the package.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { table } from "../scripts/lib/table.js";
import { figures } from "./measure.js";

const ROUNDS = 40;

/** What a user would notice. */
const GOAL = "The goal is less than 30 ms over bare Node.";

/** Each with what it is compared with. */
const CONTENDERS = {
  import: { script: "import.mjs", bare: "bare.mjs" },
  require: { script: "require.cjs", bare: "bare.cjs" },
};

export async function run() {
  const rows = [["loaded by", "bare Node", "", "with the package", "", "over bare Node"]];
  for (const [name, { script, bare }] of Object.entries(CONTENDERS)) {
    /** @type {number[]} */
    const without = [];
    /** @type {number[]} */
    const withIt = [];
    // The first of each finds nothing in the disk's cache.
    for (const file of [bare, script]) lifetime(file);
    for (let round = 0; round < ROUNDS; round++) {
      without.push(lifetime(bare));
      withIt.push(lifetime(script));
    }
    const [base, full] = [figures(without), figures(withIt)];
    rows.push([name, ...cells(base), ...cells(full), (full.median - base.median).toFixed(1)]);
  }
  console.log(`\nCold start: the life of a process, median in ms (quartiles)`);
  console.log(table(rows, { right: [1, 3, 5] }));
  console.log(GOAL);
}

/**
 * Milliseconds from starting a process to its end.
 *
 * @param {string} script
 */
function lifetime(script) {
  const file = fileURLToPath(new URL(`cold-start/${script}`, import.meta.url));
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  const took = performance.now() - start;
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return took;
}

/** @param {import("./measure.js").Figures} figures */
function cells({ median, low, high }) {
  return [median.toFixed(1), `(${low.toFixed(1)}-${high.toFixed(1)})`];
}

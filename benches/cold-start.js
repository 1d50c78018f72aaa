// How long a fresh process takes from loading the package to its first validation, over the same
// process without the package, beside a bundle of the libraries that do the same work.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { figures } from "./measure.js";
import { medianOf, OURS } from "./report/types.js";
import { installedLibraries, LIBRARIES, NAMES } from "./size/libraries.js";

/** @import { Figures } from "./measure.js" */
/** @import { Group, Report } from "./report/types.js" */

const ROUNDS = 40;

/** What a user would notice. */
const GOAL = 30;

const ABOUT = `The life of a fresh process that loads the package and validates a config, less the life of one that does
nothing: with \`import\`, and with \`require\`, which loads one file instead of many. Beside it one minified
file of ${NAMES}, which validates the same by zod.`;

/** @returns {Promise<Report>} */
export async function run() {
  const groups = [
    await measured("import", ".mjs", (file) => `import ${JSON.stringify(file)};`),
    await measured("require", ".cjs", (file) => `require(${JSON.stringify(file)});`),
  ];
  return {
    name: "cold-start",
    title: "Cold start",
    about: ABOUT,
    series: [
      {
        id: "cold-start",
        title: "From loading to the first validation, over bare Node",
        unit: "ms",
        better: "shorter",
        groups,
      },
    ],
    goals: groups.map((group) => ({
      text: `Cold start with \`${group.name}\`, over bare Node`,
      measured: medianOf(group, OURS),
      kind: /** @type {const} */ ("at most"),
      bound: GOAL,
      unit: "ms",
    })),
    notes: [],
  };
}

/**
 * @param {"import" | "require"} name
 * @param {string} extension
 * @param {(file: string) => string} loading a program that loads a file
 * @returns {Promise<Group>}
 */
async function measured(name, extension, loading) {
  const { project, bundle } = await installedLibraries();
  const theirs = path.join(project, `${name}${extension}`);
  writeFileSync(theirs, loading(bundle));
  const scripts = [own(`bare${extension}`), own(`${name}${extension}`), theirs];
  /** @type {number[][]} */
  const lives = scripts.map(() => []);
  // The first of each finds nothing in the disk's cache.
  for (const script of scripts) lifetime(script);
  for (let round = 0; round < ROUNDS; round++) {
    scripts.forEach((script, place) => {
      lives[place]?.push(lifetime(script));
    });
  }
  const [bare, ours, others] = /** @type {[Figures, Figures, Figures]} */ (lives.map(figures));
  const over = (/** @type {Figures} */ { median, low, high }) => ({
    median: median - bare.median,
    low: low - bare.median,
    high: high - bare.median,
  });
  return { name, figures: { [OURS]: over(ours), [LIBRARIES]: over(others) }, goal: GOAL };
}

/** @param {string} name */
const own = (name) => fileURLToPath(new URL(`cold-start/${name}`, import.meta.url));

/**
 * Milliseconds from starting a process to its end.
 *
 * @param {string} script
 */
function lifetime(script) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  const took = performance.now() - start;
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return took;
}

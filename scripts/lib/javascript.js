// What is made of the JavaScript: its declarations, and the bundle that `require()` loads.

import { rmSync, writeFileSync } from "node:fs";
import { inProject } from "./root.js";
import { runShown } from "./run.js";

/** Makes `types/` of the comments in `js/`. */
export async function makeDeclarations() {
  rmSync(inProject("types"), { recursive: true, force: true });
  await runShown("Generate the type declarations", localProgram("tsc"), [
    "-p",
    "tsconfig.build.json",
  ]);
  // A CommonJS file may not simply re-export from an ES module, as TypeScript sees it.
  writeFileSync(
    inProject("types/index.d.cts"),
    `declare const connector: typeof import("./index.js", { with: { "resolution-mode": "import" } });
export = connector;
`,
  );
}

/** Makes `pkg/index.cjs`: not every Node that we run on can `require()` an ES module. */
export async function makeCommonJs() {
  await runShown("Bundle the CommonJS entry", localProgram("esbuild"), [
    "js/index.js",
    "--bundle",
    "--format=cjs",
    "--platform=node",
    "--target=node20",
    "--packages=external",
    // `js/` and `pkg/` are neighbours, so paths that start at one are right at the other.
    "--define:import.meta.url=moduleUrl",
    '--banner:js=const moduleUrl = require("node:url").pathToFileURL(__filename).href;',
    "--outfile=pkg/index.cjs",
    "--log-level=warning",
  ]);
}

/**
 * A program that an npm package brings.
 * @param {string} name
 */
export function localProgram(name) {
  return inProject("node_modules/.bin", name);
}

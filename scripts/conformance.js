// `npm run conformance`: builds what is missing or stale, and runs the package in every runtime.

import { checks } from "./lib/checks.js";
import { command } from "./lib/command.js";
import { runSteps } from "./lib/steps.js";

const USAGE = `Usage: npm run conformance [-- --no-browser] [-- --help]

Builds what is missing or stale, installs the runtimes, and runs one suite on the packed package in
all of them. WRITE_DOCS=1 writes the table in docs/runtimes.md anew.

  --no-browser  leave the browsers out
  --help        print this`;

const STEPS = [
  "npm packages",
  "Rust and wasm-bindgen",
  "build",
  "runtimes",
  "module with faults on purpose",
];

await command(USAGE, ["no-browser"], async (given) => {
  const all = checks({ browser: !given["no-browser"] });
  const wanted = [...STEPS, "the package in every runtime"];
  return (await runSteps(all.filter(({ name }) => wanted.includes(name)))) ? 0 : 1;
});

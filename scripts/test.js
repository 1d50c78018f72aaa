// `npm test`: sets up, builds, and runs every check there is.

import { checks } from "./lib/checks.js";
import { command } from "./lib/command.js";
import { runSteps } from "./lib/steps.js";

const USAGE = `Usage: npm test [-- --no-browser] [-- --help]

Sets up as npm run build does, then runs everything: formatting and lint, types, the API reference,
the Rust tests, the WebAssembly tests in Node and in headless Chromium and Firefox, the JavaScript
tests, and the package in every runtime there is.

  --no-browser  leave out what needs a browser
  --help        print this`;

await command(USAGE, ["no-browser"], async (given) => {
  const allPassed = await runSteps(checks({ browser: !given["no-browser"] }));
  return allPassed ? 0 : 1;
});

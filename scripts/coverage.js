// `npm run coverage`: what of `src/` the Rust tests run, and of `js/` the JavaScript tests; what they
// do not run must be on the list, with the reason.

import { ensureAlertmanager } from "./lib/alertmanager.js";
import { build, buildDebugModule, buildTrappingModule } from "./lib/build.js";
import { command } from "./lib/command.js";
import { compare, difference, LIST, readList } from "./lib/coverage/list.js";
import { report } from "./lib/coverage/report.js";
import { rustCoverage } from "./lib/coverage/rust.js";
import { seconds } from "./lib/progress.js";
import { ensureRust } from "./lib/rust.js";

const USAGE = `Usage: npm run coverage [-- --rust] [-- --javascript] [-- --help]

Installs and builds what is missing or stale, runs the Rust tests and prints which lines of src/ they
reach, then the JavaScript tests and which lines of js/. What no test reaches must stand in
${LIST} with the reason: what does not, and what stands there and is
reached or gone, is printed, and the exit status is 1 then.

  --rust        only src/
  --javascript  only js/
  --help        print this`;

await command(USAGE, ["rust", "javascript"], main);

/** @param {Record<string, boolean>} flags */
async function main({ rust, javascript }) {
  const started = Date.now();
  const all = rust === javascript;
  let isAsListed = true;
  if (all || rust) {
    await ensureRust();
    isAsListed = judge("src", "the Rust tests", await rustCoverage()) && isAsListed;
  }
  if (all || javascript) {
    await build();
    await buildTrappingModule();
    await buildDebugModule();
    await ensureAlertmanager();
    // Only now: on a clean clone its packages were not installed when this file was loaded.
    const { javascriptCoverage } = await import("./lib/coverage/javascript.js");
    isAsListed = judge("js", "the JavaScript tests", await javascriptCoverage()) && isAsListed;
  }
  console.log(`\nin ${seconds(started)}`);
  return isAsListed ? 0 : 1;
}

/**
 * Prints the coverage of a folder, and how it differs from the list.
 *
 * @param {string} folder
 * @param {string} tests
 * @param {import("./lib/coverage/report.js").Covered[]} files
 * @returns {boolean} whether the list has just that
 */
function judge(folder, tests, files) {
  console.log(`\n${report(`${folder}/ by ${tests}`, files)}`);
  const problems = difference(compare(folder, files, readList()));
  if (problems) console.log(`\n${problems}`);
  return !problems;
}

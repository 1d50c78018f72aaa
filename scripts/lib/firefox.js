// The other browser of the tests: finds Firefox, and says how the wasm tests use it.

import { given } from "./browser.js";
import { SetupError } from "./failure.js";
import { findProgram, installSystemPackages, isProgram } from "./programs.js";
import { wasmTestRunner } from "./rust.js";

const FIREFOX_ON_MACOS = "/Applications/Firefox.app/Contents/MacOS/firefox";

/**
 * Finds Firefox, and installs it where that is possible.
 * @returns {Promise<string>}
 */
export async function ensureFirefox() {
  const before = findFirefox();
  if (before) return before;
  await installSystemPackages({
    missing: "Firefox is missing: the browser tests need it (npm test -- --no-browser does not).",
    debian: ["firefox-esr"],
    macos: "brew install --cask firefox",
  });
  const after = findFirefox();
  if (after) return after;
  throw new SetupError(
    "Firefox was installed and yet is not found.",
    "Set FIREFOX to the path of the program.",
  );
}

function findFirefox() {
  return (
    given("FIREFOX") ??
    findProgram("firefox-esr") ??
    findProgram("firefox") ??
    [FIREFOX_ON_MACOS].find(isProgram)
  );
}

/**
 * The environment in which cargo runs wasm tests in this browser.
 *
 * @param {string} firefox
 * @returns {Record<string, string>}
 */
export function firefoxEnvironment(firefox) {
  return {
    WASM_BINDGEN_USE_BROWSER: "1",
    WASM_TEST_RUNNER: wasmTestRunner,
    FIREFOX: firefox,
    // Cargo takes blanks for the ends of arguments: no path of a machine may stand here.
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "node scripts/wasm-tests-in-firefox.js",
  };
}

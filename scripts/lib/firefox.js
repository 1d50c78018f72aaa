// The other browser of the tests: finds Firefox and its driver, and says how the wasm tests use them.

import { mkdirSync, writeFileSync } from "node:fs";
import { given } from "./browser.js";
import { SetupError } from "./failure.js";
import { findProgram, installSystemPackages, isProgram } from "./programs.js";
import { inProject } from "./root.js";
import { installTool, toolPath } from "./tools.js";

/** The driver's version, so that a new one breaks nothing by itself. */
const GECKODRIVER = "0.37.1";

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
 * Finds Firefox's driver, which Debian lacks, and otherwise compiles it.
 * @returns {Promise<string>}
 */
export async function ensureGeckodriver() {
  const local = toolPath("geckodriver");
  const found = given("GECKODRIVER") ?? findProgram("geckodriver") ?? [local].find(isProgram);
  if (found) return found;
  await installTool("geckodriver", GECKODRIVER);
  return local;
}

/**
 * The environment in which wasm-bindgen's test runner uses this browser.
 *
 * @param {string} firefox
 * @param {string} geckodriver
 * @returns {Record<string, string>}
 */
export function firefoxEnvironment(firefox, geckodriver) {
  const capabilities = { "moz:firefoxOptions": { binary: firefox, args: ["-headless"] } };
  const file = inProject(".tools/webdriver-firefox.json");
  mkdirSync(inProject(".tools"), { recursive: true });
  writeFileSync(file, JSON.stringify(capabilities));
  return {
    WASM_BINDGEN_USE_BROWSER: "1",
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: file,
    GECKODRIVER: geckodriver,
  };
}

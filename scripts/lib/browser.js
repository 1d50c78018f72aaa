// The browser of the tests: finds Chromium and its driver, and says how the wasm tests use them.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { SetupError } from "./failure.js";
import { findProgram, installSystemPackages, isProgram } from "./programs.js";
import { inProject } from "./root.js";

/** @typedef {{ chromium: string, chromedriver: string }} Browser */

// Chromium first: its driver on Debian is of the same version.
const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const CHROMIUM_ON_MACOS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Finds the browser, and installs it where that is possible.
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser() {
  const before = findBrowser();
  if (before) return before;
  const need = {
    missing: "Chromium or its driver is missing: the browser tests need both.",
    debian: ["chromium", "chromium-driver"],
    macos: "brew install --cask google-chrome chromedriver",
  };
  try {
    await installSystemPackages(need);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(
      error.message,
      `${error.remedy}\n  or leave the browser tests out: npm test -- --no-browser`,
    );
  }
  const after = findBrowser();
  if (after) return after;
  throw new SetupError(
    "Chromium was installed and yet is not found.",
    "Set CHROMIUM and CHROMEDRIVER to the paths of the two programs.",
  );
}

/** @returns {Browser | undefined} */
function findBrowser() {
  const chromium = findChromium();
  const chromedriver =
    given("CHROMEDRIVER") ??
    findProgram("chromedriver") ??
    ["/usr/bin/chromedriver"].find(isProgram);
  return chromium && chromedriver ? { chromium, chromedriver } : undefined;
}

/** @returns {string | undefined} its path */
export function findChromium() {
  return (
    given("CHROMIUM") ??
    given("CHROME_BIN") ??
    CHROMIUM_NAMES.map(findProgram).find((found) => found !== undefined) ??
    CHROMIUM_ON_MACOS.find(isProgram)
  );
}

/**
 * The program that an environment variable names.
 * @param {string} variable
 */
export function given(variable) {
  const file = process.env[variable];
  if (!file) return undefined;
  if (isProgram(file)) return file;
  throw new SetupError(
    `${variable} names ${file}, which is no program.`,
    `Set ${variable} to the program's path, or unset it.`,
  );
}

/**
 * The environment in which wasm-bindgen's test runner uses this browser: `webdriver.json`, and
 * which Chromium to start.
 *
 * @param {Browser} browser
 * @returns {Record<string, string>}
 */
export function browserEnvironment({ chromium, chromedriver }) {
  const capabilities = JSON.parse(readFileSync(inProject("webdriver.json"), "utf8"));
  capabilities["goog:chromeOptions"].binary = chromium;
  const file = inProject(".tools/webdriver.json");
  mkdirSync(inProject(".tools"), { recursive: true });
  writeFileSync(file, JSON.stringify(capabilities));
  return {
    WASM_BINDGEN_USE_BROWSER: "1",
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: file,
    CHROMEDRIVER: chromedriver,
  };
}

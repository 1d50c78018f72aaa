// All that is proved, as steps: the set-up, formatting and lint, types, tests.

import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { ensureAlertmanager } from "./alertmanager.js";
import { ensureWasmTools } from "./artefacts.js";
import { browserEnvironment, ensureBrowser } from "./browser.js";
import {
  build,
  buildDebugModule,
  buildTrappingModule,
  installNpmPackages,
  installRuntimes,
} from "./build.js";
import { CommandFailed, SetupError } from "./failure.js";
import { ensureFirefox, firefoxEnvironment } from "./firefox.js";
import { localProgram } from "./javascript.js";
import { makeReference } from "./reference.js";
import { inProject, root } from "./root.js";
import { commandLine, runShown } from "./run.js";
import { ensureRustComponents, WASM_TARGET, wasmTestRunner } from "./rust.js";

/** @typedef {import("./steps.js").Step} Step */

const PACKAGES = "npm packages";
const RUST = "Rust and wasm-bindgen";
const BUILD = "build";
const RUNTIMES = "runtimes";
const TRAPS = "module with faults on purpose";
const DEBUG = "module for debugging";

const TEST = /\.test\.js$/;
const FUZZ = ["--manifest-path", "fuzz/Cargo.toml"];
const ORACLE = "servicenow-itsm-properties/oracle";
const WARNINGS_FAIL = ["--", "-D", "warnings"];

/**
 * @param {{ browser: boolean }} options whether to run what needs a browser
 * @returns {Step[]}
 */
export function checks({ browser }) {
  const leftOut = browser ? undefined : "left out by request (--no-browser)";
  return [
    { name: PACKAGES, run: installNpmPackages },
    {
      name: RUST,
      async run() {
        await ensureWasmTools();
        await ensureRustComponents();
      },
    },
    { name: BUILD, needs: [PACKAGES, RUST], run: build },
    { name: RUNTIMES, needs: [PACKAGES], run: installRuntimes },
    {
      name: "Rust formatting",
      needs: [RUST],
      async run() {
        await show("cargo", ["fmt", "--all", "--check"]);
        await show("cargo", ["fmt", ...FUZZ, "--check"]);
      },
    },
    {
      name: "Rust lint",
      needs: [RUST],
      async run() {
        const all = ["--workspace", "--all-targets", "--features", ORACLE];
        await show("cargo", ["clippy", ...all, ...WARNINGS_FAIL]);
        // The fuzzer itself would take a C++ compiler.
        const targets = [...FUZZ, "--no-default-features", "--target-dir", "target"];
        await show("cargo", ["clippy", ...targets, ...WARNINGS_FAIL]);
      },
    },
    {
      name: "Rust lint for WebAssembly",
      needs: [RUST],
      run() {
        const targets = [
          "--workspace",
          "--all-features",
          "--lib",
          ...wasmTests(),
          "--target",
          WASM_TARGET,
        ];
        return show("cargo", ["clippy", ...targets, ...WARNINGS_FAIL]);
      },
    },
    {
      name: "JavaScript formatting and lint",
      needs: [PACKAGES],
      run: () => show(localProgram("biome"), ["check", "--error-on-warnings"]),
    },
    { name: "types", needs: [BUILD, RUNTIMES], run: () => show(localProgram("tsc"), []) },
    { name: "API reference", needs: [BUILD], run: makeReference },
    {
      name: "Rust tests",
      // The oracle is asked in Node.
      needs: [BUILD],
      run: () => show("cargo", ["test", "--workspace", "--features", ORACLE]),
    },
    { name: "WebAssembly tests in Node", needs: [RUST], run: () => runWasmTests({}) },
    {
      name: "WebAssembly tests in Chromium",
      needs: [RUST],
      leftOut,
      run: async () => runWasmTests(browserEnvironment(await ensureBrowser())),
    },
    {
      name: "WebAssembly tests in Firefox",
      needs: [RUST],
      leftOut,
      run: async () => runWasmTests(firefoxEnvironment(await ensureFirefox())),
    },
    { name: TRAPS, needs: [BUILD], run: buildTrappingModule },
    { name: DEBUG, needs: [BUILD], run: buildDebugModule },
    {
      name: "JavaScript tests",
      needs: [BUILD, TRAPS, DEBUG],
      async run() {
        await ensureAlertmanager();
        await runJavaScriptTests(javascriptTests());
      },
    },
    {
      name: "the console in Chromium",
      needs: [BUILD],
      leftOut,
      async run() {
        const { chromium } = await ensureBrowser();
        return runJavaScriptTests(consoleTests(), { CHROMIUM: chromium });
      },
    },
    {
      name: "the package in every runtime",
      needs: [BUILD, RUNTIMES, TRAPS],
      run: () => runConformance({ browser }),
    },
  ];
}

/**
 * Runs the conformance suite on the package in every runtime, or in all but browsers.
 * @param {{ browser: boolean }} options
 */
async function runConformance({ browser }) {
  const browsers = browser
    ? { chromium: (await ensureBrowser()).chromium, firefox: await ensureFirefox() }
    : {};
  // Only now: it needs packages that were not installed when this file was loaded.
  const conformance = await import("../../tests/conformance/run.js");
  if (await conformance.runConformance(browsers)) return;
  throw new CommandFailed("The package does not do the same in every runtime", "");
}

/**
 * Runs a program under its own command line, so that a person can repeat it.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function show(program, args, env) {
  return runShown(commandLine(path.relative(root, program), args), program, args, env);
}

/**
 * The wasm tests in Node, or where the environment says.
 * @param {Record<string, string>} env
 */
function runWasmTests(env) {
  return show("cargo", ["test", "--target", WASM_TARGET, ...wasmTests()], {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: wasmTestRunner,
    // Seconds for all tests of a file: keys are slow without optimisation.
    WASM_BINDGEN_TEST_TIMEOUT: "300",
    ...env,
  });
}

/**
 * Tests wait a lot, for servers, browsers and each other: a file for each core, where Node would leave
 * one core to itself.
 *
 * @param {string[]} files
 * @param {Record<string, string>} [env]
 */
function runJavaScriptTests(files, env) {
  const atATime = `--test-concurrency=${availableParallelism()}`;
  return show("node", ["--test", atATime, "--test-reporter=spec", ...files], env);
}

/** The files of wasm tests as arguments of cargo. */
function wasmTests() {
  const files = filesIn(["tests"], /^wasm.*\.rs$/);
  return files.flatMap((file) => ["--test", path.basename(file, ".rs")]);
}

export function javascriptTests() {
  const inBrowser = consoleTests();
  const all = filesIn(["tests", "simulator/test", "host/test"], TEST);
  return all.filter((file) => !inBrowser.includes(file));
}

function consoleTests() {
  return filesIn(["host/test/console"], TEST);
}

/**
 * The files in the folders, at any depth, whose name is as given. There must be some: a check that
 * has nothing to look at proves nothing.
 *
 * @param {string[]} folders
 * @param {RegExp} name
 */
function filesIn(folders, name) {
  const files = folders
    .filter((folder) => existsSync(inProject(folder)))
    .flatMap((folder) =>
      readdirSync(inProject(folder), { recursive: true, encoding: "utf8" }).map((file) =>
        path.join(folder, file),
      ),
    )
    // Packages bring tests of their own.
    .filter((file) => name.test(path.basename(file)) && !file.includes("node_modules"))
    .sort();
  if (files.length > 0) return files;
  throw new SetupError(
    `There is no test in ${folders.join(", ")} with a name like ${name}.`,
    "Restore the tests from git.",
  );
}

// All that is made of the sources: what each thing is made of, and how.

import { makeDeclarations } from "./declarations.js";
import { localProgram, makeCommonJs, makeInline } from "./javascript.js";
import { runShown } from "./run.js";
import { ensureRust, ensureWasmBindgen, ensureWasmTarget } from "./rust.js";
import { filesOf, makeWasmModule } from "./wasm-module.js";

/** @typedef {import("./staleness.js").Artefact & { make: () => Promise<unknown> }} Made */

/** @type {Made} */
export const npmPackages = {
  name: "npm packages",
  inputs: [
    "package.json",
    "package-lock.json",
    "simulator/package.json",
    "host/package.json",
    "host/console/package.json",
    "docs/reference/package.json",
    "benches/package.json",
  ],
  outputs: ["node_modules/.package-lock.json"],
  async make() {
    // None of the packages needs a script to install it, so none gets to run one.
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
    await runShown("Install the npm packages", "npm", ["ci", "--include=dev", ...quiet]);
  },
};

/** The runtimes and bundlers of the conformance tests; none of them has to be there to build. */
export const runtimes = {
  name: "runtimes",
  inputs: ["tests/conformance/package.json", "tests/conformance/package-lock.json"],
  outputs: ["tests/conformance/node_modules/.package-lock.json"],
  async make() {
    const place = ["--prefix", "tests/conformance", "--workspaces=false"];
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
    await runShown("Install the runtimes", "npm", ["ci", ...place, ...quiet]);
  },
};

/** The two modules; what they are remembered with is their sizes. */
export const wasmModules = [
  wasmModule(
    {
      name: "connector",
      crate: "servicenow-itsm-connector",
      folder: "pkg",
      level: "-Oz",
      fastNumbers: true,
    },
    ["src"],
  ),
  wasmModule(
    // More takes half a minute, and makes it no faster.
    { name: "simulator", crate: "servicenow-simulator", folder: "simulator/pkg", level: "-O1" },
    ["simulator/src"],
  ),
];

/** The connector with faults on purpose, for one test. */
export const trappingModule = wasmModule(
  {
    name: "connector",
    crate: "servicenow-itsm-connector",
    folder: "target/traps",
    feature: "traps",
  },
  ["src"],
);
trappingModule.name = "trapping module";

/** The connector without optimisation, with all that the compiler checks meanwhile, for one test. */
export const debugModule = wasmModule(
  {
    name: "connector",
    crate: "servicenow-itsm-connector",
    folder: "target/debug-module",
    profile: "dev",
  },
  ["src"],
);
debugModule.name = "debug module";

/** @type {Made[]} */
export const javascript = [
  {
    name: "inline module",
    inputs: ["pkg/connector_bg.wasm", "scripts/lib/javascript.js"],
    outputs: ["pkg/connector_inline.js", "pkg/connector_inline.d.ts"],
    make: makeInline,
  },
  {
    name: "type declarations",
    inputs: [
      "js",
      "pkg/connector_bg.d.ts",
      "tsconfig.json",
      "tsconfig.build.json",
      "package.json",
      "scripts/lib/declarations.js",
      "node_modules/typescript/package.json",
    ],
    outputs: ["types"],
    make: makeDeclarations,
  },
  {
    name: "CommonJS entry",
    inputs: [
      "js",
      "pkg/connector_bg.js",
      "package.json",
      "scripts/lib/javascript.js",
      "node_modules/esbuild/package.json",
    ],
    outputs: ["pkg/index.cjs"],
    make: makeCommonJs,
  },
  {
    name: "console page",
    inputs: [
      "host/console/index.html",
      "host/console/package.json",
      "host/console/public",
      "host/console/src",
      "host/console/vite.config.js",
      "js",
      "pkg/connector_bg.js",
      "pkg/connector_bg.wasm",
      "node_modules/vite/package.json",
    ],
    outputs: ["host/console/dist/index.html"],
    make: () => runShown("Build the console page", localProgram("vite"), ["build", "host/console"]),
  },
];

/** @type {Promise<void> | undefined} */
let wasmTools;

/** Installs all that it takes to make a module of a crate; once, however many are made at a time. */
export function ensureWasmTools() {
  wasmTools ??= (async () => {
    await ensureRust();
    await ensureWasmTarget();
    await ensureWasmBindgen();
  })();
  return wasmTools;
}

/**
 * @param {import("./wasm-module.js").WasmModule} module
 * @param {string[]} sources
 * @returns {Made}
 */
function wasmModule(module, sources) {
  return {
    name: module.name,
    inputs: [
      ...sources,
      "Cargo.toml",
      "Cargo.lock",
      "simulator/Cargo.toml",
      "rust-toolchain.toml",
      ".cargo/config.toml",
      "scripts/lib/artefacts.js",
      "scripts/lib/factory.js",
      "scripts/lib/products.js",
      "scripts/lib/short-names.js",
      "scripts/lib/wasm-module.js",
      "scripts/lib/wat.js",
      "node_modules/binaryen/package.json",
    ],
    outputs: Object.values(filesOf(module)),
    async make() {
      await ensureWasmTools();
      return makeWasmModule(module);
    },
  };
}

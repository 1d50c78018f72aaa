// Makes all that is missing or stale, in order, and nothing else.

import {
  debugModule,
  javascript,
  npmPackages,
  runtimes,
  trappingModule,
  wasmModules,
} from "./artefacts.js";
import { root } from "./root.js";
import { Stamps } from "./staleness.js";

const stamps = new Stamps(root, ".tools/build.json");

/** @typedef {import("./wasm-module.js").Sizes} Sizes */

/** Installs the npm packages unless those of the lock file are there. */
export async function installNpmPackages() {
  await stamps.refresh(npmPackages, npmPackages.make);
}

/** Installs the runtimes and bundlers that the package is tried in. */
export async function installRuntimes() {
  await stamps.refresh(runtimes, runtimes.make);
}

/** Makes the module whose faults are on purpose, if it is missing or stale. */
export async function buildTrappingModule() {
  await stamps.refresh(trappingModule, trappingModule.make);
}

/** Makes the module that is built for debugging, if it is missing or stale. */
export async function buildDebugModule() {
  await stamps.refresh(debugModule, debugModule.make);
}

/**
 * Sets up and builds, with progress on the terminal, and prints nothing when all is fresh.
 *
 * @returns {Promise<{ made: string[], sizes: Record<string, Sizes> }>} what was made, and how large
 *   the modules are
 */
export async function build() {
  const made = [];
  // Compilers wait for each other, and what is done with a module after that need not.
  for (const together of [[npmPackages], wasmModules, ...javascript.map((one) => [one])]) {
    made.push(...(await refresh(together)));
  }
  const sizes = Object.fromEntries(
    wasmModules.map((module) => [module.name, /** @type {Sizes} */ (stamps.facts(module))]),
  );
  return { made, sizes };
}

/**
 * @param {import("./artefacts.js").Made[]} artefacts
 * @returns {Promise<string[]>} the names of those that were made
 */
async function refresh(artefacts) {
  const made = artefacts.map(async (artefact) =>
    (await stamps.refresh(artefact, artefact.make)) ? [artefact.name] : [],
  );
  // What one of them fails of is told when nothing runs beside it any more.
  await Promise.allSettled(made);
  return (await Promise.all(made)).flat();
}

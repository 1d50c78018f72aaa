/** @file Loads the WebAssembly module, and sets instances up. */

import { readFileSync } from "node:fs";

import { createBindings } from "../pkg/simulator_bg.js";

/** @import { FaultFacts, Instance, Setup } from "./types.js" */

const file = new URL("../pkg/simulator_bg.wasm", import.meta.url);
const module = new WebAssembly.Module(readFileSync(file));
const bindings = createBindings();
const imports = /** @type {WebAssembly.ModuleImports} */ (/** @type {unknown} */ (bindings));
const { exports } = new WebAssembly.Instance(module, { "./simulator_bg.js": imports });
bindings.__wbg_set_wasm(exports);
/** @type {{ __wbindgen_start?: () => void }} */ (exports).__wbindgen_start?.();

/**
 * Sets an instance up.
 *
 * @param {Setup & { seed: number, now: number }} setup
 * @returns {Instance}
 * @throws {Error} names the field that cannot be
 */
export function createInstance(setup) {
  return new bindings.Instance(JSON.stringify(setup));
}

/**
 * An instance with a state that was saved.
 *
 * @param {string} state
 * @returns {Instance}
 * @throws {Error} when the text is not such a state
 */
export function loadInstance(state) {
  return bindings.Instance.load(state);
}

/**
 * What is known of every fault, in the order of the fault table.
 *
 * @returns {FaultFacts[]}
 */
export function faultCatalogue() {
  return bindings.faultCatalogue();
}

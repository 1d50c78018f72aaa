/** @file Loads the WebAssembly module, and sets instances up. */

import { readFileSync } from "node:fs";

import { createBindings } from "../pkg/simulator_bg.js";

/** @import { Instance, Setup } from "./types.js" */

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

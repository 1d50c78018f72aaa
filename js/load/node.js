/**
 * Loads the module in Node: from its file, synchronously, when it is first needed, so that a host
 * can call the validators right after `require` or `import`.
 */
import { readFileSync } from "node:fs";
import * as bindings from "../../pkg/connector_bg.js";

let loaded = false;

/**
 * The exports of the core.
 *
 * @returns {typeof bindings}
 */
export function core() {
  if (!loaded) {
    const file = new URL("../../pkg/connector_bg.wasm", import.meta.url);
    const module = new WebAssembly.Module(readFileSync(file));
    const instance = new WebAssembly.Instance(module, { "./connector_bg.js": bindings });
    bindings.__wbg_set_wasm(instance.exports);
    /** @type {() => void} */ (instance.exports.__wbindgen_start)();
    loaded = true;
  }
  return bindings;
}

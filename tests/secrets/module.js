// The package on one of its modules, whose memory can be looked into.

import { existsSync, readFileSync } from "node:fs";
import { fetchOfHost, fetchOfUser } from "../../js/network/fetch.js";
import { packageFor } from "../../js/package.js";

/** @import { Canaries } from "./canaries.js" */

/** Where they are built: what ships, the same for debugging, and one with faults on purpose. */
export const MODULES = {
  release: new URL("../../pkg/", import.meta.url),
  debug: new URL("../../target/debug-module/", import.meta.url),
  trapping: new URL("../../target/traps/", import.meta.url),
};

/** @typedef {Awaited<ReturnType<typeof openModule>>} Opened */

/**
 * @param {keyof typeof MODULES} name
 */
export async function openModule(name) {
  const place = MODULES[name];
  const file = new URL("connector_bg.wasm", place);
  if (!existsSync(file)) throw new Error(`npm test builds ${file.pathname}`);
  const { createBindings } = await import(new URL("connector_bg.js", place).href);
  const module = new WebAssembly.Module(readFileSync(file));
  /** @type {WebAssembly.Memory[]} of every instance there was */
  const memories = [];
  const { init: _, ...offered } = packageFor({
    loader: { load: async () => module, loadNow: () => module },
    createBindings() {
      const bindings = createBindings();
      return {
        ...bindings,
        __wbg_set_wasm(/** @type {{ memory: WebAssembly.Memory }} */ exports) {
          memories.push(exports.memory);
          bindings.__wbg_set_wasm(exports);
        },
      };
    },
    fetchOfHost,
    fetchOfUser,
  });
  return {
    ...offered,
    /**
     * The secrets that are in the memory of the module now.
     *
     * @param {Canaries} canaries
     */
    remains: (canaries) => memories.flatMap(({ buffer }) => canaries.find(new Uint8Array(buffer))),
  };
}

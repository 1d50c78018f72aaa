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
    remains: (canaries) =>
      memories.flatMap(({ buffer }) => written(buffer)).flatMap((bytes) => canaries.find(bytes)),
  };
}

const NOTHING = Buffer.alloc(65_536);

/**
 * The parts of a memory in which there is anything: one that has run out is gigabytes of nothing.
 *
 * @param {ArrayBuffer} memory
 */
function written(memory) {
  const parts = [];
  let start = 0;
  for (let end = 0; end <= memory.byteLength; end += NOTHING.length) {
    const isOver = end === memory.byteLength;
    if (!isOver && !Buffer.from(memory, end, NOTHING.length).equals(NOTHING)) continue;
    if (end > start) parts.push(new Uint8Array(memory, start, end - start));
    start = end + NOTHING.length;
  }
  return parts;
}

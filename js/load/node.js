/**
 * The module in Node, Deno and Bun: from its file, synchronously, when it is first needed, so that a
 * host can call the validators right after `require` or `import`.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { compile } from "./source.js";

/** @import { Loader } from "../core.js" */

const FILE = new URL("../../pkg/connector_bg.wasm", import.meta.url);

/** @type {Loader} */
export const loader = {
  load: async (source = FILE) => compile(await read(await source)),
  loadNow: () => new WebAssembly.Module(readFileSync(FILE)),
};

/**
 * What a file's URL names; Node's `fetch` does not read files.
 *
 * @template T
 * @param {T} source
 */
function read(source) {
  const isUrl = typeof source === "string" || source instanceof URL;
  return isUrl && /^file:/i.test(String(source)) ? readFile(new URL(source)) : source;
}

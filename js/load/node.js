/**
 * The module in Node, Deno and Bun: from its file, synchronously, when it is first needed, so that a
 * host can call the validators right after `require` or `import`.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * @import { GivenModule } from "../api.js"
 * @import { Loader } from "../core.js"
 */

/** @type {Loader} */
export const loader = {
  async load(source) {
    // Few programs call init here, and what it needs takes a tenth of a start.
    const { compile, naming } = await import("./source.js");
    const { readFile } = await import("node:fs/promises");
    const given = await source;
    const file = given == null ? ownFile() : fileOf(given);
    if (file) return naming(file, async () => compile(await readFile(file)));
    return compile(/** @type {GivenModule} */ (given));
  },
  loadNow() {
    const file = ownFile();
    try {
      return new WebAssembly.Module(readFileSync(file));
    } catch (cause) {
      throw new Error(file, { cause });
    }
  },
};

/**
 * The file that the package brings. A bundler may have left it behind, or made an address of a web
 * site of it.
 *
 * @returns {string} its path
 */
function ownFile() {
  let url;
  try {
    // In this form bundlers know it, and take the file along.
    url = String(new URL("../../pkg/connector_bg.wasm", import.meta.url));
    return fileURLToPath(url);
  } catch {
    const place = url ? `to ${url}, which is no file's URL` : "elsewhere";
    throw new Error(`this program is a bundle, and its bundler has taken the module ${place}`);
  }
}

/**
 * The path that a file's URL names: Node's `fetch` does not read files.
 *
 * @param {unknown} source
 */
function fileOf(source) {
  // By its name: test runners have classes of their own.
  const isUrl = /String|URL/.test(Object.prototype.toString.call(source));
  return isUrl && /^file:/i.test(String(source)) ? fileURLToPath(String(source)) : undefined;
}

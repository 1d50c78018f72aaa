/**
 * The module in a browser, or where else there is `fetch` and no files: by `init`, from beside this
 * file or from where the page has it.
 */
import { compile } from "./source.js";

/** @import { Loader } from "../core.js" */

/** @type {Loader} */
export const loader = {
  // Bundlers know this form, and take the file along.
  load: (source = new URL("../../pkg/connector_bg.wasm", import.meta.url)) => compile(source),
};

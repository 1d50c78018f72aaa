/**
 * The module in a browser, or where else there is `fetch` and no files: by `init`, from beside this
 * file or from where the page has it.
 */
import { compile } from "./source.js";

/** @import { Loader } from "../core.js" */

/** @type {Loader} */
export const loader = {
  load: async (source) => compile((await source) ?? ownUrl()),
};

function ownUrl() {
  try {
    // Bundlers know this form, and take the file along.
    return new URL("../../pkg/connector_bg.wasm", import.meta.url);
  } catch {
    throw new Error("this program is a bundle that does not know where it is: give init the URL");
  }
}

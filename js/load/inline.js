/** The module for programs of a single file: from a text in them, when it is first needed. */
import { base64 } from "../../pkg/connector_inline.js";
import { compile } from "./source.js";

/** @import { Loader } from "../core.js" */

/** @type {Loader} */
export const loader = {
  load: async (source) => compile((await source) ?? bytes()),
  loadNow: () => new WebAssembly.Module(bytes()),
};

function bytes() {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

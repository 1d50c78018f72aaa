/**
 * The module in workerd, which lets nobody compile bytes: imported, and compiled before the worker
 * starts.
 */
import module from "../../pkg/connector_bg.wasm";
import { compile } from "./source.js";

/** @import { Loader } from "../core.js" */

/** @type {Loader} */
export const loader = {
  load: async (source) => compile((await source) ?? module),
  loadNow: () => module,
};

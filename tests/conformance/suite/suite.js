// The conformance suite: takes the package as it was loaded, and tells which cases fail.

import { flows } from "./flows.js";
import { keys } from "./keys.js";
import { rendering } from "./rendering.js";
import { validation } from "./validation.js";

/** @typedef {typeof import("../../../js/index.js")} Package */
/** @typedef {[name: string, run: (it: Package) => unknown]} Case */
/** @typedef {{ passed: number, failed: string[] }} Report */

/** @param {Package} it */
export const runSuite = (it) => runCases(it, [...validation, ...rendering, ...keys, ...flows]);

/**
 * @param {Package} it
 * @param {Case[]} cases
 * @returns {Promise<Report>}
 */
export async function runCases(it, cases) {
  /** @type {string[]} */
  const failed = [];
  for (const [name, run] of cases) {
    try {
      await run(it);
    } catch (error) {
      failed.push(`${name}: ${error}`);
    }
  }
  return { passed: cases.length - failed.length, failed };
}

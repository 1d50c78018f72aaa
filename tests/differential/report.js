// A difference as a person reads it.

import { inspect } from "node:util";
import { shrink } from "./shrink.js";

/** @import { Difference } from "./compare.js" */

/**
 * @param {number} seed
 * @param {Difference} found
 */
export function report(seed, found) {
  const { template, variables, expected, actual } = shrink(found);
  const lines = [`npm run differential -- --seed ${seed} --count 1`];
  const show = (/** @type {string} */ name, /** @type {unknown} */ value) =>
    lines.push(`  ${name.padEnd(9)} ${inspect(value, { depth: null, breakLength: Infinity })}`);
  show("template", template);
  show("variables", variables);
  show("oracle", expected);
  show("connector", actual);
  return lines.join("\n");
}

// The part of a script that a person calls: its arguments, its help, its exit status.

import { parseArgs } from "node:util";
import { describeFailure } from "./failure.js";

/**
 * Reads the arguments, runs `main` with the flags given, and sets the exit status: what `main`
 * returns, 1 when it throws, 2 when an argument is not known.
 *
 * @param {string} usage
 * @param {string[]} flags names of the flags without a value, without the dashes
 * @param {(given: Record<string, boolean>) => Promise<number>} main
 */
export async function command(usage, flags, main) {
  // Whoever reads the output may have seen enough of it: `npm start | head`.
  process.stdout.on("error", (error) => {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPIPE") throw error;
    process.exit();
  });
  const given = readFlags(usage, flags);
  if (given === undefined) return;
  if (given.help) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = await main(given);
  } catch (error) {
    console.error(`\n${describeFailure(error)}`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} usage
 * @param {string[]} flags
 * @returns {Record<string, boolean> | undefined}
 */
function readFlags(usage, flags) {
  const known = ["help", ...flags];
  const { tokens } = parseArgs({ strict: false, tokens: true });
  /** @type {Record<string, boolean>} */
  const given = {};
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "option" && known.includes(token.name) && token.value === undefined) {
      given[token.name] = true;
      continue;
    }
    console.error(`Unknown argument: ${process.argv[token.index + 2]}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
  return given;
}

// The part of a script that a person calls: its arguments, its help, its exit status.

import { parseArgs } from "node:util";
import { describeFailure, WrongArgument } from "./failure.js";

/** More would not fit into the 32 bits that libFuzzer has for a seed. */
const LARGEST = 999_999_999;

/** @typedef {{ flags: Record<string, boolean>, values: Record<string, string> }} Given */

/**
 * Reads the arguments, runs `main` with what is given, and sets the exit status: what `main`
 * returns, 1 when it throws, 2 when an argument is not known, lacks its value or is wrong.
 *
 * @param {string} usage
 * @param {string[]} flags names of the options without a value, without the dashes
 * @param {(flags: Record<string, boolean>, values: Record<string, string>) => Promise<number>} main
 * @param {string[]} [valued] names of the options with a value
 */
export async function command(usage, flags, main, valued = []) {
  // Whoever reads the output may have seen enough of it: `npm start | head`.
  process.stdout.on("error", (error) => {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    // The terminal is closed. Of that a signal tells as well, on which some things are put away.
    if (code === "EIO") return;
    if (code !== "EPIPE") throw error;
    process.exit();
  });
  const given = read(usage, ["help", ...flags], valued);
  if (given === undefined) return;
  if (given.flags.help) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = await main(given.flags, given.values);
  } catch (error) {
    if (error instanceof WrongArgument) {
      refuse(error.message, usage);
      return;
    }
    console.error(`\n${describeFailure(error)}`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} name of the option, without the dashes
 * @param {string} text
 * @param {number} least
 * @param {number} [most]
 * @throws {WrongArgument}
 */
export function wholeNumber(name, text, least, most = LARGEST) {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (number >= least && number <= most) return number;
  throw new WrongArgument(
    `--${name} must be a whole number from ${least} to ${most}, not "${text}"`,
  );
}

/**
 * @param {string} usage
 * @param {string[]} flags
 * @param {string[]} valued
 * @returns {Given | undefined}
 */
function read(usage, flags, valued) {
  const options = Object.fromEntries(
    valued.map((name) => [name, { type: /** @type {const} */ ("string") }]),
  );
  const { tokens } = parseArgs({ options, strict: false, tokens: true });
  /** @type {Given} */
  const given = { flags: {}, values: {} };
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "option") {
      const { name, value } = token;
      if (flags.includes(name) && value === undefined) {
        given.flags[name] = true;
        continue;
      }
      if (valued.includes(name)) {
        // What begins with a dash is the next option: this one's value was forgotten.
        if (!value || (value.startsWith("-") && !token.inlineValue)) {
          return refuse(`--${name} needs a value`, usage);
        }
        if (name in given.values) return refuse(`--${name} is given twice`, usage);
        given.values[name] = value;
        continue;
      }
    }
    return refuse(`Unknown argument: ${process.argv[token.index + 2]}`, usage);
  }
  return given;
}

/**
 * @param {string} problem
 * @param {string} usage
 */
function refuse(problem, usage) {
  console.error(`${problem}\n\n${usage}`);
  process.exitCode = 2;
  return undefined;
}

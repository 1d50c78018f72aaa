// Runs a fuzz target with cargo-fuzz, and reads from what it prints what came of it.

import { mkdirSync } from "node:fs";
import { CommandFailed } from "./failure.js";
import { working } from "./progress.js";
import { inProject } from "./root.js";
import { run, runShown } from "./run.js";
import { cargoFuzz } from "./rust.js";

// On stable Rust: no sanitizer, which safe code has no need of. Several units compile far faster.
const HOW = ["--sanitizer", "none", "--codegen-units", "8"];

/** Seconds that one input may take, on a machine that is slow and busy: long, but not for ever. */
const LONGEST = 300;

/** Characters of an input; the file has all of it. */
const LONGEST_SHOWN = 2000;

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string[]} numbers executions, those a second, inputs of the corpus, coverage, features
 * @property {string} [crash] the input that broke the rule, and how to repeat it
 */

/**
 * @param {string} name
 * @param {{ seconds: number, seed?: number | undefined }} options
 * @returns {Promise<Result>}
 */
export async function fuzz(name, { seconds, seed }) {
  await runShown(`Build the target ${name}`, cargoFuzz, ["fuzz", "build", ...HOW, name]);
  // What is found goes into the first folder, and not into git.
  const folders = [`fuzz/found/${name}`, `fuzz/corpus/${name}`];
  for (const folder of folders) mkdirSync(inProject(folder), { recursive: true });
  const options = [
    `-max_total_time=${seconds}`,
    `-timeout=${LONGEST}`,
    "-max_len=4096",
    "-print_final_stats=1",
    ...(seed === undefined ? [] : [`-seed=${seed}`]),
  ];
  const args = ["fuzz", "run", ...HOW, name, ...folders, "--", ...options];
  return working(`Fuzz ${name} for ${seconds} s`, async (onLine) => {
    try {
      const { output } = await run(cargoFuzz, args, { onLine });
      return { name, numbers: numbersOf(output) };
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      const crash = crashOf(name, error.output);
      // It has not even started, or cannot go on: that is no finding.
      if (crash === undefined) throw error;
      return { name, numbers: numbersOf(error.output), crash };
    }
  });
}

/** @param {string} output */
function numbersOf(output) {
  const last = (/** @type {RegExp} */ number) => [...output.matchAll(number)].at(-1)?.[1] ?? "-";
  return [
    last(/^stat::number_of_executed_units:\s*(\d+)/gm),
    last(/^stat::average_exec_per_sec:\s*(\d+)/gm),
    last(/ corp: (\d+)/g),
    last(/ cov: (\d+)/g),
    last(/ ft: (\d+)/g),
  ];
}

/**
 * Why it ended, the input as a person reads it, and what repeats it.
 *
 * @param {string} name
 * @param {string} output
 */
function crashOf(name, output) {
  const file = /^Failing input:\s+(\S+)/m.exec(output)?.[1];
  if (file === undefined) return undefined;
  const why = /^thread [\s\S]*?(?=^note: run with|^==\d+==|^stack backtrace)/m.exec(output)?.[0];
  const death = /^==\d+== ?ERROR: libFuzzer: (.+)$/m.exec(output)?.[1];
  const input = /^Output of `std::fmt::Debug`:\s+([\s\S]*?)^\s*Reproduce with:/m.exec(output)?.[1];
  return [
    (why ?? death ?? "It has ended without a word.").trim(),
    `Input:   ${(input ?? "").trim().slice(0, LONGEST_SHOWN)}`,
    `File:    ${file}`,
    `Repeat:  .tools/bin/cargo-fuzz fuzz run ${HOW.join(" ")} ${name} ${file}`,
    `Smaller: .tools/bin/cargo-fuzz fuzz tmin ${HOW.join(" ")} ${name} ${file}`,
    `Keep:    copy the file to fuzz/corpus/${name}/, and npm test has it from then on`,
  ].join("\n");
}

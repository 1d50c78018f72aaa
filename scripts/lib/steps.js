// Runs steps one after another, goes on after one that failed, and sums up.

import { describeFailure } from "./failure.js";
import { seconds } from "./progress.js";
import { table } from "./table.js";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} [needs] names of steps without which this one makes no sense
 * @property {string} [leftOut] why it is not run, though it could be
 * @property {() => Promise<unknown>} run
 */

/** @typedef {{ name: string, outcome: "passed" | "failed" | "skipped", note: string }} Result */

/**
 * Runs the steps and prints a headline before each, its failure after it, and a summary at the end.
 *
 * @param {Step[]} steps
 * @returns {Promise<boolean>} whether none failed
 */
export async function runSteps(steps) {
  const started = Date.now();
  /** @type {Result[]} */
  const results = [];
  for (const [index, step] of steps.entries()) {
    console.log(`\n[${index + 1}/${steps.length}] ${step.name}`);
    const result = await runStep(step, results);
    if (result.outcome === "skipped") console.log(`  ${result.note}`);
    results.push(result);
  }
  console.log(`\n${summary(results)}\n\nin ${seconds(started)}`);
  const count = (/** @type {Result["outcome"]} */ outcome) =>
    results.filter((result) => result.outcome === outcome).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed`);
  return count("failed") === 0;
}

/**
 * @param {Step} step
 * @param {Result[]} results of the steps before
 * @returns {Promise<Result>}
 */
async function runStep({ name, needs = [], leftOut, run }, results) {
  if (leftOut !== undefined) return { name, outcome: "skipped", note: leftOut };
  const lacking = needs.find((need) =>
    results.some((result) => result.name === need && result.outcome !== "passed"),
  );
  if (lacking !== undefined) {
    return { name, outcome: "skipped", note: `not run, because "${lacking}" did not pass` };
  }
  const started = Date.now();
  try {
    await run();
    return { name, outcome: "passed", note: seconds(started) };
  } catch (error) {
    console.log(`\n${describeFailure(error)}`);
    return { name, outcome: "failed", note: seconds(started) };
  }
}

/** @param {Result[]} results */
function summary(results) {
  const marks = { passed: "✓", failed: "✗", skipped: "-" };
  return table(results.map(({ name, outcome, note }) => [marks[outcome], name, outcome, note]));
}

// Measures contenders side by side: in turns, so that whatever else the machine does hits them all.

import { setImmediate as turnOfTheLoop } from "node:timers/promises";

/** Milliseconds that one sample takes at least, so that the clock's grain does not matter. */
const SAMPLE = 5;
const ROUNDS = 40;
const WARM_UP = 300;

/**
 * @typedef {object} Figures milliseconds
 * @property {number} median
 * @property {number} low the first quartile
 * @property {number} high the third quartile
 */

/**
 * Calls each contender again and again. Each call is told how many came before it, for contenders
 * that shall not see the same input twice in a row.
 *
 * @template {string} Name
 * @param {Record<Name, (call: number) => unknown>} contenders
 * @returns {Promise<Record<Name, Figures>>}
 */
export async function measure(contenders) {
  const runners = /** @type {[Name, (call: number) => unknown][]} */ (
    Object.entries(contenders)
  ).map(([name, contender]) => ({ name, contender, calls: warmUp(contender), samples: [0] }));
  for (const runner of runners) runner.samples.length = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { contender, calls, samples } of runners) {
      // The garbage of one is not cleared away in the time of the next.
      globalThis.gc?.();
      samples.push(timed(contender, calls) / calls);
    }
    await turnOfTheLoop();
  }
  return /** @type {Record<Name, Figures>} */ (
    Object.fromEntries(runners.map(({ name, samples }) => [name, figures(samples)]))
  );
}

/**
 * @param {(call: number) => unknown} contender
 * @param {number} calls
 */
function timed(contender, calls) {
  const start = performance.now();
  for (let call = 0; call < calls; call++) contender(call);
  return performance.now() - start;
}

/**
 * Calls until the engine has compiled what it will.
 *
 * @param {(call: number) => unknown} contender
 * @returns {number} how many calls a sample needs
 */
function warmUp(contender) {
  let calls = 1;
  for (let spent = 0; spent < WARM_UP; ) {
    const took = timed(contender, calls);
    spent += took;
    if (took < SAMPLE) calls *= 2;
  }
  return calls;
}

/**
 * @param {number[]} samples
 * @returns {Figures}
 */
export function figures(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

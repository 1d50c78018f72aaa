// Measures contenders side by side: in turns, so that whatever else the machine does hits them all.

import { setImmediate as turnOfTheLoop } from "node:timers/promises";

/**
 * Milliseconds that one sample takes at least: long enough for the engine to clear away, within a
 * contender's time, the garbage that the contender makes.
 */
const SAMPLE = 100;
const ROUNDS = 20;
const WARM_UP = 300;

/**
 * @typedef {object} Figures
 * @property {number} median
 * @property {number} low the first quartile
 * @property {number} high the third quartile
 */

/**
 * Something that can be called again and again. Each call is told how many came before it, for
 * contenders that shall not see the same input twice in a row. A promise is awaited before the next
 * call.
 *
 * @typedef {(call: number) => unknown} Contender
 */

/**
 * Milliseconds of so many calls, one after another.
 *
 * @typedef {(contender: Contender, calls: number) => number | Promise<number>} Stopwatch
 */

/**
 * Calls each contender again and again: milliseconds of a call.
 *
 * @template {string} Name
 * @param {Record<Name, Contender>} contenders
 * @param {{ rounds?: number, warmUp?: number }} [options] samples of each, and the milliseconds
 *   that each is called before the first
 * @returns {Promise<Record<Name, Figures>>}
 */
export async function measure(contenders, { rounds = ROUNDS, warmUp = WARM_UP } = {}) {
  const runners = [];
  for (const [name, contender] of /** @type {[Name, Contender][]} */ (Object.entries(contenders))) {
    const stopwatch = await stopwatchFor(contender);
    const calls = await callsOfASample(contender, stopwatch, warmUp);
    runners.push({ name, contender, stopwatch, calls, samples: /** @type {number[]} */ ([]) });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contender, stopwatch, calls, samples } of runners) {
      // What is left of one's garbage is not cleared away in the time of the next.
      globalThis.gc?.();
      samples.push((await stopwatch(contender, calls)) / calls);
    }
    await turnOfTheLoop();
  }
  return /** @type {Record<Name, Figures>} */ (
    Object.fromEntries(runners.map(({ name, samples }) => [name, figures(samples)]))
  );
}

/**
 * Waiting costs something, which is not to be in the figures of what need not be waited for.
 *
 * @param {Contender} contender
 * @returns {Promise<Stopwatch>}
 */
async function stopwatchFor(contender) {
  const outcome = /** @type {any} */ (contender(0));
  const isPromise = typeof outcome?.then === "function";
  await outcome;
  return isPromise ? timedWaiting : timed;
}

/** @type {Stopwatch} */
function timed(contender, calls) {
  const start = performance.now();
  for (let call = 0; call < calls; call++) contender(call);
  return performance.now() - start;
}

/** @type {Stopwatch} */
async function timedWaiting(contender, calls) {
  const start = performance.now();
  for (let call = 0; call < calls; call++) await contender(call);
  return performance.now() - start;
}

/**
 * Calls until the engine has compiled what it will.
 *
 * @param {Contender} contender
 * @param {Stopwatch} stopwatch
 * @param {number} warmUp milliseconds
 * @returns {Promise<number>} how many calls a sample needs
 */
async function callsOfASample(contender, stopwatch, warmUp) {
  let calls = 1;
  for (let spent = 0; spent < warmUp; ) {
    const took = await stopwatch(contender, calls);
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

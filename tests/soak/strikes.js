// Which fault strikes whom. Each fault is drawn for each alert, with a chance of 5 %, and strikes the
// first of the alert's requests that it can happen to, from a step of the alert's on that is drawn too.
// What belongs to no alert is struck by itself: 5 % of the token requests, health checks, reads of
// choices and new connections.
//
// Not 5 % of the requests for every fault: of a write, that would leave one in three whole, and nearly
// every incident would be one that somebody closes, doubles or hides meanwhile. There would be nothing
// left to be right about.

import { chanceOf } from "./chance.js";

/** @import { FaultFacts, FaultRule } from "../../simulator/js/types.js" */
/** @import { Life } from "./lives.js" */

export const SHARE = 0.05;

/** How long a host of the soak waits for an answer and for an action, and how late is too late. */
export const LIMITS = { patienceMs: 2_000, actionMs: 240_000 };
const TOO_LATE_MS = 2_500;

/** Larger than an answer may be, and not so large that making it is what the soak does. */
const BOMB_BYTES = 2 << 20;

/** What is no alert's, in the words of the catalogue. */
const OF_NO_ALERT = new Set([
  "token requests",
  "the health endpoint",
  "the health endpoint, asked by a page",
  "reads of sys_choice",
  "batches",
  "new HTTPS connections",
]);

/** @typedef {{ number: number, step: number, rule: FaultRule }} Strike from which step on, from 0 */

/**
 * @param {FaultFacts[]} catalogue
 * @param {number} seed
 * @param {Life} life
 * @returns {Strike[]}
 */
export function strikesOn(catalogue, seed, life) {
  const chance = chanceOf(seed, 2 * life.number + 1);
  return catalogue
    .filter(({ place }) => !OF_NO_ALERT.has(place))
    .flatMap((fault) => {
      const rule = { ...ruleOf(fault, variantOf(chance, fault)), times: 1 };
      if (rule.fault === "rate-limited") rule.retryAfter = chance.between(1, 120);
      const step = chance.between(0, life.steps.length - 1);
      return chance.happens(SHARE) ? [{ number: fault.number, step, rule }] : [];
    });
}

/**
 * The rules that last as long as the soak.
 *
 * @param {FaultFacts[]} catalogue
 * @returns {FaultRule[]}
 */
export function lastingRules(catalogue) {
  const rules = catalogue
    .filter(({ place }) => OF_NO_ALERT.has(place))
    .flatMap((fault) => {
      const variants = fault.variants.length > 0 ? fault.variants : [undefined];
      const probability = SHARE / variants.length;
      return variants.map((variant) => ({ ...ruleOf(fault, variant), probability }));
    });
  // Never happens: while there is such a rule, the instance remembers what was written last.
  return [...rules, { fault: "read-after-write", probability: 0 }];
}

/**
 * @param {import("./chance.js").Chance} chance
 * @param {FaultFacts} fault
 */
function variantOf(chance, { variants }) {
  return variants.length > 0 ? chance.one(variants) : undefined;
}

/**
 * @param {FaultFacts} fault
 * @param {string | undefined} variant
 * @returns {FaultRule}
 */
function ruleOf({ id, delay }, variant) {
  return {
    fault: id,
    ...(variant !== undefined && { variant }),
    ...(delay > 0 && { delay: id === "slow" ? TOO_LATE_MS : 20 }),
    ...(variant === "bomb" && { length: BOMB_BYTES }),
  };
}

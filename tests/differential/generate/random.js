// Chance that can be had again: the same seed gives the same case.

/**
 * @typedef {object} Random
 * @property {(below: number) => number} int a whole number from 0
 * @property {(share: number) => boolean} chance
 * @property {<T>(items: readonly T[]) => T} pick
 * @property {<T>(most: number, make: (index: number) => T) => T[]} some from none to `most`
 * @property {<T>(choices: [number, () => T][]) => T} weighted
 */

/**
 * The generator known as mulberry32.
 *
 * @param {number} seed
 * @returns {Random}
 */
export function randomOf(seed) {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (/** @type {number} */ below) => Math.floor(next() * below);
  return {
    int,
    chance: (share) => next() < share,
    pick: (items) => /** @type {any} */ (items[int(items.length)]),
    some: (most, make) => Array.from({ length: int(most + 1) }, (_, index) => make(index)),
    weighted(choices) {
      let rest = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, make] of choices) {
        rest -= weight;
        if (rest < 0) return make();
      }
      throw new Error("There is nothing to choose from.");
    },
  };
}

/**
 * The text with a piece of it gone, doubled, or put where it does not belong; never with half of a
 * surrogate pair, which no host has in a text.
 *
 * @param {Random} random
 * @param {string} text
 * @param {readonly string[]} strangers
 */
export function broken(random, text, strangers) {
  const start = random.int(text.length + 1);
  const end = Math.min(text.length, start + 1 + random.int(4));
  const whole = random.weighted([
    [3, () => text.slice(0, start) + text.slice(end)],
    [1, () => text.slice(0, end) + text.slice(start)],
    [3, () => text.slice(0, start) + random.pick(strangers) + text.slice(start)],
    [1, () => text.slice(0, start)],
  ]);
  return whole.toWellFormed();
}

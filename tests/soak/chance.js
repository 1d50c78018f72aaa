// Choices that a seed repeats.

/** @typedef {ReturnType<typeof chanceOf>} Chance */

/**
 * @param {number} seed
 * @param {number} [stream] choices of their own, whatever else is chosen with the seed
 */
export function chanceOf(seed, stream = 0) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
  /** From 0 up to 1, by Mulberry32. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  // The first ones of neighbouring seeds are alike.
  for (let drawn = 0; drawn < 8; drawn += 1) next();
  return {
    next,
    /** @param {number} share from 0 to 1 */
    happens: (share) => next() < share,
    /** @param {number} from @param {number} to both included */
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    /** @template T @param {readonly T[]} some @returns {T} */
    one: (some) => /** @type {T} */ (some[Math.floor(next() * some.length)]),
  };
}

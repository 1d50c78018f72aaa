/** @file The simulator's clock: it follows real time until somebody makes it stand. */

export class Clock {
  /** @type {number | undefined} */
  #standsAt;
  #ahead = 0;

  /** @param {number | undefined} now where the clock stands; it follows real time without */
  constructor(now) {
    if (now !== undefined) this.set(now);
  }

  /** Milliseconds since 1970. */
  now() {
    return this.#standsAt ?? Date.now() + this.#ahead;
  }

  /**
   * Makes the clock stand at a time.
   *
   * @param {number} now milliseconds since 1970
   */
  set(now) {
    this.#standsAt = whole(now, "now");
  }

  /**
   * Moves the clock on. One that stands goes on standing, one that runs goes on running.
   *
   * @param {number} milliseconds
   */
  advance(milliseconds) {
    whole(milliseconds, "milliseconds");
    if (this.#standsAt === undefined) this.#ahead += milliseconds;
    else this.#standsAt += milliseconds;
  }
}

/**
 * @param {number} value
 * @param {string} name
 */
function whole(value, name) {
  if (!Number.isSafeInteger(value)) {
    throw new TypeError(`${name} must be a whole number of milliseconds, not ${String(value)}`);
  }
  return value;
}

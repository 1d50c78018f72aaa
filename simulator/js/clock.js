/** @file The simulator's clock: it follows real time until somebody makes it stand. */

/** The last second that a date with four digits for the year can tell. */
const LATEST = 253_402_300_799_000;

/**
 * @typedef {{ standsAt: number } | { ahead: number }} ClockState where the clock stands, or how far
 *   it is ahead of real time
 */

export class Clock {
  /** @type {number | undefined} */
  #standsAt;
  #ahead = 0;
  #second = -1;
  #date = "";

  /** @param {number | undefined} now where the clock stands; it follows real time without */
  constructor(now) {
    if (now !== undefined) this.set(now);
  }

  /** Milliseconds since 1970. */
  now() {
    return this.#standsAt ?? Date.now() + this.#ahead;
  }

  /** Whether the clock follows real time. */
  get runs() {
    return this.#standsAt === undefined;
  }

  /** The time as HTTP writes it. */
  date() {
    const second = Math.floor(this.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = new Date(Math.min(Math.max(second * 1000, 0), LATEST)).toUTCString();
    }
    return this.#date;
  }

  /** Lets the clock show real time again, and follow it. */
  follow() {
    this.#standsAt = undefined;
    this.#ahead = 0;
  }

  /** @returns {ClockState} what {@link restore} takes */
  state() {
    return this.#standsAt === undefined ? { ahead: this.#ahead } : { standsAt: this.#standsAt };
  }

  /** @param {ClockState} state */
  restore(state) {
    if (typeof state !== "object" || state === null) {
      throw new TypeError("clock must be an object with standsAt or ahead");
    }
    if ("standsAt" in state) {
      this.set(state.standsAt);
    } else {
      this.#ahead = whole(state.ahead, "ahead");
      this.#standsAt = undefined;
    }
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

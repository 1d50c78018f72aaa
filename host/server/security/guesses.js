// Slows down whoever guesses passwords or keys: a wrong one is answered late, and later each time;
// after a number of them an address has to wait.

import { setTimeout as wait } from "node:timers/promises";

import { HostError } from "../../js/errors.js";

const WINDOW = 60_000;
const MOST = 10;
const FIRST_DELAY = 100;
const LONGEST_DELAY = 2000;

export class Guesses {
  /** @type {Map<string, number[]>} when an address guessed wrong, or may yet turn out to */
  #guesses = new Map();
  #now;

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  /**
   * @template T
   * @param {string} address
   * @param {() => Promise<T | undefined>} check
   * @returns {Promise<T | undefined>} what the check gives: nothing when the guess was wrong
   */
  async allow(address, check) {
    const now = this.#now();
    this.#forget(now);
    const recent = this.#guesses.get(address) ?? [];
    if (recent.length >= MOST) throw new TooManyGuesses(Number(recent[0]) + WINDOW - now);
    // Counted before the answer is known: many guesses at once gain nothing.
    recent.push(now);
    this.#guesses.set(address, recent);
    const found = await check();
    if (found === undefined) {
      await wait(Math.min(FIRST_DELAY * 2 ** (recent.length - 1), LONGEST_DELAY));
    } else {
      const index = recent.indexOf(now);
      if (index !== -1) recent.splice(index, 1);
    }
    return found;
  }

  /** @param {number} now */
  #forget(now) {
    for (const [address, times] of this.#guesses) {
      while (times[0] !== undefined && times[0] <= now - WINDOW) times.shift();
      if (times.length === 0) this.#guesses.delete(address);
    }
  }
}

/** Too many wrong passwords or keys came from an address. */
export class TooManyGuesses extends HostError {
  /** @param {number} milliseconds */
  constructor(milliseconds) {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
    super(429, `Too many failed attempts to sign in. Try again in ${seconds} s.`);
    this.retryAfter = seconds;
  }
}

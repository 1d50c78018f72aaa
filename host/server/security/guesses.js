// Bounds what guessing passwords costs this host. A password is random and cannot be guessed, but
// each check of one takes time and memory: so unknown ones are checked one after another, with a
// rest after each that was wrong. A right one waits its turn and is let in.

import { setTimeout as wait } from "node:timers/promises";

import { HostError } from "../../js/errors.js";

/** So many wait, at most: the last of them for a few seconds. */
const MOST = 20;
const REST = 100;
const RETRY_AFTER = 2;

export class Guesses {
  #waiting = 0;
  /** @type {Promise<unknown>} the last one in the queue */
  #last = Promise.resolve();

  /**
   * @param {() => Promise<boolean>} check whether the guess is right
   * @returns {Promise<boolean>}
   */
  async check(check) {
    if (this.#waiting >= MOST) throw new TooManyGuesses();
    this.#waiting += 1;
    const answer = this.#last.then(async () => {
      const right = await check();
      if (!right) await wait(REST);
      return right;
    });
    this.#last = answer.catch(() => {});
    try {
      return await answer;
    } finally {
      this.#waiting -= 1;
    }
  }
}

/** Too many passwords wait to be checked. */
export class TooManyGuesses extends HostError {
  retryAfter = RETRY_AFTER;

  constructor() {
    super(429, `Too many attempts to sign in at once. Try again in ${RETRY_AFTER} s.`);
  }
}

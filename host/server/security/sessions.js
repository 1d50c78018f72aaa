// The sessions of the page: who signed in, under a name that cannot be guessed. In memory: a
// restart ends them all.

import { createHash, randomBytes } from "node:crypto";

/** @typedef {import("./credentials.js").Principal} Principal */

const IDLE = 8 * 3_600_000;
const LIFETIME = 7 * 24 * 3_600_000;
const MOST = 1000;

export class Sessions {
  /** @type {Map<string, { who: Principal, startedAt: number, usedAt: number }>} oldest first */
  #sessions = new Map();
  #now;

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  /**
   * @param {Principal} who
   * @returns {string} the new session's name, always a new one
   */
  begin(who) {
    const id = randomBytes(32).toString("base64url");
    const now = this.#now();
    this.#sessions.set(digest(id), { who, startedAt: now, usedAt: now });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST && oldest !== undefined) this.#sessions.delete(oldest);
    return id;
  }

  /**
   * @param {string} id
   * @returns {Principal | undefined}
   */
  find(id) {
    const key = digest(id);
    const session = this.#sessions.get(key);
    if (session === undefined) return undefined;
    const now = this.#now();
    // A clock that was set back makes no session last longer.
    if (Math.abs(now - session.usedAt) > IDLE || now - session.startedAt > LIFETIME) {
      this.#sessions.delete(key);
      return undefined;
    }
    session.usedAt = now;
    return session.who;
  }

  /** @param {string} id */
  end(id) {
    this.#sessions.delete(digest(id));
  }
}

/** @param {string} id */
function digest(id) {
  return createHash("sha256").update(id).digest("base64");
}

/**
 * Dispatchers are kept, a few, so that an action finds the connections of the one before. What is
 * pushed out is closed as soon as nobody uses it.
 */
import { createHash } from "node:crypto";

/** @import { Dispatcher } from "undici" */

/** @typedef {{ dispatcher: Dispatcher, users: number, isKept: boolean }} Entry */

export class KeptDispatchers {
  #limit;
  /** @type {Map<string, Entry>} the one used last is last */
  #entries = new Map();

  /** @param {number} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /**
   * The dispatcher for a purpose, until it is released. A request that it has started by then is
   * still answered to its end.
   *
   * @param {object} purpose all that tells it from others; there may be secrets in it
   * @param {() => Dispatcher} make
   * @returns {{ dispatcher: Dispatcher, release: () => void }}
   */
  use(purpose, make) {
    const key = createHash("sha256").update(JSON.stringify(purpose)).digest("base64");
    const entry = this.#entries.get(key) ?? { dispatcher: make(), users: 0, isKept: true };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users += 1;
    this.#pushOut();
    const release = () => {
      entry.users -= 1;
      closeUnlessUsed(entry);
    };
    return { dispatcher: entry.dispatcher, release };
  }

  #pushOut() {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#limit) return;
      this.#entries.delete(key);
      entry.isKept = false;
      closeUnlessUsed(entry);
    }
  }
}

/** @param {Entry} entry */
function closeUnlessUsed({ dispatcher, users, isKept }) {
  if (users === 0 && !isKept) dispatcher.close().catch(() => {});
}

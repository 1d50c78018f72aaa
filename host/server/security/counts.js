// Counts requests for the limit of each minute. By a clock that nobody sets: with one that was set
// back, a minute would last until it has caught up.

/** @typedef {import("@fastify/rate-limit").FastifyRateLimitStore} Store */

/** @implements {Store} */
export class Counts {
  /** @type {Map<string, number>} */
  #counts = new Map();
  #now;
  #since;

  /**
   * @param {unknown} [_options]
   * @param {() => number} [now] milliseconds
   */
  constructor(_options, now = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /**
   * @param {string} key who a request is counted for
   * @param {(error: Error | null, count?: { current: number, ttl: number }) => void} callback
   * @param {number} [timeWindow] milliseconds
   */
  incr(key, callback, timeWindow = 60_000) {
    const now = this.#now();
    if (now - this.#since >= timeWindow) {
      this.#counts.clear();
      this.#since = now;
    }
    const current = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, current);
    callback(null, { current, ttl: this.#since + timeWindow - now });
  }

  child() {
    return this;
  }
}

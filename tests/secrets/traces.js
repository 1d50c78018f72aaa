// All that anybody gets to see of what a connector did: texts, errors, results, files.

import { inspect } from "node:util";

/** @import { Canaries } from "./canaries.js" */
/** @import { Logger } from "../../js/types.js" */

const EVERYTHING = {
  depth: Infinity,
  showHidden: true,
  getters: true,
  maxArrayLength: Infinity,
  maxStringLength: Infinity,
};

export class Traces {
  /** @type {Map<string, Set<string>>} */
  #texts = new Map();
  /** @type {[string, Uint8Array][]} */
  #bytes = [];
  /** @type {Set<string>} the codes of the errors among them */
  codes = new Set();

  /**
   * @param {string} place where it is seen
   * @param {unknown} value
   */
  add(place, value) {
    if (value instanceof Uint8Array) {
      this.#bytes.push([place, value]);
      return;
    }
    const { code, errorName } = Object(value);
    for (const name of [code, errorName]) if (typeof name === "string") this.codes.add(name);
    const texts = this.#texts.get(place) ?? new Set();
    this.#texts.set(place, texts);
    for (const text of textsOf(value)) texts.add(text);
  }

  /**
   * What came of a promise, of whatever kind.
   *
   * @param {string} place
   * @param {() => unknown} act
   * @returns {Promise<unknown>} the error, where there was one
   */
  async keep(place, act) {
    try {
      this.add(place, await act());
      return undefined;
    } catch (error) {
      this.add(place, error);
      return error;
    }
  }

  /**
   * A logger of every level there is.
   *
   * @returns {Logger & { entries: number }}
   */
  logger() {
    /** @type {any} */
    const logger = { entries: 0, get: () => logger };
    for (const level of ["trace", "debug", "info", "warn", "error", "fatal"]) {
      logger[level] = (/** @type {unknown[]} */ ...said) => {
        logger.entries += 1;
        this.add("the log", said);
      };
    }
    return logger;
  }

  /**
   * @param {Canaries} canaries
   * @returns {string[]} which secret was seen, where, and the words around it
   */
  leaks(canaries) {
    const leaks = this.#bytes.flatMap(([place, bytes]) =>
      canaries.find(bytes).map((name) => `${place}: ${name}`),
    );
    for (const [place, texts] of this.#texts) {
      for (const text of texts) {
        const found = canaries.find(Buffer.from(text));
        if (found.length > 0)
          leaks.push(`${place}: ${found.join("; ")}\n    ${text.slice(0, 600)}`);
      }
    }
    return leaks;
  }

  /** How many different texts there are. */
  get size() {
    return [...this.#texts.values()].reduce((sum, texts) => sum + texts.size, this.#bytes.length);
  }
}

/**
 * Every text in a value: as it is shown, as JSON, and all that an error holds, its own and inherited.
 *
 * @param {unknown} value
 * @returns {string[]}
 */
function textsOf(value) {
  if (typeof value === "string") return [value];
  const texts = [inspect(value, EVERYTHING), ...membersOf(value, new Set())];
  try {
    texts.push(String(value), JSON.stringify(value) ?? "");
  } catch {
    // Not every value has these forms.
  }
  return texts;
}

/**
 * @param {any} value
 * @param {Set<unknown>} seen
 * @returns {string[]}
 */
function membersOf(value, seen) {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const texts = [];
  for (let holder = value; holder && holder !== Object.prototype; ) {
    for (const key of Reflect.ownKeys(holder)) {
      texts.push(String(key));
      try {
        texts.push(...membersOf(value[key], seen));
      } catch {
        // Getters of a class that this is not an object of.
      }
    }
    holder = Object.getPrototypeOf(holder);
  }
  return texts;
}

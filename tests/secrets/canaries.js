// Secrets that are planted, and the search for what is left of them, in whatever form.

import { randomBytes } from "node:crypto";

/**
 * A secret's remains are found from this many bytes of it on, or characters of a text; where they begin
 * between two words, from up to three more.
 */
const TEXT = 12;
const NUMBER = 8;

/** @typedef {{ name: string, bytes: Uint8Array, at: number, end: number }} Needle a part of bytes */

/** How many bits of a word tell most words apart from all that needles begin with. */
const BITS = 22;

export class Canaries {
  /** @type {Map<number, Needle[]>} by the word of four bytes that they begin with */
  #needles = new Map();
  /** Whether there is a needle, by the hash of its first word: far sooner asked than a map. */
  #beginnings = new Uint8Array(1 << BITS);
  /** @type {Set<string>} */
  #known = new Set();

  /**
   * A text that nothing else has in it.
   *
   * @param {string} name
   */
  make(name) {
    // What an encoding changes stands in the middle: the ends are found as they are.
    const [one, other] = [randomBytes(12), randomBytes(12)].map((bytes) => bytes.toString("hex"));
    // What it is made of is in all canaries, and so shorter than what is looked for.
    return this.text(name, `${one}"&%\\<é${other}`);
  }

  /**
   * Plants a text.
   *
   * @param {string} name
   * @param {string} text
   */
  text(name, text) {
    if (this.#known.has(text)) return text;
    this.#known.add(text);
    const bytes = Buffer.from(text);
    this.#add(`${name}, as it is`, bytes, TEXT);
    this.#add(`${name}, in UTF-16`, Buffer.from(text, "utf16le"), 2 * TEXT);
    this.#encoded(name, bytes);
    return text;
  }

  /**
   * Plants a number: all of its bytes in either order, and so its limbs of any length and order.
   *
   * @param {string} name
   * @param {Buffer} bytes from the highest to the lowest
   */
  number(name, bytes) {
    this.#add(`${name}, big-endian`, bytes, NUMBER);
    this.#add(`${name}, little-endian`, Buffer.from(bytes).reverse(), NUMBER);
    this.#encoded(name, bytes);
    this.#add(`${name}, decimal`, Buffer.from(BigInt(`0x${bytes.toString("hex")}`).toString()), 24);
    this.#add(`${name}, as a list of bytes`, Buffer.from(bytes.join(",")), 24);
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {string[]} the names of the secrets that are in there, with their forms
   */
  find(bytes) {
    /** @type {Set<string>} */
    const found = new Set();
    // Words are read where they are aligned: a needle begins at every byte of a secret.
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
    const beginnings = this.#beginnings;
    for (let at = 0; at < words.length; at++) {
      const word = Number(words[at]);
      if (word === 0 || beginnings[hash(word)] === 0) continue;
      for (const needle of this.#needles.get(word) ?? []) {
        if (isAt(aligned, 4 * at, needle)) found.add(needle.name);
      }
    }
    return [...found].sort();
  }

  /**
   * @param {string} name
   * @param {Buffer} bytes
   */
  #encoded(name, bytes) {
    this.#add(`${name}, in hex`, Buffer.from(bytes.toString("hex")), 2 * TEXT);
    const spaced = bytes.toString("hex").replace(/..(?!$)/g, "$& ");
    this.#add(`${name}, as a buffer is shown`, Buffer.from(spaced), 3 * TEXT);
    // In the middle of other bytes, base64 has one of three forms; the ends belong to neighbours too.
    for (const before of [0, 1, 2]) {
      for (const encoding of /** @type {const} */ (["base64", "base64url"])) {
        const encoded = bytes.subarray(before).toString(encoding).replace(/=+$/, "").slice(0, -1);
        this.#add(`${name}, in base64`, Buffer.from(encoded), TEXT);
      }
    }
  }

  /**
   * Every part of some length: of what is left of a secret, its beginning may be gone, and the rest may
   * be anywhere.
   *
   * @param {string} name
   * @param {Uint8Array} bytes
   * @param {number} part
   */
  #add(name, bytes, part) {
    if (bytes.length < part) throw new Error(`${name} is too short to be told from anything else`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at + part <= bytes.length; at++) {
      const word = view.getUint32(at, LITTLE_ENDIAN);
      const needle = { name, bytes, at, end: at + part };
      const others = this.#needles.get(word);
      if (others) others.push(needle);
      else this.#needles.set(word, [needle]);
      this.#beginnings[hash(word)] = 1;
    }
  }
}

/** As this machine reads its words. */
const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** @param {number} word */
function hash(word) {
  return Math.imul(word, 0x9e3779b1) >>> (32 - BITS);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} place
 * @param {Needle} needle
 */
function isAt(bytes, place, needle) {
  for (let at = needle.at; at < needle.end; at++) {
    if (bytes[place + at - needle.at] !== needle.bytes[at]) return false;
  }
  return true;
}

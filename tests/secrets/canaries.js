// Secrets that are planted, and the search for what is left of them, in whatever form.

import { randomBytes } from "node:crypto";

/** A secret's remains are found from this many bytes of it on, or characters of a text. */
const TEXT = 12;
const NUMBER = 8;

/** @typedef {{ name: string, bytes: Uint8Array }} Needle */

export class Canaries {
  /** @type {Map<number, Needle[]>} by their first four bytes */
  #needles = new Map();
  /** Which first two bytes there are: most places of a memory are told by them. */
  #beginnings = new Uint8Array(1 << 16);
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
    const { length } = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    const beginnings = this.#beginnings;
    for (let at = 0; at + 4 <= length; at++) {
      const beginning = (Number(bytes[at]) << 8) | Number(bytes[at + 1]);
      if (beginnings[beginning] === 0) continue;
      for (const needle of this.#needles.get(view.getUint32(at)) ?? []) {
        if (isAt(bytes, at, needle.bytes)) found.add(needle.name);
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
   * Every part of some length: of what is left of a secret, its beginning may be gone.
   *
   * @param {string} name
   * @param {Uint8Array} bytes
   * @param {number} part
   */
  #add(name, bytes, part) {
    if (bytes.length < part) throw new Error(`${name} is too short to be told from anything else`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at + part <= bytes.length; at += 4) {
      const beginning = view.getUint32(at);
      this.#beginnings[view.getUint16(at)] = 1;
      const others = this.#needles.get(beginning) ?? [];
      this.#needles.set(beginning, [...others, { name, bytes: bytes.subarray(at, at + part) }]);
    }
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {Uint8Array} needle
 */
function isAt(bytes, at, needle) {
  for (let place = 0; place < needle.length; place++) {
    if (bytes[at + place] !== needle[place]) return false;
  }
  return true;
}

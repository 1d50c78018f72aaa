// Encrypts what must not be readable at rest: AES-256-GCM, a nonce of its own each time, and bound
// to what it belongs to.

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @typedef {readonly string[]} Owner names the row, and what of it may be read but not changed */

/**
 * @typedef {object} Encryption
 * @property {(value: unknown, owner: Owner) => Buffer} seal nonce, tag, then the encrypted JSON
 * @property {(sealed: Uint8Array, owner: Owner) => any} open throws where the key, the owner or a
 *   single bit is another one
 */

/**
 * @param {Buffer} key 256 bits
 * @returns {Encryption}
 */
export function createEncryption(key) {
  return {
    seal(value, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(additionalData(owner));
      const encrypted = [cipher.update(JSON.stringify(value ?? null), "utf8"), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...encrypted]);
    },

    open(sealed, owner) {
      const bytes = Buffer.from(sealed);
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(additionalData(owner));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const encrypted = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return JSON.parse(Buffer.concat([decipher.update(encrypted), decipher.final()]).toString());
    },
  };
}

/** @param {Owner} owner */
function additionalData(owner) {
  // JSON keeps apart what joining would mix up: ["a", "bc"] and ["ab", "c"].
  return Buffer.from(JSON.stringify(owner), "utf8");
}

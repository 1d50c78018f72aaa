// The keys that assertions are signed with, made for the run.

import { createPrivateKey, generateKeyPairSync } from "node:crypto";

/**
 * @typedef {object} Key
 * @property {number} bits
 * @property {string} form how it is written down
 * @property {string} pem
 * @property {string} [passphrase]
 */

const PASSPHRASE = "correct-horse";

/**
 * A key in both forms that users have: as it is, and as OpenSSL encrypts one by itself (PKCS#8 with
 * PBES2: AES-256-CBC, PBKDF2 with HMAC-SHA-256 and 2048 iterations).
 *
 * @param {number} bits
 * @returns {Key[]}
 */
export function makeKeys(bits) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return [
    { bits, form: "plain", pem },
    { bits, form: "encrypted", pem: encrypted(pem), passphrase: PASSPHRASE },
  ];
}

/**
 * The same key, encrypted once more: with another salt it is another text.
 *
 * @param {Key} key
 */
export function rewritten({ pem, passphrase }, count = 0) {
  // Explanatory text before the key (RFC 7468 2).
  if (passphrase === undefined) return `key ${count}\n${pem}`;
  return encrypted(pem, passphrase);
}

/**
 * @param {string} pem
 * @param {string} [passphrase]
 */
function encrypted(pem, passphrase) {
  const key = createPrivateKey({ key: pem, passphrase });
  return key
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSPHRASE })
    .toString();
}

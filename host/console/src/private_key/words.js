// What the page calls the password of a private key: as its field does, wherever the text comes from.

/** @typedef {{ message: string, remedy?: string }} Words */

const WORDS = /** @type {Record<string, Words>} */ ({
  private_key_passphrase_missing: {
    message: "The private key is encrypted.",
    remedy: "Enter its private key password.",
  },
  private_key_passphrase_wrong: {
    message: "The private key password does not open the private key.",
    remedy: "Enter the password that the private key was encrypted with.",
  },
});

/**
 * @param {Words & { code?: string }} fault
 * @returns {Words}
 */
export function wordsOf({ code = "", message, remedy }) {
  return WORDS[code] ?? { message, remedy };
}

/** @param {{ code: string }} fault */
export function concernsPassword({ code }) {
  return code in WORDS;
}

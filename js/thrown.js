/** What was thrown: an error as a rule, but anything at all, which may refuse to be read in turn. */

/**
 * @param {any} thrown
 * @param {string} [otherwise] what is said of one that has no message
 * @returns {string}
 */
export function messageOf(thrown, otherwise = "unknown") {
  try {
    return String(thrown.message ?? otherwise);
  } catch {
    return otherwise;
  }
}

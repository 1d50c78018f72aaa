/**
 * What an action throws.
 *
 * @param {() => unknown} action
 * @returns {string}
 */
export function messageOf(action) {
  try {
    action();
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  return "nothing was thrown";
}

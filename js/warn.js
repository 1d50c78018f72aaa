/** Warnings to the host's log. */

/** @import { Logger } from "./types.js" */

/**
 * Warns of the same thing once. A logger that fails must not end an action.
 *
 * @param {Logger} logger
 * @returns {(message: string) => void}
 */
export function warnOnce(logger) {
  const said = new Set();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    try {
      logger.warn(message);
    } catch {}
  };
}

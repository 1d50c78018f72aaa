/** Warnings to the host's log. */
import { attempt } from "./attempt.js";

/** @import { Logger } from "./types.js" */

/**
 * Warns of the same thing once.
 *
 * @param {Logger} logger
 * @returns {(message: string) => void}
 */
export function warnOnce(logger) {
  const said = new Set();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    attempt(() => logger.warn(message));
  };
}

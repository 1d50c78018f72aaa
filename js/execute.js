/** Runs what takes the core a while: gives it all the I/O it needs. */
import { attempt } from "./attempt.js";
import { ConnectorError } from "./error.js";

/**
 * @import { Bindings, HostObject, HostTokens } from "../pkg/connector_bg.js"
 * @import { Core } from "./core.js"
 * @import { Limits } from "./limits.js"
 * @import { Send } from "./transport.js"
 * @import { Logger } from "./types.js"
 */

/**
 * @typedef {object} Io
 * @property {Send} send
 * @property {Limits} limits
 * @property {Logger} logger
 * @property {HostTokens} [tokens]
 * @property {() => unknown} [ended] called when the core is done with it
 */

/** The machine's own clock and randomness. */
export const MACHINE = {
  now: Date.now,
  random: (/** @type {number} */ length) => crypto.getRandomValues(new Uint8Array(length)),
};

/**
 * @param {Core} core
 * @param {Io} io
 * @param {(bindings: Bindings, host: HostObject) => Promise<any>} use
 * @returns {Promise<any>} what the core answers
 * @throws {ConnectorError}
 */
export async function execute(core, { send, limits, logger, tokens, ended }, use) {
  const host = { ...MACHINE, send, over: limits.over, log: logTo(logger), tokens };
  try {
    const outcome = core.run((bindings) => use(bindings, host));
    return await outcome.finally(limits.release).finally(ended);
  } catch (thrown) {
    throw ConnectorError.from(thrown);
  }
}

/**
 * @param {Logger} logger
 * @returns {(level: "debug" | "warn" | "error", message: string) => void}
 */
export function logTo(logger) {
  return (level, message) => {
    attempt(() => logger[level](message));
  };
}

/** Runs what takes the core a while: gives it all the I/O it needs. */
import { ConnectorError } from "./error.js";

/**
 * @import { Bindings, HostObject, HostTokens } from "../pkg/connector_bg.js"
 * @import { Core } from "./core.js"
 * @import { Send } from "./transport.js"
 * @import { Logger } from "./types.js"
 */

/**
 * @typedef {object} Io
 * @property {Send} send
 * @property {Logger} logger
 * @property {HostTokens} [tokens]
 * @property {AbortSignal} [signal] ends it
 * @property {() => unknown} [ended] called when the core is done with it, which may be later than whoever
 *   has ended it by the signal hears of it
 */

/** The machine's own clock and randomness. */
export const MACHINE = {
  now: Date.now,
  random: (/** @type {number} */ length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** As it is now: in tests, clocks are put in its place that stand still. */
const later = globalThis.setTimeout;

/**
 * @param {Core} core
 * @param {Io} io
 * @param {(bindings: Bindings, host: HostObject) => Promise<any>} use
 * @returns {Promise<any>} what the core answers
 * @throws {ConnectorError}
 */
export async function execute(core, { send, logger, tokens, signal, ended }, use) {
  const host = { ...MACHINE, send, log: logTo(logger), tokens };
  try {
    const outcome = core.run((bindings) => use(bindings, host)).finally(ended);
    return await (signal ? unlessAbandoned(outcome, signal) : outcome);
  } catch (thrown) {
    throw ConnectorError.from(thrown);
  }
}

/**
 * A request under way ends the action by itself when its host does, and says where. This is for one
 * that waits for a token that others have asked for.
 *
 * @param {Promise<any>} outcome
 * @param {AbortSignal} signal
 */
function unlessAbandoned(outcome, signal) {
  return new Promise((resolve, reject) => {
    const abandon = () => later(() => reject(ConnectorError.canceled()));
    if (signal.aborted) abandon();
    signal.addEventListener("abort", abandon);
    outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", abandon));
  });
}

/**
 * A logger that fails must not end an action.
 *
 * @param {Logger} logger
 * @returns {(level: "debug" | "warn" | "error", message: string) => void}
 */
function logTo(logger) {
  return (level, message) => {
    try {
      logger[level](message);
    } catch {}
  };
}

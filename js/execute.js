/** Runs an action: gives the core all the I/O it needs. */
import { ConnectorError } from "./error.js";
import { unlessAborted } from "./signal.js";

/**
 * @import { HostTokens } from "../pkg/connector_bg.js"
 * @import { Core } from "./core.js"
 * @import { Send } from "./transport.js"
 * @import { Logger } from "./types.js"
 */

/**
 * @typedef {object} Action
 * @property {string} [connectorId]
 * @property {object} config as the schema gave it back
 * @property {object} secrets as the schema gave it back
 * @property {object} params as the schema gave it back
 * @property {Send} send
 * @property {Logger} logger
 * @property {HostTokens} [tokens]
 * @property {AbortSignal} [signal] ends it
 */

/**
 * @param {Core} core
 * @param {Action} action
 * @returns {Promise<any>} what the sub-action answers
 * @throws {ConnectorError}
 */
export async function execute(core, action) {
  const { connectorId, config, secrets, params, send, logger, tokens, signal } = action;
  const host = {
    send,
    now: Date.now,
    random: (/** @type {number} */ length) => crypto.getRandomValues(new Uint8Array(length)),
    log: logTo(logger),
    tokens,
  };
  // A request under way ends the action by itself when its host does, and says where. This is for
  // one that waits for a token that others have asked for.
  const abandoned = new AbortController();
  const abandon = () => setTimeout(() => abandoned.abort(ConnectorError.canceled()));
  if (signal?.aborted) abandon();
  signal?.addEventListener("abort", abandon);
  try {
    const outcome = core.run((bindings) =>
      bindings.execute(host, connectorId, config, secrets, params),
    );
    return await unlessAborted(outcome, abandoned.signal);
  } catch (thrown) {
    throw ConnectorError.from(thrown);
  } finally {
    signal?.removeEventListener("abort", abandon);
  }
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

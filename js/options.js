/** Options that are none, or of another type: each is refused by its name. */
import { ConnectorError } from "./error.js";

/** @import { Logger } from "./types.js" */

const LEVELS = /** @type {const} */ (["debug", "warn", "error"]);

/**
 * @template {Function} T
 * @template {T | undefined} U
 * @param {string} name
 * @param {T | null | undefined} given
 * @param {U} otherwise
 * @returns {T | U}
 * @throws {ConnectorError}
 */
export function method(name, given, otherwise) {
  if (given == null || typeof given === "function") return given ?? otherwise;
  throw ConnectorError.invalid(`${name} must be a function`);
}

/**
 * @param {string} name
 * @param {number | null | undefined} given
 * @param {number} otherwise
 * @throws {ConnectorError}
 */
export function limit(name, given, otherwise) {
  if (given == null || (typeof given === "number" && given >= 0)) return given ?? otherwise;
  throw ConnectorError.invalid(`${name} must be a number from 0 on`);
}

/**
 * @param {Logger | null | undefined} given
 * @param {Logger} otherwise
 * @throws {ConnectorError}
 */
export function loggerOf(given, otherwise) {
  if (given == null) return otherwise;
  const missing = LEVELS.find((level) => typeof given[level] !== "function");
  if (missing) throw ConnectorError.invalid(`logger.${missing} must be a function`);
  return given;
}

/**
 * @param {unknown} options
 * @returns {AbortSignal | undefined}
 * @throws {ConnectorError}
 */
export function signalOf(options) {
  const { signal } = /** @type {{ signal?: any }} */ (options ?? {});
  if (signal == null || typeof signal.addEventListener === "function") return signal ?? undefined;
  throw ConnectorError.invalid("signal must be an AbortSignal");
}

/** Options that are none, or of another type: each is refused by its name. */
import { ConnectorError } from "./error.js";

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
 * @param {unknown} options
 * @returns {AbortSignal | undefined}
 * @throws {ConnectorError}
 */
export function signalOf(options) {
  const { signal } = /** @type {{ signal?: any }} */ (options ?? {});
  if (signal == null || typeof signal.addEventListener === "function") return signal ?? undefined;
  throw ConnectorError.invalid("signal must be an AbortSignal");
}

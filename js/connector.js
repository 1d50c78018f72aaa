/** A connector for direct use, without a host. */
import { ConnectorError } from "./error.js";
import { execute } from "./execute.js";
import { encode } from "./json.js";
import { createLimits, DEFAULT_LIMITS } from "./limits.js";
import { limit, loggerOf, method, signalOf } from "./options.js";
import { createTransport } from "./transport.js";
import { parseParams } from "./validate.js";

/**
 * @import { ActionOptions, Connector, ConnectorSettings } from "./api.js"
 * @import { Core } from "./core.js"
 * @import { FetchLike, Logger } from "./types.js"
 */

const SUB_ACTIONS = /** @type {const} */ ([
  "pushToService",
  "closeIncident",
  "getIncident",
  "getChoices",
  "getFields",
]);

/** @type {Logger} */
const SILENT = { debug() {}, warn() {}, error() {} };

/** Of connectors that nobody has disposed of; not every runtime tells of them. */
const DROPPED =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry((/** @type {() => void} */ forget) => forget());

/**
 * Makes a connector that acts by itself. No request is made before its first action.
 *
 * @param {Core} core
 * @param {ConnectorSettings} settings
 * @returns {Connector}
 * @throws {ConnectorError} where something is missing, unknown or of another type
 */
export function makeConnector(core, settings) {
  const { fetch, timeout, actionTimeout, maxContentLength, logger, ...keys } = settings ?? {};
  const { config, secrets } = parse(core, keys);
  const log = loggerOf(logger, SILENT);
  const times = {
    timeout: limit("timeout", timeout, DEFAULT_LIMITS.timeout),
    actionTimeout: limit("actionTimeout", actionTimeout, DEFAULT_LIMITS.actionTimeout),
  };
  const transport = {
    fetch: method("fetch", fetch, /** @type {FetchLike} */ (globalThis.fetch)),
    maxContentLength: limit("maxContentLength", maxContentLength, DEFAULT_LIMITS.maxContentLength),
  };
  const forget = forgetter(core, config, secrets);
  // Within reach of all that the connector can do: it is garbage when nobody can do anything any more
  // and nothing is under way.
  const life = { isOver: false };
  const ended = () => {
    // What was under way has signed in again.
    if (life.isOver) forget();
  };
  /** @param {ActionOptions} [options] */
  const io = (options) => {
    const limits = createLimits({ ...times, signal: signalOf(options) });
    return { send: createTransport(transport, limits), limits, logger: log, ended };
  };
  const methods = SUB_ACTIONS.map((subAction) => {
    /**
     * @param {object} [subActionParams]
     * @param {ActionOptions} [options]
     */
    const act = async (subActionParams = {}, options) => {
      const params = checked(() => parseParams(core, { subAction, subActionParams }, "zod4"));
      return execute(core, io(options), (it, host) =>
        it.execute(host, undefined, encode(config), encode(secrets), encode(params), 0, NaN, NaN),
      );
    };
    return [subAction, act];
  });
  /** @param {ActionOptions} [options] */
  const checkHealth = async (options) =>
    execute(core, io(options), (it, host) =>
      it.checkHealth(host, encode(config), encode(secrets), "zod4"),
    );
  const dispose = () => {
    life.isOver = true;
    forget();
  };
  DROPPED?.register(life, forget);
  return Object.fromEntries([...methods, ["checkHealth", checkHealth], ["dispose", dispose]]);
}

/**
 * What forgets all that the core keeps of a connector. Nothing of the connector is within its reach:
 * it would never be collected.
 *
 * @param {Core} core
 * @param {object} config
 * @param {object} secrets
 */
function forgetter(core, config, secrets) {
  return () => {
    try {
      core.call(({ forget }) => forget(encode(config), encode(secrets)));
    } catch {
      // A module that is not there keeps nothing.
    }
  };
}

/**
 * A host's config and secrets, of one object's keys.
 *
 * @param {Core} core
 * @param {Omit<ConnectorSettings, "fetch" | "timeout" | "actionTimeout" | "maxContentLength" | "logger">} keys
 */
function parse(core, keys) {
  const { username, password, clientSecret, privateKey, privateKeyPassword, ...others } = keys;
  const isOAuth = [others.clientId, clientSecret, privateKey].some((key) => key != null);
  const config = { isOAuth, usesTableApi: false, ...others };
  const secrets = { username, password, clientSecret, privateKey, privateKeyPassword };
  const check = () =>
    core.call(({ parseConfig, parseSecrets, checkConnector }) => {
      const parsed = {
        config: parseConfig(encode(config), "zod4"),
        secrets: parseSecrets(encode(secrets), "zod4"),
      };
      const broken = checkConnector(parsed.config, parsed.secrets);
      if (broken) throw new Error(broken);
      return parsed;
    });
  return checked(check);
}

/**
 * @template T
 * @param {() => T} check
 * @returns {T}
 * @throws {ConnectorError}
 */
function checked(check) {
  try {
    return check();
  } catch (thrown) {
    // What the core throws is a plain error; anything else is a fault of its own.
    const error = /** @type {Error} */ (thrown);
    throw error.name === "Error"
      ? ConnectorError.invalid(error.message)
      : ConnectorError.from(error);
  }
}

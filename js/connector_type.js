/** The connector type that a host registers (kibana-host.md 1 to 4). */
import { attempt } from "./attempt.js";
import { ConnectorError } from "./error.js";
import { execute } from "./execute.js";
import { encode } from "./json.js";
import { createLimits, DEFAULT_LIMITS } from "./limits.js";
import { limit, method, signalOf } from "./options.js";
import { renderParams } from "./params.js";
import { messageOf } from "./thrown.js";
import { timeOf, tokensOf } from "./token_client.js";
import { createTransport } from "./transport.js";
import { parseParams } from "./validate.js";

/**
 * @import { ConnectorTypeOptions } from "./api.js"
 * @import { Bindings } from "../pkg/connector_bg.js"
 * @import { Core } from "./core.js"
 * @import { FetchOf } from "./fetch.js"
 * @import {
 *   ConnectorType, ExecutorOptions, ExecutorResult, FetchLike, HealthOptions, HealthResult, Schema,
 *   SchemaLibrary,
 * } from "./types.js"
 */

/**
 * @typedef {object} ActionUnderWay
 * @property {string} connectorId
 * @property {boolean} isOutdated whether its connector was changed or deleted since
 */

/** @type {SchemaLibrary[]} */
const SCHEMA_LIBRARIES = ["config-schema", "zod3", "zod4"];

/**
 * Makes the connector type for a host's `registerType`.
 *
 * @param {{
 *   core: Core,
 *   fetchOfHost: FetchOf,
 *   fetchOfUser: (fetch: FetchLike) => FetchOf,
 * }} runtime
 * @param {ConnectorTypeOptions} [options]
 * @returns {ConnectorType}
 * @throws {ConnectorError} for an option that is none, or of another type
 */
export function makeConnectorType({ core, fetchOfHost, fetchOfUser }, options) {
  const { id, fetch, actionTimeout, schemaLibrary: library, ...others } = options ?? {};
  const [unknown] = Object.keys(others);
  if (unknown) throw ConnectorError.invalid(`${unknown} is no option of getConnectorType`);
  if (library != null && !SCHEMA_LIBRARIES.includes(library)) {
    throw ConnectorError.invalid(`schemaLibrary must be one of ${SCHEMA_LIBRARIES.join(", ")}`);
  }
  if (id != null && (typeof id !== "string" || !id)) {
    throw ConnectorError.invalid("id must be a text that is not empty");
  }
  const timeout = limit("actionTimeout", actionTimeout, DEFAULT_LIMITS.actionTimeout);
  /** @type {Set<ActionUnderWay>} */
  const underWay = new Set();
  const forgetAll = async (/** @type {{ connectorId: string }} */ { connectorId }) => {
    for (const action of underWay) {
      if (action.connectorId === connectorId) action.isOutdated = true;
    }
    forget(core, connectorId);
  };
  const given = method("fetch", fetch, undefined);
  const fetchOf = given ? fetchOfUser(given) : fetchOfHost;
  /**
   * @template T
   * @param {(bindings: Bindings, value: unknown, library: SchemaLibrary) => T} parse
   */
  const schema = (parse) =>
    schemaOf((value, name) => core.call((it) => parse(it, encode(value), name)), library);
  return {
    id: id ?? ".servicenow",
    name: "ServiceNow ITSM",
    // The lowest that Kibana takes from a third party.
    minimumLicenseRequired: "gold",
    supportedFeatureIds: ["alerting", "cases", "uptime", "siem"],
    validate: {
      config: {
        schema: schema(({ parseConfig }, ...value) => parseConfig(...value)),
        customValidator(config, { configurationUtilities }) {
          ensureAllowed(config.apiUrl, configurationUtilities);
          core.call(({ checkConfig }) => checkConfig(encode(config)));
        },
      },
      secrets: {
        schema: schema(({ parseSecrets }, ...value) => parseSecrets(...value)),
        customValidator: (secrets) =>
          core.call(({ checkSecrets }) => checkSecrets(encode(secrets))),
      },
      params: { schema: schemaOf((value, name) => parseParams(core, value, name), library) },
      connector: (config, secrets) =>
        core.call(({ checkConnector }) => checkConnector(encode(config), encode(secrets))) ?? null,
    },
    renderParameterTemplates: (logger, params, variables) =>
      renderParams(core, params, variables, (text) => attempt(() => logger.warn(text))),
    executor: (given) => executor(core, given, fetchOf, timeout, underWay),
    postSaveHook: forgetAll,
    postDeleteHook: forgetAll,
    checkHealth: (given) => checkHealth(core, given, library ?? "zod4", fetchOf, timeout),
  };
}

/**
 * @template T
 * @param {(value: unknown, library: SchemaLibrary) => T} parse
 * @param {SchemaLibrary | null} [library]
 * @returns {Schema<T>}
 */
function schemaOf(parse, library) {
  return {
    validate: (value) => parse(value, library ?? "config-schema"),
    parse: (value) => parse(value, library ?? "zod4"),
  };
}

/**
 * Wipes what the core keeps of a connector that was changed or deleted.
 *
 * @param {Core} core
 * @param {string} connectorId
 */
function forget(core, connectorId) {
  try {
    core.call(({ forgetConnector }) => forgetConnector(connectorId));
  } catch {
    // A module that is not there keeps nothing.
  }
}

/**
 * A URL as a host may quote it: without what does not belong in it, and may be a secret.
 *
 * @param {string} url
 */
function quotable(url) {
  if (!/[@?#]/.test(url)) return url;
  // Of others nobody knows which part is what: `user:password@host` has a scheme, too.
  if (!/^https?:/.test(url) || !URL.canParse(url)) return url.replace(/.*@|[?#].*/gs, "");
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/**
 * @param {string} url
 * @param {ExecutorOptions["configurationUtilities"]} utilities
 */
function ensureAllowed(url, utilities) {
  try {
    utilities.ensureUriAllowed(quotable(url));
  } catch (error) {
    throw new Error(`error configuring connector action: ${messageOf(error)}`);
  }
}

/**
 * @param {Core} core
 * @param {ExecutorOptions} options
 * @param {FetchOf} fetchOf
 * @param {number} actionTimeout
 * @param {Set<ActionUnderWay>} underWay
 * @returns {Promise<ExecutorResult>}
 */
async function executor(core, options, fetchOf, actionTimeout, underWay) {
  let actionId = "";
  try {
    actionId = options.actionId;
    const { config, secrets, params, services } = options;
    const action = { connectorId: actionId, isOutdated: false };
    const io = ioOf(options, fetchOf, actionTimeout);
    const tokens = tokensOf(services?.connectorTokenClient, action, io);
    const ended = async () => {
      underWay.delete(action);
      if (!action.isOutdated) return;
      // It has signed in again, or has done so just before.
      forget(core, actionId);
      await tokens?.forget();
    };
    underWay.add(action);
    const run = runOf(options);
    const data = await execute(core, { ...io, tokens, ended }, (it, host) =>
      it.execute(host, actionId, encode(config), encode(secrets), encode(params), ...run),
    );
    return { status: "ok", actionId, data };
  } catch (thrown) {
    const error = ConnectorError.from(thrown);
    const retry = error.code === "internal" ? mayRunAgain(core, options) : error.retry;
    return failed(actionId, error, retry);
  }
}

/**
 * Which run of an action it is, as the core wants to know it.
 *
 * @param {ExecutorOptions} options
 * @returns {[attempts: number, scheduled: number, begun: number]}
 */
function runOf({ taskInfo }) {
  try {
    const { attempts = 0, scheduled, begun } = taskInfo ?? {};
    return [Number(attempts), timeOf(scheduled), timeOf(begun)];
  } catch {
    // Not told.
    return /** @type {any} */ ([]);
  }
}

/**
 * Whether an action may be run again of which nobody knows what it has done.
 *
 * @param {Core} core
 * @param {ExecutorOptions} options
 */
function mayRunAgain(core, options) {
  try {
    const { config, params } = options;
    return core.call((it) => it.mayRunAgain(encode(config), encode(params), ...runOf(options)));
  } catch {
    return false;
  }
}

/**
 * @param {Core} core
 * @param {HealthOptions} options
 * @param {SchemaLibrary} library
 * @param {FetchOf} fetchOf
 * @param {number} actionTimeout
 * @returns {Promise<HealthResult>}
 */
async function checkHealth(core, options, library, fetchOf, actionTimeout) {
  try {
    const { config, secrets } = options;
    const data = await execute(core, ioOf(options, fetchOf, actionTimeout), (it, host) =>
      it.checkHealth(host, encode(config), encode(secrets), library),
    );
    return { status: "ok", data };
  } catch (error) {
    const { code, message, remedy, httpStatus, endpoint } = ConnectorError.from(error);
    return { status: "error", code, message, remedy, httpStatus, endpoint };
  }
}

/**
 * All the I/O there is, by a host's settings.
 *
 * @param {HealthOptions & Pick<ExecutorOptions, "connectorUsageCollector">} options
 * @param {FetchOf} fetchOf
 * @param {number} actionTimeout
 */
function ioOf(options, fetchOf, actionTimeout) {
  const { configurationUtilities: utilities, connectorUsageCollector, logger } = options;
  const { timeout, maxContentLength } = limitsOf(utilities);
  const limits = createLimits({ timeout, actionTimeout, signal: signalOf(options) });
  const transport = {
    fetch: fetchOf(utilities, logger),
    maxContentLength,
    ensureUriAllowed: (/** @type {string} */ url) => utilities.ensureUriAllowed(url),
    ensureHostnameAllowed: (/** @type {string} */ hostname) =>
      utilities.ensureHostnameAllowed(hostname),
    countRequestBody: (/** @type {string} */ body) =>
      connectorUsageCollector?.addRequestBodyBytes(undefined, body),
  };
  return { send: createTransport(transport, limits), limits, logger };
}

/**
 * The limits that a host sets, as far as it does.
 *
 * @param {ExecutorOptions["configurationUtilities"]} utilities
 */
function limitsOf(utilities) {
  const { timeout, maxContentLength } = DEFAULT_LIMITS;
  let settings;
  try {
    settings = utilities.getResponseSettings?.();
  } catch {}
  return {
    timeout: settings?.timeout ?? timeout,
    maxContentLength: settings?.maxContentLength ?? maxContentLength,
  };
}

/**
 * What a host makes of an error that is thrown, and what it cannot know of it.
 *
 * @param {string} actionId
 * @param {ConnectorError} error
 * @param {boolean | Date} retry
 * @returns {ExecutorResult}
 */
function failed(actionId, error, retry) {
  const { message, errorSource, code, remedy, httpStatus, endpoint } = error;
  return {
    status: "error",
    actionId,
    message: "an error occurred while running the action",
    serviceMessage: message,
    retry,
    errorSource,
    errorName: code,
    errorMeta: { remedy, httpStatus, endpoint },
  };
}

// One run of an action, from the stored connector to the host's result (kibana-host.md 3).

import { HostError, messageOf } from "./errors.js";
import { createUsageCollector } from "./usage_collector.js";

/** @typedef {import("./types.js").ConnectorType} ConnectorType */
/** @typedef {import("./types.js").ErrorSource} ErrorSource */
/** @typedef {import("./types.js").ExecutorOptions} ExecutorOptions */
/** @typedef {import("./types.js").ExecutorResult} ExecutorResult */
/** @typedef {import("./types.js").Logger} Logger */
/** @typedef {import("./connectors.js").LoadedConnector} LoadedConnector */

/**
 * @typedef {object} Run
 * @property {string} connectorId
 * @property {unknown} params
 * @property {import("./types.js").ExecutionSource} [source]
 * @property {AbortSignal} [signal] reaches the executor from 9.4
 * @property {import("./types.js").TaskInfo} [taskInfo] given when run in the background
 * @property {string} [taskId] of the stored task that it is an attempt of
 */

/**
 * @typedef {object} Dependencies
 * @property {import("./connector_types.js").ConnectorTypes} types
 * @property {import("./connectors.js").Connectors} connectors
 * @property {import("./validation.js").Validation} validation
 * @property {import("./types.js").ConfigurationUtilities} configurationUtilities
 * @property {import("./types.js").ConnectorTokenClient} tokenClient
 * @property {import("./generation.js").Generation} generation
 * @property {import("./events.js").EventLog} events
 * @property {Logger} logger
 * @property {() => number} now
 */

const BROKEN_TLS =
  "Client network socket disconnected before secure TLS connection was established";

/**
 * @param {Dependencies} dependencies
 * @returns {(run: Run) => Promise<ExecutorResult>} rejects only where no run takes place: an
 *   unknown connector, a type that is not enabled or cannot be executed
 */
export function createExecutor(dependencies) {
  const { types, connectors, configurationUtilities, generation, events, logger, now } =
    dependencies;

  return async (run) => {
    const connector = connectors.load(run.connectorId);
    const type = types.get(connector.typeId);
    configurationUtilities.ensureActionTypeEnabled(type.id);
    const executor = executorOf(type);

    const about = {
      connectorId: connector.id,
      connectorName: connector.name,
      typeId: type.id,
      taskId: run.taskId,
      attempt: run.taskInfo?.attempts,
      source: run.source?.type,
    };
    const collector = createUsageCollector();
    /** @type {ExecutorOptions} */
    let options;
    try {
      options = executorOptions(dependencies, { run, type, connector, collector });
    } catch (thrown) {
      if (!(thrown instanceof HostError)) throw thrown;
      events.write({ ...about, action: "execute", outcome: "failure", message: thrown.message });
      return invalid(run, thrown);
    }

    const startedAt = now();
    events.write({ ...about, action: "execute-start" });
    const result = await call(executor, options, { type, connector, generation, logger });
    events.write({
      ...about,
      action: "execute",
      outcome: result.status === "error" ? "failure" : "success",
      message: result.message ?? summary(options.params, result.data),
      serviceMessage: result.serviceMessage,
      remedy: result.errorMeta?.remedy,
      durationMs: now() - startedAt,
      requestBodyBytes: collector.getRequestBodyByte(),
    });
    logger.debug(`execute: ${type.id}:${connector.id}: ${connector.name}: ${result.status}`, {
      event: { action: "execute", outcome: result.status, duration: now() - startedAt },
      kibana: {
        action: {
          execution: { usage: { request_body_bytes: collector.getRequestBodyByte() } },
        },
      },
    });
    return result;
  };
}

/**
 * What an action did, for a person: the sub-action and the title of what it is about, as connector
 * types name them.
 *
 * @param {any} params
 * @param {any} data
 * @returns {string | undefined}
 */
function summary(params, data) {
  const known = [params?.subAction, data?.title].filter((part) => typeof part === "string");
  return known.length > 0 ? known.join(": ") : undefined;
}

/** @param {ConnectorType} type */
function executorOf(type) {
  if (!type.validate?.params) {
    throw new HostError(
      400,
      `Connector type "${type.id}" does not have a params validator and cannot be executed.`,
    );
  }
  if (!type.executor) {
    throw new HostError(
      400,
      `Connector type "${type.id}" does not have an execute function and cannot be executed.`,
    );
  }
  return type.executor;
}

/**
 * Everything is validated again on each run: settings may have changed since.
 *
 * @param {Dependencies} dependencies
 * @param {{ run: Run, type: ConnectorType, connector: LoadedConnector,
 *   collector: import("./types.js").ConnectorUsageCollector }} what
 * @returns {ExecutorOptions}
 */
function executorOptions(dependencies, { run, type, connector, collector }) {
  const { validation, configurationUtilities, tokenClient, generation, logger } = dependencies;
  const params = validation.params(type, run.params);
  const config = validation.config(type, connector.config);
  const secrets = validation.secrets(type, connector.secrets);
  validation.connector(type, connector.config, connector.secrets);

  /** @type {ExecutorOptions} */
  const options = {
    actionId: connector.id,
    config,
    secrets,
    params,
    services: { connectorTokenClient: tokenClient },
    logger: logger.get(type.id.replace(/^\./, "")),
    configurationUtilities,
    connectorUsageCollector: collector,
    source: run.source,
  };
  if (run.taskInfo) options.taskInfo = run.taskInfo;
  if (generation.passesGlobalAuthHeaders && type.globalAuthHeaders) {
    options.globalAuthHeaders = type.globalAuthHeaders;
  }
  if (generation.passesSignal) {
    options.signal = run.signal;
    options.connectorTokenClient = tokenClient;
  }
  return options;
}

/**
 * @param {Run} run
 * @param {HostError} error
 * @returns {ExecutorResult}
 */
function invalid(run, error) {
  return {
    actionId: run.connectorId,
    status: "error",
    message: error.message,
    retry: run.taskInfo !== undefined,
    errorSource: "user",
  };
}

/**
 * @param {NonNullable<ConnectorType["executor"]>} executor
 * @param {ExecutorOptions} options
 * @param {{ type: ConnectorType, connector: LoadedConnector, logger: Logger,
 *   generation: import("./generation.js").Generation }} context
 * @returns {Promise<ExecutorResult>}
 */
async function call(executor, options, { type, connector, generation, logger }) {
  const actionId = connector.id;
  const label = `${type.id}:${connector.id}: ${connector.name}`;
  try {
    const returned = (await executor(options)) ?? undefined;
    if (returned === undefined) return { actionId, status: "ok" };
    const { error, ...result } = returned;
    if (result.status === "ok") return result;
    if (result.status !== "error") {
      logger.warn(`action execution ended with an unexpected status: ${label}: ${result.status}`);
      return result;
    }
    if (error) logger.error(error, { error: { stack_trace: error.stack } });
    if (generation.overwritesErrorSource) result.errorSource = "user";
    logger.warn(failure(label, result));
    return result;
  } catch (thrown) {
    const serviceMessage = messageOf(thrown);
    /** @type {ErrorSource} */
    const errorSource =
      generation.blamesUserForBrokenTls && serviceMessage === BROKEN_TLS ? "user" : "framework";
    /** @type {ExecutorResult} */
    const result = {
      actionId,
      status: "error",
      message: "an error occurred while running the action",
      serviceMessage,
      retry: true,
      errorSource,
    };
    logger.warn(failure(label, result));
    logger.error(thrown instanceof Error ? thrown : serviceMessage, {
      tags: [type.id, connector.id, "action-run-failed", `${errorSource}-error`],
    });
    return result;
  }
}

/**
 * @param {string} label
 * @param {ExecutorResult} result
 */
function failure(label, { message, serviceMessage, retry }) {
  const detail = serviceMessage ? `: ${serviceMessage}` : "";
  const again = retry instanceof Date ? `retry at ${retry.toISOString()}` : "retry: true";
  return `action execution failure: ${label}: ${message}${detail}${retry ? `; ${again}` : ""}`;
}

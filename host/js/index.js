// A small Kibana-style host in one process: connector types are registered in it, connectors are
// kept in a store, actions are run as Kibana's `actions` plugin runs them (kibana-host.md).

import { createConfigurationUtilities } from "./configuration_utilities.js";
import { ConnectorTypes } from "./connector_types.js";
import { Connectors } from "./connectors.js";
import { createEventLog } from "./events.js";
import { createExecutor } from "./executor.js";
import { generationOf, NEWEST } from "./generation.js";
import { createSilentLogger } from "./logger.js";
import { readPreconfigured } from "./preconfigured.js";
import { createRuleActionRenderer, createRuleActionRunner } from "./rule_action.js";
import { readSettings } from "./settings.js";
import { openStore } from "./store/index.js";
import { TaskRunner } from "./task_runner.js";
import { createTasks } from "./tasks.js";
import { createTokenClient } from "./token_client.js";
import { createValidation } from "./validation.js";

export { HostError } from "./errors.js";
export { createCollectingLogger, createSilentLogger } from "./logger.js";
export { encryptionKeyFrom, openStore, StoreError } from "./store/index.js";

/** @typedef {import("./types.js").Connector} Connector */
/** @typedef {import("./types.js").ConnectorType} ConnectorType */
/** @typedef {import("./types.js").ExecutorOptions} ExecutorOptions */
/** @typedef {import("./types.js").ExecutorResult} ExecutorResult */
/** @typedef {import("./types.js").ListedConnectorType} ListedConnectorType */
/** @typedef {import("./types.js").Logger} Logger */
/** @typedef {import("./types.js").Settings} Settings */
/** @typedef {import("./store/index.js").Store} Store */
/** @typedef {import("./events.js").Event} Event */
/** @typedef {import("./events.js").EventQuery} EventQuery */
/** @typedef {import("./tasks.js").Task} Task */

/**
 * @typedef {object} HostOptions
 * @property {import("./generation.js").GenerationName} [generation] which generation of Kibana the
 *   host is like; the newest when left out
 * @property {Settings} [settings]
 * @property {Logger} [logger] silent when left out
 * @property {Store} [store] in memory when left out; the caller closes it, after `stop()`
 * @property {() => number} [now] milliseconds since 1970
 * @property {import("./task_runner.js").SetTimer} [setTimer]
 * @property {() => number} [random] from 0 up to 1
 * @property {number} [concurrency] how many tasks are worked on at a time; 10 when left out
 */

/** @typedef {ReturnType<typeof createHost>} Host */

/** @param {HostOptions} [options] */
export function createHost(options = {}) {
  const { logger = createSilentLogger(), now = Date.now, random = Math.random } = options;
  const { setTimer = setNodeTimer, concurrency } = options;
  const generation = generationOf(options.generation ?? NEWEST);
  const settings = readSettings(options.settings ?? {});
  const preconfigured = readPreconfigured(settings.preconfigured);
  const configurationUtilities = createConfigurationUtilities(settings, logger);
  const store = options.store ?? openStore();
  const tokenClient = createTokenClient({ store, now, idPrefix: generation.tokenIdPrefix });
  const validation = createValidation(generation, configurationUtilities);
  const types = new ConnectorTypes(generation, configurationUtilities);
  const shared = { types, validation, configurationUtilities, generation, store, logger, now };
  const connectors = new Connectors({ ...shared, preconfigured });
  const events = createEventLog(shared);
  const execute = createExecutor({ ...shared, connectors, tokenClient, events });
  const render = createRuleActionRenderer({ types, connectors, logger });
  const background = { ...shared, connectors, execute, render, events };
  const runner = new TaskRunner({ ...background, setTimer, random, concurrency });
  const tasks = createTasks({ ...background, runner });

  return {
    /** @param {ConnectorType} type */
    registerType: (type) => types.register(type),
    /** @param {string} [featureId] */
    listConnectorTypes: (featureId) => types.list(featureId),
    /** @param {Parameters<Connectors["create"]>[0]} draft */
    createConnector: (draft) => connectors.create(draft),
    /** @param {Parameters<Connectors["update"]>[0]} draft */
    updateConnector: (draft) => connectors.update(draft),
    /** @param {string} id */
    deleteConnector: (id) => connectors.delete(id),
    /** @param {string} id */
    getConnector: (id) => connectors.get(id),
    listConnectors: () => connectors.list(),
    /** Runs an action with params that are ready. */
    execute,
    /** Runs an action whose params are a rule's templates. */
    runRuleAction: createRuleActionRunner({ render, execute, now }),
    /** The same in the background, as often as it takes, from `start()` on. */
    scheduleRuleAction: tasks.schedule,
    /** Several at once: all of them, or none, with what is stored while they are made. */
    scheduleRuleActions: tasks.scheduleAll,
    getTask: tasks.get,
    events: events.list,
    /** Begins to work on the tasks. */
    start: () => runner.start(),
    /** @param {Parameters<TaskRunner["stop"]>[0]} [stopOptions] */
    stop: (stopOptions) => runner.stop(stopOptions),
    /** For metrics: the runs since the host was made, and the tasks that are stored. */
    counts: () => ({ ...events.counts(), tasks: store.tasks.counts() }),
    connectorTokenClient: tokenClient,
    configurationUtilities,
  };
}

/** @type {import("./task_runner.js").SetTimer} */
function setNodeTimer(callback, milliseconds) {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}

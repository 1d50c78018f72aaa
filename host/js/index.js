// A small Kibana-style host in one process: connector types are registered in it, connectors are
// kept in memory, actions are run as Kibana's `actions` plugin runs them (kibana-host.md).

import { createConfigurationUtilities } from "./configuration_utilities.js";
import { ConnectorTypes } from "./connector_types.js";
import { Connectors } from "./connectors.js";
import { createExecutor } from "./executor.js";
import { generationOf, NEWEST } from "./generation.js";
import { createSilentLogger } from "./logger.js";
import { createRuleActionRunner } from "./rule_action.js";
import { readSettings } from "./settings.js";
import { createTokenClient } from "./token_client.js";
import { createValidation } from "./validation.js";

export { HostError } from "./errors.js";
export { createCollectingLogger, createSilentLogger } from "./logger.js";

/** @typedef {import("./types.js").Connector} Connector */
/** @typedef {import("./types.js").ConnectorType} ConnectorType */
/** @typedef {import("./types.js").ExecutorOptions} ExecutorOptions */
/** @typedef {import("./types.js").ExecutorResult} ExecutorResult */
/** @typedef {import("./types.js").Logger} Logger */
/** @typedef {import("./types.js").Settings} Settings */

/**
 * @typedef {object} HostOptions
 * @property {import("./generation.js").GenerationName} [generation] which generation of Kibana the
 *   host is like; the newest when left out
 * @property {Settings} [settings]
 * @property {Logger} [logger] silent when left out
 * @property {() => number} [now] milliseconds since 1970
 */

/** @typedef {ReturnType<typeof createHost>} Host */

/** @param {HostOptions} [options] */
export function createHost(options = {}) {
  const { logger = createSilentLogger(), now = Date.now } = options;
  const generation = generationOf(options.generation ?? NEWEST);
  const settings = readSettings(options.settings ?? {});
  const configurationUtilities = createConfigurationUtilities(settings, logger);
  const tokenClient = createTokenClient({ now, idPrefix: generation.tokenIdPrefix });
  const validation = createValidation(generation, configurationUtilities);
  const types = new ConnectorTypes(generation);
  const shared = { types, validation, configurationUtilities, tokenClient, generation };
  const connectors = new Connectors(shared);
  const execute = createExecutor({ ...shared, connectors, logger, now });
  const runRuleAction = createRuleActionRunner({ types, connectors, execute, logger, now });

  return {
    /** @param {ConnectorType} type */
    registerType: (type) => types.register(type),
    /** @param {Parameters<Connectors["create"]>[0]} draft */
    createConnector: (draft) => connectors.create(draft),
    /** @param {Parameters<Connectors["update"]>[0]} draft */
    updateConnector: (draft) => connectors.update(draft),
    /** @param {string} id */
    deleteConnector: (id) => connectors.delete(id),
    /** @param {string} id */
    getConnector: (id) => connectors.get(id),
    /** Runs an action with params that are ready. */
    execute,
    /** Runs an action whose params are a rule's templates. */
    runRuleAction,
    connectorTokenClient: tokenClient,
    configurationUtilities,
  };
}

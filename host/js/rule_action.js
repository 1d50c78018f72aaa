// An action as a rule runs it: its params are templates, rendered when it is scheduled
// (kibana-host.md 4) and validated when it runs.
//
// It runs at once and a single time: whether and when to retry is in the result for the caller.

/** @typedef {import("./executor.js").Run} Run */

/**
 * @typedef {object} RuleAction
 * @property {string} connectorId
 * @property {unknown} params
 * @property {Record<string, unknown>} variables
 * @property {import("./types.js").ExecutionSource} [source]
 * @property {AbortSignal} [signal]
 */

/**
 * @param {object} dependencies
 * @param {import("./connector_types.js").ConnectorTypes} dependencies.types
 * @param {import("./connectors.js").Connectors} dependencies.connectors
 * @param {(run: Run) => Promise<import("./types.js").ExecutorResult>} dependencies.execute
 * @param {import("./types.js").Logger} dependencies.logger
 * @param {() => number} dependencies.now
 */
export function createRuleActionRunner({ types, connectors, execute, logger, now }) {
  /**
   * @param {RuleAction} action
   * @returns {Promise<import("./types.js").ExecutorResult>}
   */
  return async ({ connectorId, params, variables, source, signal }) => {
    const type = types.get(connectors.load(connectorId).typeId);
    if (!type.renderParameterTemplates) {
      throw new Error(
        `Connector type "${type.id}" has no renderParameterTemplates, and this host has no ` +
          "template renderer of its own: render the params first and call execute.",
      );
    }
    const rendered = type.renderParameterTemplates(logger, params, variables, connectorId);
    return execute({
      connectorId,
      // A scheduled action waits in a saved object: what JSON does not hold is lost.
      params: JSON.parse(JSON.stringify(rendered ?? null)),
      source,
      signal,
      taskInfo: { scheduled: new Date(now()), attempts: 1 },
    });
  };
}

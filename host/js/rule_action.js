// An action as a rule runs it: its params are templates, rendered when it is scheduled
// (kibana-host.md 4) and validated when it runs.
//
// It runs at once and a single time: whether and when to retry is in the result for the caller.
// What is to be retried is scheduled as a task instead.

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
 * @callback RenderRuleAction
 * @param {Pick<RuleAction, "connectorId" | "params" | "variables">} action
 * @returns {{ type: import("./types.js").ConnectorType, connectorName: string, params: unknown }}
 */

/**
 * @param {object} dependencies
 * @param {import("./connector_types.js").ConnectorTypes} dependencies.types
 * @param {import("./connectors.js").Connectors} dependencies.connectors
 * @param {import("./types.js").Logger} dependencies.logger
 * @returns {RenderRuleAction}
 */
export function createRuleActionRenderer({ types, connectors, logger }) {
  return ({ connectorId, params, variables }) => {
    const { name: connectorName, typeId } = connectors.load(connectorId);
    const type = types.get(typeId);
    if (!type.renderParameterTemplates) {
      throw new Error(
        `Connector type "${type.id}" has no renderParameterTemplates, and this host has no ` +
          "template renderer of its own: render the params first and call execute.",
      );
    }
    const rendered = type.renderParameterTemplates(logger, params, variables, connectorId);
    // A scheduled action waits in a saved object: what JSON does not hold is lost.
    return { type, connectorName, params: JSON.parse(JSON.stringify(rendered ?? null)) };
  };
}

/**
 * @param {object} dependencies
 * @param {RenderRuleAction} dependencies.render
 * @param {(run: Run) => Promise<import("./types.js").ExecutorResult>} dependencies.execute
 * @param {() => number} dependencies.now
 */
export function createRuleActionRunner({ render, execute, now }) {
  /**
   * @param {RuleAction} action
   * @returns {Promise<import("./types.js").ExecutorResult>}
   */
  return async ({ source, signal, ...action }) => {
    const { params } = render(action);
    const taskInfo = { scheduled: new Date(now()), attempts: 1 };
    return execute({ connectorId: action.connectorId, params, source, signal, taskInfo });
  };
}

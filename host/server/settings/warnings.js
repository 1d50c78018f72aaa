// Tells of settings that can be as they are, and are hardly meant so.

/**
 * @param {import("./read.js").ServerSettings["actions"]} actions
 * @param {readonly string[]} connectorTypes the ids of those that there are
 * @returns {string[]} a line for each
 */
export function warningsOf(actions, connectorTypes) {
  const { proxyUrl, preconfigured = {} } = actions;
  const ofProxy = /** @type {const} */ (["proxyHeaders", "proxyBypassHosts", "proxyOnlyHosts"]);
  const idle = ofProxy.filter((name) => proxyUrl === undefined && actions[name] !== undefined);
  const strays = Object.entries(preconfigured).filter(
    ([, { actionTypeId }]) => !connectorTypes.includes(actionTypeId),
  );
  return [
    ...idle.map(
      (name) =>
        `xpack.actions.${name} does nothing without a proxy. Set xpack.actions.proxyUrl, or ` +
        `remove it.`,
    ),
    ...strays.map(
      ([id, { actionTypeId }]) =>
        `xpack.actions.preconfigured.${id}.actionTypeId: there is no connector type ` +
        `${actionTypeId}, and the connector cannot run. Use ${connectorTypes.join(", ")}.`,
    ),
  ];
}

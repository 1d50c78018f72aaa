// Adds to the in-process host what it does not have yet, so that the page can be built against it.

import { HostError } from "../js/errors.js";

/** @param {any} host @returns {any} */
export function interimHost(host) {
  if (host.listConnectors) return host;
  const ids = new Set();
  const types = new Set();
  const shown = (/** @type {any} */ connector) => ({
    ...connector,
    isPreconfigured: false,
    isDeprecated: connector.config.usesTableApi !== false,
    isMissingSecrets: false,
    isSystemAction: false,
    isConnectorTypeDeprecated: false,
  });
  /** @type {any[]} */
  const tasks = [];
  /** @type {any[]} */
  const events = [];
  return {
    ...host,
    registerType(/** @type {any} */ type) {
      types.add(type);
      host.registerType(type);
    },
    async createConnector(/** @type {any} */ draft) {
      const made = await host.createConnector(draft);
      ids.add(made.id);
      return shown(made);
    },
    updateConnector: async (/** @type {any} */ draft) => shown(await host.updateConnector(draft)),
    getConnector: async (/** @type {any} */ id) => shown(await host.getConnector(id)),
    async deleteConnector(/** @type {any} */ id) {
      await host.deleteConnector(id);
      ids.delete(id);
    },
    async listConnectors() {
      const all = await Promise.all([...ids].map((id) => host.getConnector(id)));
      return all
        .map((one) => ({ ...shown(one), referencedByCount: 0 }))
        .sort((a, b) => a.name.localeCompare(b.name));
    },
    listConnectorTypes: async (/** @type {any} */ feature) =>
      [...types]
        .filter((type) => feature === undefined || type.supportedFeatureIds.includes(feature))
        .map((type) => ({
          id: type.id,
          name: type.name,
          enabled: true,
          enabledInConfig: true,
          enabledInLicense: true,
          minimumLicenseRequired: type.minimumLicenseRequired,
          supportedFeatureIds: type.supportedFeatureIds,
          isSystemActionType: false,
          isDeprecated: false,
          source: "stack",
        })),
    async scheduleRuleAction(/** @type {any} */ { connectorId, ...action }) {
      const task = {
        id: String(tasks.length + 1),
        connectorId,
        state: "running",
        attempts: 1,
        maxAttempts: 3,
        runAt: new Date().toISOString(),
        createdAt: new Date().toISOString(),
        result: undefined,
      };
      tasks.push(task);
      host.runRuleAction({ connectorId, ...action }).then(
        (/** @type {any} */ result) => {
          task.state = result.status === "ok" ? "succeeded" : "failed";
          task.result = result;
          events.unshift({
            id: String(events.length + 1),
            timestamp: new Date().toISOString(),
            action: "execute",
            outcome: result.status === "ok" ? "success" : "failure",
            connectorId,
            taskId: task.id,
            attempt: 1,
            message: result.message,
            serviceMessage: result.serviceMessage,
          });
        },
        () => {
          task.state = "failed";
        },
      );
      return { taskId: task.id };
    },
    getTask: async (/** @type {any} */ id) => tasks.find((one) => one.id === id),
    events: async () => events,
    counts: () => ({ connectors: {}, runs: {}, tasks: {} }),
    start: async () => {},
    stop: async () => {},
    HostError,
  };
}

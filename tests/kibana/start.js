/**
 * A process of its own that starts an installed plugin as Kibana does, and prints what came of it.
 *
 * Its arguments: the plugin's folder, and as JSON which Kibana it is, how to reach the instance, and
 * what to do there.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { createHost } from "servicenow-itsm-host";

/**
 * @typedef {object} Task
 * @property {"9.2" | "9.3" | "9.4"} generation
 * @property {boolean} [isOldest] as Kibana 8.15, which hands less to an executor
 * @property {{ config: object, secrets: object }} connector
 * @property {object} params
 * @property {object} [settings]
 */

const [folder = "", json = ""] = process.argv.slice(2);
const task = /** @type {Task} */ (JSON.parse(json));
const host = createHost({ generation: task.generation, settings: task.settings });

// Kibana's plugin wrapper.
const exported = createRequire(import.meta.url)(path.join(folder, "server"));
assert.equal(typeof exported.plugin, "function");
const plugin = await exported.plugin({
  opaqueId: Symbol("plugin"),
  logger: { get: () => ({}) },
  env: { mode: { name: "production" }, packageInfo: {} },
  config: {},
});
assert.equal(typeof plugin.setup, "function");

/** @type {any[]} */
const types = [];
const actions = {
  registerType(/** @type {any} */ type) {
    types.push(type);
    host.registerType({ ...type, executor: (options) => type.executor(handed(options)) });
  },
};
const core = { logging: {}, http: {}, getStartServices: async () => [] };
assert.equal(await plugin.setup(core, { actions }), undefined);
assert.equal(await plugin.start({ elasticsearch: {} }, { actions: {} }), undefined);

/** @param {any} options */
function handed({ connectorUsageCollector, ...options }) {
  if (task.isOldest) return { ...options, isEphemeral: false };
  return { ...options, connectorUsageCollector };
}

const [{ id: typeId }] = types;
const draft = { name: "ServiceNow", typeId, ...task.connector };
const refused = await host
  .createConnector({ ...draft, config: { ...draft.config, unknown: 1 } })
  .catch((/** @type {Error} */ error) => error.message);
const { id } = await host.createConnector(draft);
const result = await host.execute({ connectorId: id, params: task.params });
await plugin.stop();
console.log(JSON.stringify({ typeIds: types.map((type) => type.id), refused, result }));

// Connectors that the settings define (kibana-host.md 6.2): there from the start, and not to be
// changed. Their config and secrets are validated only when they run.

/** @typedef {{ id: string, name: string, typeId: string, config: any, secrets: any,
 *   exposeConfig: boolean }} Preconfigured */

const MEMBERS = ["name", "actionTypeId", "config", "secrets", "exposeConfig"];

/**
 * @param {import("./types.js").Settings["preconfigured"]} [setting]
 * @returns {Map<string, Preconfigured>} by id
 */
export function readPreconfigured(setting = {}) {
  return new Map(Object.entries(setting).map(([id, entry]) => [id, readConnector(id, entry)]));
}

/**
 * @param {string} id
 * @param {unknown} entry
 * @returns {Preconfigured}
 */
function readConnector(id, entry) {
  if (id === "" || id === "__proto__" || id === "constructor") {
    throw new TypeError(`invalid preconfigured action id "${id}"`);
  }
  const setting = `setting "preconfigured.${id}"`;
  if (!isObject(entry)) throw new TypeError(`${setting} must be an object`);
  const unknown = Object.keys(entry).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) {
    throw new TypeError(`${setting} has no "${unknown}": use ${MEMBERS.join(", ")}`);
  }
  const { name, actionTypeId, config = {}, secrets = {}, exposeConfig = false } = entry;
  const member = (/** @type {string} */ of) => `setting "preconfigured.${id}.${of}"`;
  if (!isText(name)) throw new TypeError(`${member("name")} must be a text`);
  if (!isText(actionTypeId)) {
    throw new TypeError(`${member("actionTypeId")} must be the id of a connector type`);
  }
  if (!isObject(config)) throw new TypeError(`${member("config")} must be an object`);
  if (!isObject(secrets)) throw new TypeError(`${member("secrets")} must be an object`);
  if (typeof exposeConfig !== "boolean") {
    throw new TypeError(`${member("exposeConfig")} must be true or false`);
  }
  return structuredClone({ id, name, typeId: actionTypeId, config, secrets, exposeConfig });
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
  return typeof value === "string" && value.trim() !== "";
}

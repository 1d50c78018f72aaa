// The connectors: created, changed and deleted as a user does it (kibana-host.md 2 and 9), and
// those that the settings define.
//
// Secrets go in and are handed to a run; nothing else ever returns them.

import { randomUUID } from "node:crypto";

import { HostError } from "./errors.js";

/** @typedef {import("./types.js").Connector} Connector */
/** @typedef {import("./store/connector_table.js").ConnectorRow} ConnectorRow */
/** @typedef {import("./preconfigured.js").Preconfigured} Preconfigured */

/**
 * @typedef {object} ConnectorDraft
 * @property {string} name
 * @property {unknown} [config] an empty object when left out
 * @property {unknown} [secrets] an empty object when left out
 */

/** @typedef {Pick<ConnectorRow, "id" | "name" | "typeId" | "config" | "secrets">} LoadedConnector */

/**
 * @typedef {object} Dependencies
 * @property {import("./connector_types.js").ConnectorTypes} types
 * @property {import("./validation.js").Validation} validation
 * @property {import("./types.js").ConfigurationUtilities} configurationUtilities
 * @property {import("./store/index.js").Store} store
 * @property {Map<string, Preconfigured>} preconfigured
 * @property {import("./generation.js").Generation} generation
 * @property {import("./types.js").Logger} logger
 */

/** The types whose connectors used the Table API before they could choose. */
const BUILT_IN = [".servicenow", ".servicenow-sir"];

export class Connectors {
  #dependencies;

  /** @param {Dependencies} dependencies */
  constructor(dependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * @param {ConnectorDraft & { id?: string, typeId: string }} draft
   * @returns {Promise<Connector>}
   */
  async create({ id = randomUUID(), typeId, ...draft }) {
    const { preconfigured, store, generation } = this.#dependencies;
    if (preconfigured.has(id)) {
      throw new HostError(400, `This ${id} already exists in a preconfigured action.`);
    }
    const valid = this.#validate(typeId, draft);
    if (store.connectors.get(id) !== undefined) throw new HostError(409, generation.idTaken(id));
    return this.#put({ id, typeId, ...valid }, { isUpdate: false });
  }

  /**
   * Replaces everything but the type: secrets have to be given again. The connector's tokens
   * belong to the old secrets and are dropped.
   *
   * @param {ConnectorDraft & { id: string }} draft
   * @returns {Promise<Connector>}
   */
  async update({ id, ...draft }) {
    if (this.#dependencies.preconfigured.has(id)) {
      throw new HostError(400, `Preconfigured action ${id} can not be updated.`);
    }
    const { typeId } = this.#row(id);
    return this.#put({ id, typeId, ...this.#validate(typeId, draft) }, { isUpdate: true });
  }

  /**
   * @param {string} id
   * @returns {Promise<void>}
   */
  async delete(id) {
    const { preconfigured, store } = this.#dependencies;
    if (preconfigured.has(id)) {
      throw new HostError(400, `Preconfigured action ${id} is not allowed to delete.`);
    }
    const { typeId, config } = this.#row(id);
    store.transaction(() => {
      store.connectors.delete(id);
      store.tokens.delete({ connectorId: id });
    });
    await this.#afterwards(typeId, "postDeleteHook", { connectorId: id, config });
  }

  /**
   * @param {string} id
   * @returns {Promise<Connector>}
   */
  async get(id) {
    const preconfigured = this.#dependencies.preconfigured.get(id);
    return preconfigured ? this.#showPreconfigured(preconfigured) : this.#show(this.#row(id));
  }

  /** @returns {Promise<(Connector & { referencedByCount: number })[]>} sorted by name */
  async list() {
    const { preconfigured, store } = this.#dependencies;
    return [
      ...[...preconfigured.values()].map((connector) => this.#showPreconfigured(connector)),
      ...store.connectors
        .list()
        .filter(({ id }) => !preconfigured.has(id))
        .map((row) => this.#show(row)),
    ]
      .map((connector) => ({ ...connector, referencedByCount: 0 }))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /**
   * For a run only: secrets are in it.
   *
   * @param {string} id
   * @returns {LoadedConnector}
   */
  load(id) {
    const preconfigured = this.#dependencies.preconfigured.get(id);
    if (preconfigured) return structuredClone(preconfigured);
    const row = this.#row(id);
    if (row.isMissingSecrets) {
      throw new HostError(
        400,
        `Unable to execute action because no secrets are defined for the "${row.name}" ` +
          "connector. Those that are stored cannot be decrypted: edit the connector and enter " +
          "them again.",
      );
    }
    return row;
  }

  /** @param {string} id */
  #row(id) {
    const row = this.#dependencies.store.connectors.get(id);
    if (row === undefined) throw new HostError(404, `Saved object [action/${id}] not found`);
    return row;
  }

  /**
   * @param {string} typeId
   * @param {ConnectorDraft} draft
   */
  #validate(typeId, { name, config = {}, secrets = {} }) {
    const { types, validation, configurationUtilities } = this.#dependencies;
    const type = types.get(typeId);
    const valid = {
      name,
      config: validation.config(type, config),
      secrets: validation.secrets(type, secrets),
    };
    validation.connector(type, config, secrets);
    configurationUtilities.ensureActionTypeEnabled(typeId);
    return valid;
  }

  /**
   * @param {LoadedConnector} connector
   * @param {{ isUpdate: boolean }} facts
   */
  async #put(connector, { isUpdate }) {
    const { store } = this.#dependencies;
    const { id: connectorId, typeId, config, secrets } = connector;
    store.transaction(() => {
      store.connectors.put(connector);
      store.tokens.delete({ connectorId });
    });
    const shown = this.#show(this.#row(connectorId));
    const given = { connectorId, config, secrets, isUpdate, wasSuccessful: true };
    await this.#afterwards(typeId, "postSaveHook", given);
    return shown;
  }

  /**
   * Tells a type, if there still is one, what has become of a connector. It cannot be undone any more.
   *
   * @param {string} typeId
   * @param {"postSaveHook" | "postDeleteHook"} hook
   * @param {object} given
   */
  async #afterwards(typeId, hook, given) {
    const { types, logger } = this.#dependencies;
    try {
      const type = /** @type {any} */ (types.find(typeId));
      await type?.[hook]?.({ ...given, logger: logger.get(typeId.replace(/^\./, "")) });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      logger.error(`${hook} of the connector type ${typeId} has failed: ${message}`);
    }
  }

  /** @param {ConnectorRow} row @returns {Connector} */
  #show({ id, name, typeId, config, isMissingSecrets }) {
    return { ...this.#facts({ id, name, typeId, config }), config, isMissingSecrets };
  }

  /** @param {Preconfigured} connector @returns {Connector} */
  #showPreconfigured({ exposeConfig, ...connector }) {
    const shown = { ...this.#facts(connector), isPreconfigured: true };
    return exposeConfig ? { ...shown, config: structuredClone(connector.config) } : shown;
  }

  /** @param {Omit<LoadedConnector, "secrets">} connector */
  #facts({ id, name, typeId, config }) {
    return {
      id,
      name,
      typeId,
      isPreconfigured: false,
      isDeprecated: (config?.usesTableApi ?? BUILT_IN.includes(typeId)) === true,
      isSystemAction: false,
      isConnectorTypeDeprecated: this.#dependencies.types.isDeprecated(typeId),
    };
  }
}

// The connectors: created, changed and deleted as a user does it (kibana-host.md 2 and 9).
//
// Secrets go in and are handed to a run; nothing else ever returns them.

import { randomUUID } from "node:crypto";

import { HostError } from "./errors.js";

/** @typedef {import("./types.js").Connector} Connector */

/**
 * @typedef {object} ConnectorDraft
 * @property {string} name
 * @property {unknown} [config] an empty object when left out
 * @property {unknown} [secrets] an empty object when left out
 */

/** @typedef {Connector & { secrets: any }} StoredConnector */

/**
 * @typedef {object} Dependencies
 * @property {import("./connector_types.js").ConnectorTypes} types
 * @property {import("./validation.js").Validation} validation
 * @property {import("./types.js").ConfigurationUtilities} configurationUtilities
 * @property {import("./types.js").ConnectorTokenClient} tokenClient
 * @property {import("./generation.js").Generation} generation
 */

export class Connectors {
  /** @type {Map<string, StoredConnector>} */
  #stored = new Map();
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
    const valid = this.#validate(typeId, draft);
    if (this.#stored.has(id)) {
      throw new HostError(409, this.#dependencies.generation.idTaken(id));
    }
    return this.#store({ id, typeId, ...valid });
  }

  /**
   * Replaces everything but the type: secrets have to be given again. The connector's tokens
   * belong to the old secrets and are dropped.
   *
   * @param {ConnectorDraft & { id: string }} draft
   * @returns {Promise<Connector>}
   */
  async update({ id, ...draft }) {
    const { typeId } = this.load(id);
    const connector = this.#store({ id, typeId, ...this.#validate(typeId, draft) });
    await this.#dependencies.tokenClient.deleteConnectorTokens({ connectorId: id });
    return connector;
  }

  /**
   * @param {string} id
   * @returns {Promise<void>}
   */
  async delete(id) {
    this.load(id);
    this.#stored.delete(id);
    await this.#dependencies.tokenClient.deleteConnectorTokens({ connectorId: id });
  }

  /**
   * @param {string} id
   * @returns {Promise<Connector>}
   */
  async get(id) {
    return withoutSecrets(this.load(id));
  }

  /**
   * For a run only: secrets are in it.
   *
   * @param {string} id
   * @returns {StoredConnector}
   */
  load(id) {
    const stored = this.#stored.get(id);
    if (stored === undefined) throw new HostError(404, `Saved object [action/${id}] not found`);
    return structuredClone(stored);
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

  /** @param {StoredConnector} connector */
  #store(connector) {
    // Saved objects are JSON: what JSON does not hold is lost.
    const stored = JSON.parse(JSON.stringify(connector));
    this.#stored.set(connector.id, stored);
    return withoutSecrets(structuredClone(stored));
  }
}

/**
 * @param {StoredConnector} connector
 * @returns {Connector}
 */
function withoutSecrets({ secrets: _secrets, ...connector }) {
  return connector;
}

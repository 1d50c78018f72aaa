// Keeps the OAuth tokens of connectors in the store (kibana-host.md 5).

import { randomUUID } from "node:crypto";

import { HostError } from "./errors.js";

/** @typedef {import("./types.js").ConnectorToken} ConnectorToken */

const ACCESS_TOKEN = "access_token";
const DEFAULT_LIFETIME_SECONDS = 3600;

/**
 * @param {object} options
 * @param {import("./store/index.js").Store} options.store
 * @param {() => number} options.now
 * @param {string} options.idPrefix
 * @returns {import("./types.js").ConnectorTokenClient}
 */
export function createTokenClient({ store, now, idPrefix }) {
  const { tokens } = store;

  /** @param {ConnectorToken} token */
  const put = (token) => {
    tokens.put(token);
    // What a write returns does not show the token: it is encrypted by then.
    const { id: _id, token: _token, ...attributes } = token;
    return attributes;
  };

  const time = () => new Date(now()).toISOString();

  /** @param {Parameters<import("./types.js").ConnectorTokenClient["create"]>[0]} token */
  const create = ({ connectorId, token, expiresAtMillis, tokenType = ACCESS_TOKEN }) => {
    const createdAt = time();
    return put({
      id: `${idPrefix}${randomUUID()}`,
      connectorId,
      tokenType,
      token,
      expiresAt: expiresAtMillis,
      createdAt,
      updatedAt: createdAt,
    });
  };

  /** @param {Parameters<import("./types.js").ConnectorTokenClient["update"]>[0]} change */
  const update = ({ id, token, expiresAtMillis, tokenType = ACCESS_TOKEN }) => {
    const facts = tokens.facts(id);
    if (facts === undefined) {
      throw new HostError(404, `Saved object [connector_token/${id}] not found`);
    }
    return put({ ...facts, tokenType, token, expiresAt: expiresAtMillis, updatedAt: time() });
  };

  return {
    async get(query) {
      try {
        const connectorToken = tokens.newest(query) ?? null;
        if (connectorToken !== null && Number.isNaN(Date.parse(connectorToken.expiresAt))) {
          return { hasErrors: true, connectorToken: null };
        }
        return { hasErrors: false, connectorToken };
      } catch {
        return { hasErrors: true, connectorToken: null };
      }
    },

    create: async (token) => create(token),

    update: async (change) => update(change),

    async updateOrReplace({ connectorId, token, newToken, deleteExisting, ...change }) {
      const requestedAt = change.tokenRequestDate ?? now();
      const lifetime = change.expiresInSec ?? DEFAULT_LIFETIME_SECONDS;
      const expiresAtMillis = new Date(requestedAt + lifetime * 1000).toISOString();
      store.transaction(() => {
        if (token !== null) {
          update({ id: token.id, token: newToken, expiresAtMillis });
          return;
        }
        if (deleteExisting) tokens.delete({ connectorId, tokenType: ACCESS_TOKEN });
        create({ connectorId, token: newToken, expiresAtMillis });
      });
    },

    deleteConnectorTokens: async (query) => tokens.delete(query),
  };
}

// Keeps the OAuth tokens of connectors in memory (kibana-host.md 5).

import { randomUUID } from "node:crypto";

import { HostError } from "./errors.js";

/** @typedef {import("./types.js").ConnectorToken} ConnectorToken */

const ACCESS_TOKEN = "access_token";
const DEFAULT_LIFETIME_SECONDS = 3600;

/**
 * @param {object} options
 * @param {() => number} options.now
 * @param {string} options.idPrefix
 * @returns {import("./types.js").ConnectorTokenClient}
 */
export function createTokenClient({ now, idPrefix }) {
  /** @type {Map<string, ConnectorToken>} by id, the oldest update first */
  const tokens = new Map();

  /** @param {ConnectorToken} token */
  const store = (token) => {
    tokens.delete(token.id);
    tokens.set(token.id, token);
    // What a write returns does not show the token: it is encrypted by then.
    const { id: _id, token: _token, ...attributes } = token;
    return attributes;
  };

  const time = () => new Date(now()).toISOString();

  /** @param {{ connectorId: string, tokenType?: string }} query */
  const find = ({ connectorId, tokenType }) =>
    [...tokens.values()].filter(
      (token) =>
        token.connectorId === connectorId &&
        (tokenType === undefined || token.tokenType === tokenType),
    );

  /** @type {import("./types.js").ConnectorTokenClient} */
  const client = {
    async get(query) {
      const newest = find(query).at(-1);
      if (newest === undefined) return { hasErrors: false, connectorToken: null };
      if (Number.isNaN(Date.parse(newest.expiresAt))) {
        return { hasErrors: true, connectorToken: null };
      }
      return { hasErrors: false, connectorToken: { ...newest } };
    },

    async create({ connectorId, token, expiresAtMillis, tokenType = ACCESS_TOKEN }) {
      const createdAt = time();
      return store({
        id: `${idPrefix}${randomUUID()}`,
        connectorId,
        tokenType,
        token,
        expiresAt: expiresAtMillis,
        createdAt,
        updatedAt: createdAt,
      });
    },

    async update({ id, token, expiresAtMillis, tokenType = ACCESS_TOKEN }) {
      const stored = tokens.get(id);
      if (stored === undefined) {
        throw new HostError(404, `Saved object [connector_token/${id}] not found`);
      }
      return store({
        ...stored,
        tokenType,
        token,
        expiresAt: expiresAtMillis,
        updatedAt: time(),
      });
    },

    async updateOrReplace(change) {
      const { connectorId, token, newToken, deleteExisting } = change;
      const requestedAt = change.tokenRequestDate ?? now();
      const lifetime = change.expiresInSec ?? DEFAULT_LIFETIME_SECONDS;
      const expiresAtMillis = new Date(requestedAt + lifetime * 1000).toISOString();
      if (token !== null) {
        await client.update({ id: token.id, token: newToken, expiresAtMillis });
        return;
      }
      if (deleteExisting) {
        await client.deleteConnectorTokens({ connectorId, tokenType: ACCESS_TOKEN });
      }
      await client.create({ connectorId, token: newToken, expiresAtMillis });
    },

    async deleteConnectorTokens(query) {
      for (const { id } of find(query)) tokens.delete(id);
    },
  };
  return client;
}

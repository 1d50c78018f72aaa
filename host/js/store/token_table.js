// The OAuth tokens as rows. A token is encrypted and bound to the rest of its row
// (kibana-host.md 5).

/** @typedef {import("../types.js").ConnectorToken} ConnectorToken */
/** @typedef {Omit<ConnectorToken, "token">} TokenFacts all that may be read */

/** @typedef {ReturnType<typeof createTokenTable>} TokenTable */

/**
 * @param {import("./database.js").Database} database
 * @param {import("./encryption.js").Encryption} encryption
 */
export function createTokenTable(database, encryption) {
  return {
    /**
     * In place of the one with that id, if there is one.
     *
     * @param {ConnectorToken} token
     */
    put(token) {
      const { id, connectorId, tokenType, expiresAt, createdAt, updatedAt } = token;
      const sealed = encryption.seal(token.token, ownerOf(token));
      database.run(
        "INSERT OR REPLACE INTO tokens (id, connector_id, token_type, token, expires_at, " +
          "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [id, connectorId, tokenType, sealed, expiresAt, createdAt, updatedAt],
      );
    },

    /** @param {string} id @returns {TokenFacts | undefined} */
    facts(id) {
      const row = database.get("SELECT * FROM tokens WHERE id = ?", [id]);
      return row && factsOf(row);
    },

    /**
     * @param {{ connectorId: string, tokenType?: string }} query
     * @returns {ConnectorToken | undefined}
     * @throws where it cannot be decrypted
     */
    newest({ connectorId, tokenType }) {
      const row = database.get(
        "SELECT * FROM tokens WHERE connector_id = ? AND token_type = coalesce(?, token_type) " +
          "ORDER BY sequence DESC LIMIT 1",
        [connectorId, tokenType ?? null],
      );
      if (row === undefined) return undefined;
      const facts = factsOf(row);
      return { ...facts, token: encryption.open(row.token, ownerOf(facts)) };
    },

    /** @param {{ connectorId: string, tokenType?: string }} query */
    delete({ connectorId, tokenType }) {
      database.run(
        "DELETE FROM tokens WHERE connector_id = ? AND token_type = coalesce(?, token_type)",
        [connectorId, tokenType ?? null],
      );
    },
  };
}

/** @param {any} row @returns {TokenFacts} */
function factsOf(row) {
  return {
    id: row.id,
    connectorId: row.connector_id,
    tokenType: row.token_type,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** @param {TokenFacts} facts */
function ownerOf({ id, connectorId, tokenType, expiresAt, createdAt, updatedAt }) {
  return ["connector_token", id, connectorId, tokenType, expiresAt, createdAt, updatedAt];
}

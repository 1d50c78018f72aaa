// The connectors as rows. Their secrets are encrypted and bound to the rest of the row: with
// another id, type or config (somebody else's URL) they cannot be read.

/**
 * @typedef {object} ConnectorRow
 * @property {string} id
 * @property {string} name
 * @property {string} typeId
 * @property {any} config
 * @property {any} secrets nothing when they are missing
 * @property {boolean} isMissingSecrets whether what is stored cannot be read
 */

/** @typedef {ReturnType<typeof createConnectorTable>} ConnectorTable */

/**
 * @param {import("./database.js").Database} database
 * @param {import("./encryption.js").Encryption} encryption
 */
export function createConnectorTable(database, encryption) {
  /** @param {any} row @returns {ConnectorRow} */
  const read = ({ id, name, type_id: typeId, config, secrets: sealed }) => {
    const row = { id, name, typeId, config: JSON.parse(config) };
    try {
      const secrets = encryption.open(sealed, ownerOf(id, typeId, config));
      return { ...row, secrets, isMissingSecrets: false };
    } catch {
      return { ...row, secrets: undefined, isMissingSecrets: true };
    }
  };

  return {
    /**
     * In place of the one with that id, if there is one.
     *
     * @param {{ id: string, name: string, typeId: string, config: unknown, secrets: unknown }} row
     */
    put({ id, name, typeId, config, secrets }) {
      const text = JSON.stringify(config ?? null);
      database.run(
        "INSERT OR REPLACE INTO connectors (id, name, type_id, config, secrets) " +
          "VALUES (?, ?, ?, ?, ?)",
        [id, name, typeId, text, encryption.seal(secrets, ownerOf(id, typeId, text))],
      );
    },

    /** @param {string} id @returns {ConnectorRow | undefined} */
    get(id) {
      const row = database.get("SELECT * FROM connectors WHERE id = ?", [id]);
      return row && read(row);
    },

    /** @returns {ConnectorRow[]} */
    list() {
      return database.all("SELECT * FROM connectors").map(read);
    },

    /** @param {string} id */
    delete(id) {
      database.run("DELETE FROM connectors WHERE id = ?", [id]);
    },
  };
}

/**
 * @param {string} id
 * @param {string} typeId
 * @param {string} config as it is stored
 */
function ownerOf(id, typeId, config) {
  return ["connector", typeId, id, config];
}

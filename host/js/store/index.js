// The store: all that has to outlive the process, in one database.
//
//   const key = encryptionKeyFrom({ setting, file: "data/encryption.key" });
//   const store = openStore({ file: "data/host.db", encryptionKey: key });

import { randomBytes } from "node:crypto";

import { createConnectorTable } from "./connector_table.js";
import { Database, MEMORY } from "./database.js";
import { createEncryption } from "./encryption.js";
import { randomEncryptionKey } from "./encryption_key.js";
import { createEventTable } from "./event_table.js";
import { createOccurrenceTable } from "./occurrence_table.js";
import { StoreError } from "./store_error.js";
import { createTaskTable } from "./task_table.js";
import { createTokenTable } from "./token_table.js";

export { encryptionKeyFrom } from "./encryption_key.js";
export { StoreError } from "./store_error.js";

/** @typedef {import("./encryption.js").Encryption} Encryption */
/** @typedef {import("./encryption_key.js").EncryptionKey} EncryptionKey */

/**
 * @typedef {object} Store
 * @property {import("./connector_table.js").ConnectorTable} connectors
 * @property {import("./token_table.js").TokenTable} tokens
 * @property {import("./task_table.js").TaskTable} tasks
 * @property {import("./event_table.js").EventTable} events
 * @property {import("./occurrence_table.js").OccurrenceTable} occurrences
 * @property {Database["transaction"]} transaction
 * @property {() => boolean} isOpen
 * @property {() => void} close once the host that uses it has stopped
 */

/**
 * @param {object} [options]
 * @param {string} [options.file] made with mode 600 where it does not exist; in memory when left
 *   out
 * @param {EncryptionKey} [options.encryptionKey] needed for a file
 * @returns {Store}
 * @throws {StoreError}
 */
export function openStore({ file = MEMORY, encryptionKey } = {}) {
  if (file !== MEMORY && encryptionKey === undefined) {
    throw new TypeError("a store in a file needs an encryptionKey: see encryptionKeyFrom");
  }
  const database = new Database(file);
  try {
    const encryption = encryptionFor(database, encryptionKey ?? randomEncryptionKey());
    return {
      connectors: createConnectorTable(database, encryption),
      tokens: createTokenTable(database, encryption),
      tasks: createTaskTable(database),
      events: createEventTable(database),
      occurrences: createOccurrenceTable(database),
      transaction: (change) => database.transaction(change),
      isOpen: () => database.isOpen(),
      close: () => database.close(),
    };
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

const SALT = "salt";
const CHECK = "check";

/**
 * The key is tried here, once, rather than on every secret later.
 *
 * @param {Database} database
 * @param {EncryptionKey} key
 * @returns {Encryption}
 */
function encryptionFor(database, key) {
  const salt = readMeta(database, SALT);
  const check = readMeta(database, CHECK);
  if (salt === undefined || check === undefined) {
    const fresh = randomBytes(16);
    const encryption = createEncryption(key.deriveFor(fresh));
    database.transaction(() => {
      writeMeta(database, SALT, fresh);
      writeMeta(database, CHECK, encryption.seal(CHECK, [CHECK]));
    });
    return encryption;
  }
  const encryption = createEncryption(key.deriveFor(salt));
  try {
    encryption.open(check, [CHECK]);
  } catch {
    throw new StoreError(
      "KEY_DOES_NOT_FIT",
      `the database ${database.file} was made with another key than ${key.origin}`,
      "start with the key that it was made with; if that is lost, move the database away, and " +
        "create the connectors anew",
    );
  }
  return encryption;
}

/**
 * @param {Database} database
 * @param {string} name
 * @returns {Buffer | undefined}
 */
function readMeta(database, name) {
  const row = database.get("SELECT value FROM meta WHERE name = ?", [name]);
  return row && Buffer.from(row.value);
}

/**
 * @param {Database} database
 * @param {string} name
 * @param {Uint8Array} value
 */
function writeMeta(database, name, value) {
  database.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", [name, value]);
}

// The embedded database: one file, one process, every change on the disk before it counts as made.
//
// The tables are others' business: what is here would be the same for any.

import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";

import Libsql from "libsql";

import { messageOf } from "../errors.js";
import { MIGRATIONS } from "./schema.js";
import { StoreError } from "./store_error.js";

/** What is not a file: it ends with the process. */
export const MEMORY = ":memory:";

/** @typedef {string | number | Uint8Array | null} Value */

export class Database {
  #connection;
  /** @type {Map<string, import("libsql").Statement<[readonly Value[]]>>} */
  #statements = new Map();
  /** What made SQLite end the transaction under way. @type {{ thrown: unknown } | undefined} */
  #ended;
  /** Where it is, for messages. */
  file;

  /** @param {string} file a path, or `:memory:` */
  constructor(file) {
    this.file = file;
    if (file !== MEMORY) makePrivate(file);
    this.#connection = connect(file);
  }

  /**
   * @param {string} sql
   * @param {readonly Value[]} [values]
   * @returns {any} the first row
   */
  get(sql, values = []) {
    return this.#run(sql, (statement) => statement.get(values));
  }

  /**
   * @param {string} sql
   * @param {readonly Value[]} [values]
   * @returns {any[]}
   */
  all(sql, values = []) {
    return this.#run(sql, (statement) => statement.all(values));
  }

  /**
   * @param {string} sql
   * @param {readonly Value[]} [values]
   * @returns {{ changes: number, lastInsertRowid: number | bigint }}
   */
  run(sql, values = []) {
    return this.#run(sql, (statement) => statement.run(values));
  }

  /**
   * All of it is stored, or nothing. One inside another is part of that.
   *
   * @template T
   * @param {() => T} change must not wait for anything
   * @returns {T}
   */
  transaction(change) {
    this.#ensureOpen();
    if (this.#connection.inTransaction) return change();
    try {
      return transact(this.#connection, "IMMEDIATE", () => {
        const made = change();
        // The change may have gone on after an error that it did not hand on.
        if (this.#ended) throw this.#ended.thrown;
        return made;
      });
    } finally {
      this.#ended = undefined;
    }
  }

  isOpen() {
    return this.#connection.open;
  }

  /**
   * Leaves a single file. Its lock is given up by hand: libsql keeps the connection for as long as
   * a statement of it waits to be collected.
   */
  close() {
    if (!this.#connection.open) return;
    this.#statements.clear();
    try {
      if (this.file !== MEMORY) release(this.#connection);
    } finally {
      this.#connection.close();
    }
  }

  /** A run that outlives the stop may still write; libsql would end the process. */
  #ensureOpen() {
    if (!this.#connection.open) throw new Error(`the database ${this.file} is closed`);
  }

  /**
   * A full disk ends a transaction, and what came before is undone: nothing more may be stored of
   * it, and the first error says why.
   *
   * @template T
   * @param {string} sql
   * @param {(statement: import("libsql").Statement<[readonly Value[]]>) => T} use
   * @returns {T}
   */
  #run(sql, use) {
    this.#ensureOpen();
    if (this.#ended) throw this.#ended.thrown;
    const { inTransaction } = this.#connection;
    try {
      return use(this.#prepare(sql));
    } catch (thrown) {
      if (inTransaction && !this.#connection.inTransaction) this.#ended = { thrown };
      throw thrown;
    }
  }

  /** @param {string} sql */
  #prepare(sql) {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * The files that SQLite puts beside the database get its mode.
 *
 * @param {string} file
 */
function makePrivate(file) {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // A file that is there is not opened: closing any descriptor of it would end SQLite's lock.
    if (existsSync(file)) chmodSync(file, 0o600);
    else closeSync(openSync(file, "wx", 0o600));
  } catch (thrown) {
    throw new StoreError(
      "DATABASE_UNREADABLE",
      `the database ${file} can neither be opened nor made (${messageOf(thrown)})`,
      "let it belong to the user that runs this process, in a folder where that user may write",
    );
  }
}

/** @param {string} file */
function connect(file) {
  let connection;
  try {
    connection = new Libsql(file);
    // One process at a time: SQLite keeps the lock until the connection or the process ends.
    connection.exec("PRAGMA locking_mode = EXCLUSIVE");
    connection.exec("PRAGMA journal_mode = WAL");
    connection.exec("PRAGMA synchronous = FULL");
    const { quick_check: found } = pragma(connection, "quick_check(1)");
    if (found !== "ok") throw damaged(file, found);
    migrate(connection, file);
    return connection;
  } catch (thrown) {
    connection?.close();
    throw refusal(file, thrown);
  }
}

/** @param {import("libsql").Database} connection */
function release(connection) {
  // SQLite does not give up an exclusive lock while there is a write-ahead log.
  pragma(connection, "journal_mode = DELETE");
  connection.exec("PRAGMA locking_mode = NORMAL");
  pragma(connection, "user_version");
}

/**
 * @param {import("libsql").Database} connection
 * @param {string} file
 */
function migrate(connection, file) {
  transact(connection, "EXCLUSIVE", () => {
    const { user_version: version } = pragma(connection, "user_version");
    if (version > MIGRATIONS.length) {
      throw new StoreError(
        "DATABASE_TOO_NEW",
        `the database ${file} has version ${version}, and this host knows ${MIGRATIONS.length}`,
        "start the newer host that made it, or name another file",
      );
    }
    for (const step of MIGRATIONS.slice(version)) connection.exec(step);
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/**
 * libsql's own would hide what went wrong where SQLite has rolled back already.
 *
 * @template T
 * @param {import("libsql").Database} connection
 * @param {"IMMEDIATE" | "EXCLUSIVE"} mode
 * @param {() => T} change
 * @returns {T}
 */
function transact(connection, mode, change) {
  connection.exec(`BEGIN ${mode}`);
  try {
    const made = change();
    connection.exec("COMMIT");
    return made;
  } catch (thrown) {
    if (connection.inTransaction) {
      try {
        connection.exec("ROLLBACK");
      } catch {
        // What came first is what has to be known.
      }
    }
    throw thrown;
  }
}

/**
 * @param {import("libsql").Database} connection
 * @param {string} name
 * @returns {any} its first row
 */
function pragma(connection, name) {
  return connection.prepare(`PRAGMA ${name}`).get([]);
}

/**
 * @param {string} file
 * @param {unknown} thrown
 */
function refusal(file, thrown) {
  const { code } = /** @type {{ code?: string }} */ (thrown);
  if (thrown instanceof StoreError) return thrown;
  if (code === "SQLITE_BUSY" || code === "SQLITE_LOCKED") {
    return new StoreError(
      "DATABASE_IN_USE",
      `the database ${file} is in use by another process`,
      "stop the host that runs already, or name another file",
    );
  }
  if (code === "SQLITE_NOTADB" || code?.startsWith("SQLITE_CORRUPT")) {
    return damaged(file, messageOf(thrown));
  }
  return new StoreError(
    "DATABASE_UNREADABLE",
    `the database ${file} cannot be opened (${messageOf(thrown)})`,
    "see that the disk has room and this process may write there",
  );
}

/**
 * @param {string} file
 * @param {string} how
 */
function damaged(file, how) {
  return new StoreError(
    "DATABASE_DAMAGED",
    `the database ${file} is damaged or none (${how})`,
    "put back a copy of it; without one, move it away, and create the connectors anew",
  );
}

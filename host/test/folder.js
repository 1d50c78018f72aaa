// A folder of a test's own, and what may be in it.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { encryptionKeyFrom, openStore } from "servicenow-itsm-host";

/** @type {import("servicenow-itsm-host").Store[]} */
const opened = [];

/**
 * @param {import("node:test").TestContext} t
 * @returns {string}
 */
export function temporaryFolder(t) {
  const folder = mkdtempSync(path.join(tmpdir(), "host-"));
  t.after(() => {
    for (const store of opened.splice(0)) store.close();
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** @param {string} folder its store is closed at the end of the test, if it is open then */
export function openStoreIn(folder) {
  const encryptionKey = encryptionKeyFrom({ file: path.join(folder, "key") });
  const store = openStore({ file: databaseIn(folder), encryptionKey });
  opened.push(store);
  return store;
}

/** @param {string} folder */
export function databaseIn(folder) {
  return path.join(folder, "host.db");
}

/** @param {string} file @returns {number} its permissions */
export function modeOf(file) {
  return statSync(file).mode & 0o777;
}

/** @param {string} folder @returns {Buffer} every byte in it */
export function bytesIn(folder) {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(path.join(folder, name))));
}

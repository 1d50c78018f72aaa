import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import Libsql from "libsql";
import {
  createCollectingLogger,
  createHost,
  encryptionKeyFrom,
  openStore,
} from "servicenow-itsm-host";

import { fakeType } from "./fake_type.js";
import { bytesIn, databaseIn, modeOf, openStoreIn, temporaryFolder } from "./folder.js";

/** @typedef {import("servicenow-itsm-host").Store} Store */

/** @param {Store} store @param {Partial<import("servicenow-itsm-host").HostOptions>} [options] */
function hostOn(store, options) {
  const host = createHost({ store, ...options });
  host.registerType(fakeType());
  return host;
}

/** @param {string} id */
function draft(id) {
  const config = { apiUrl: "https://sn.example.com" };
  return { id, name: `Name of ${id}`, typeId: ".fake", config, secrets: { password: "hunter2" } };
}

/**
 * Changes a closed database behind the store's back.
 *
 * @param {string} folder
 * @param {string} sql
 */
function tamper(folder, sql) {
  const connection = new Libsql(databaseIn(folder));
  connection.exec(sql);
  connection.close();
}

describe("a store in a file", () => {
  it("keeps connectors, tokens and tasks for the next process", async (t) => {
    const folder = temporaryFolder(t);
    const before = openStoreIn(folder);
    const host = hostOn(before);
    const connector = await host.createConnector(draft("c"));
    const token = { connectorId: "c", token: "Bearer t", expiresAtMillis: "2030-01-01T00:00:00Z" };
    await host.connectorTokenClient.create(token);
    const action = {
      connectorId: "c",
      params: { text: "hi {{name}}" },
      variables: { name: "Ada" },
    };
    const { taskId } = await host.scheduleRuleAction(action);
    before.close();

    const after = openStoreIn(folder);
    const next = hostOn(after);
    assert.deepEqual(await next.getConnector("c"), connector);
    const stored = await next.connectorTokenClient.get({ connectorId: "c" });
    assert.equal(stored.connectorToken?.token, "Bearer t");
    assert.equal((await next.getTask(taskId)).state, "waiting");
    const { data } = await next.execute({ connectorId: "c", params: { text: "hi" } });
    assert.deepEqual(data, { loud: false, text: "hi" });
  });

  it("is for nobody else to read, nor is the folder it makes", (t) => {
    const folder = path.join(temporaryFolder(t), "data");
    openStoreIn(folder);
    assert.equal(modeOf(folder), 0o700);
    assert.equal(modeOf(databaseIn(folder)), 0o600);
    assert.equal(modeOf(`${databaseIn(folder)}-wal`), 0o600);
  });

  it("is closed to others again when it was open to them", (t) => {
    const folder = temporaryFolder(t);
    openStoreIn(folder).close();
    chmodSync(databaseIn(folder), 0o644);
    openStoreIn(folder).close();
    assert.equal(modeOf(databaseIn(folder)), 0o600);
  });

  it("is a single file once it is closed", (t) => {
    const folder = temporaryFolder(t);
    openStoreIn(folder).close();
    assert.equal(existsSync(`${databaseIn(folder)}-wal`), false);
  });

  it("can be closed twice", (t) => {
    const store = openStoreIn(temporaryFolder(t));
    store.close();
    assert.doesNotThrow(store.close);
  });

  it("needs a key", (t) => {
    const file = databaseIn(temporaryFolder(t));
    assert.throws(() => openStore({ file }), { name: "TypeError", message: /encryptionKey/ });
  });
});

describe("opening a store", () => {
  it("is refused while it is open here or in another process", (t) => {
    const folder = temporaryFolder(t);
    const store = openStoreIn(folder);
    const inUse = {
      code: "DATABASE_IN_USE",
      message:
        `the database ${databaseIn(folder)} is in use by another process: stop the host that ` +
        "runs already, or name another file",
    };
    assert.throws(() => openStoreIn(folder), inUse);
    const script =
      'import { openStoreIn } from "./host/test/folder.js"; openStoreIn(process.argv[1]);';
    const other = () =>
      spawnSync(process.execPath, ["--input-type=module", "-e", script, folder], {
        cwd: fileURLToPath(new URL("../..", import.meta.url)),
        encoding: "utf8",
      });
    assert.match(other().stderr, /StoreError: the database .* is in use by another process/);
    store.close();
    assert.equal(other().stderr, "");
  });

  it("is refused with another key, and the right one still fits", (t) => {
    const folder = temporaryFolder(t);
    openStoreIn(folder).close();
    const file = databaseIn(folder);
    const encryptionKey = encryptionKeyFrom({ setting: "another key of thirty-two characters" });
    assert.throws(() => openStore({ file, encryptionKey }), {
      code: "KEY_DOES_NOT_FIT",
      message:
        `the database ${file} was made with another key than the setting ` +
        "xpack.encryptedSavedObjects.encryptionKey: start with the key that it was made with; if " +
        "that is lost, move the database away, and create the connectors anew",
    });
    assert.doesNotThrow(() => openStoreIn(folder).close());
  });

  it("is refused for a file that is no database, which is left as it is", (t) => {
    const folder = temporaryFolder(t);
    const text = "no database, whatever its name says. ".repeat(100);
    writeFileSync(databaseIn(folder), text);
    assert.throws(() => openStoreIn(folder), {
      code: "DATABASE_DAMAGED",
      message: /is damaged or none \(.*\): put back a copy of it/,
    });
    assert.ok(bytesIn(folder).includes(text));
  });

  it("is refused for a database that is damaged inside", async (t) => {
    const folder = temporaryFolder(t);
    const store = openStoreIn(folder);
    const host = hostOn(store);
    for (let n = 0; n < 50; n += 1) await host.createConnector(draft(`c${n}`));
    store.close();
    const bytes = readFileSync(databaseIn(folder));
    writeFileSync(databaseIn(folder), bytes.fill(0xff, 8192));
    assert.throws(() => openStoreIn(folder), { code: "DATABASE_DAMAGED" });
  });

  it("is refused for a database of a newer host", (t) => {
    const folder = temporaryFolder(t);
    openStoreIn(folder).close();
    tamper(folder, "PRAGMA user_version = 99");
    assert.throws(() => openStoreIn(folder), {
      code: "DATABASE_TOO_NEW",
      message: /has version 99, and this host knows \d+: start the newer host that made it/,
    });
  });

  it("is refused where no file can be made", (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(path.join(folder, "file"), "");
    const file = path.join(folder, "file", "host.db");
    const encryptionKey = encryptionKeyFrom({ file: path.join(folder, "key") });
    assert.throws(() => openStore({ file, encryptionKey }), { code: "DATABASE_UNREADABLE" });
  });
});

describe("secrets at rest", () => {
  const SECRET = /hunter2|Bearer t0k3n/;

  it("are in no file in clear, and in no event and no log entry", async (t) => {
    const folder = temporaryFolder(t);
    const store = openStoreIn(folder);
    const logger = createCollectingLogger();
    const host = hostOn(store, { logger });
    await host.createConnector(draft("c"));
    const token = { connectorId: "c", expiresAtMillis: "2030-01-01T00:00:00Z" };
    await host.connectorTokenClient.create({ ...token, token: "Bearer t0k3n" });
    await host.execute({ connectorId: "c", params: { text: "hi" } });
    await host.execute({ connectorId: "c", params: {} });
    assert.doesNotMatch(bytesIn(folder).toString("latin1"), SECRET);
    assert.match(bytesIn(folder).toString("latin1"), /Name of c/, "what is not secret is there");
    assert.doesNotMatch(JSON.stringify([await host.events(), logger.entries]), SECRET);
    store.close();
    assert.doesNotMatch(bytesIn(folder).toString("latin1"), SECRET);
  });

  it("are encrypted anew each time", async (t) => {
    const folder = temporaryFolder(t);
    const store = openStoreIn(folder);
    await hostOn(store).createConnector(draft("a"));
    await hostOn(store).updateConnector(draft("a"));
    await hostOn(store).createConnector(draft("b"));
    store.close();
    const connection = new Libsql(databaseIn(folder));
    const rows = connection.prepare("SELECT hex(secrets) AS sealed FROM connectors").all();
    connection.close();
    const sealed = rows.map((row) => /** @type {{ sealed: string }} */ (row).sealed);
    const nonces = new Set(sealed.map((hex) => hex.slice(0, 24)));
    assert.equal(nonces.size, 2);
  });

  for (const { change, sql } of [
    {
      change: "copied from another connector",
      sql: "UPDATE connectors SET secrets = (SELECT secrets FROM connectors WHERE id = 'other')",
    },
    {
      change: "given to another address",
      sql: `UPDATE connectors SET config = '{"apiUrl":"https://evil.example.com"}'`,
    },
    { change: "given to another type", sql: "UPDATE connectors SET type_id = '.other'" },
    { change: "cut off", sql: "UPDATE connectors SET secrets = x'00'" },
    {
      change: "changed in their last byte",
      sql:
        "UPDATE connectors SET secrets = CAST(substr(secrets, 1, length(secrets) - 1) || " +
        "CASE substr(secrets, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)",
    },
  ]) {
    it(`cannot be read once they are ${change}`, async (t) => {
      const folder = temporaryFolder(t);
      const before = openStoreIn(folder);
      await hostOn(before).createConnector(draft("c"));
      await hostOn(before).createConnector({ ...draft("other"), secrets: { password: "other" } });
      before.close();
      tamper(folder, `${sql} WHERE id = 'c'`);

      const store = openStoreIn(folder);
      const host = hostOn(store);
      host.registerType(fakeType({ id: ".other" }));
      assert.equal((await host.getConnector("c")).isMissingSecrets, true);
      assert.equal((await host.getConnector("other")).isMissingSecrets, false);
      const refused = {
        statusCode: 400,
        message:
          'Unable to execute action because no secrets are defined for the "Name of c" ' +
          "connector. Those that are stored cannot be decrypted: edit the connector and enter " +
          "them again.",
      };
      const run = { connectorId: "c", params: { text: "hi" } };
      await assert.rejects(host.execute(run), refused);
      await assert.rejects(host.scheduleRuleAction({ ...run, variables: {} }), refused);

      await host.updateConnector(draft("c"));
      assert.equal((await host.getConnector("c")).isMissingSecrets, false);
      assert.equal((await host.execute(run)).status, "ok");
    });
  }

  it("a token that cannot be read is reported as an error, and can be replaced", async (t) => {
    const folder = temporaryFolder(t);
    const before = openStoreIn(folder);
    const token = { connectorId: "c", token: "Bearer t", expiresAtMillis: "2030-01-01T00:00:00Z" };
    await hostOn(before).connectorTokenClient.create(token);
    before.close();
    tamper(folder, "UPDATE tokens SET expires_at = '2040-01-01T00:00:00Z'");

    const store = openStoreIn(folder);
    const client = hostOn(store).connectorTokenClient;
    const unreadable = { hasErrors: true, connectorToken: null };
    assert.deepEqual(await client.get({ connectorId: "c" }), unreadable);
    const change = { connectorId: "c", token: null, newToken: "new", deleteExisting: true };
    await client.updateOrReplace(change);
    assert.equal((await client.get({ connectorId: "c" })).connectorToken?.token, "new");
  });
});

// The store against the death of its process: what was acknowledged is there, and nothing is half
// there.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { createHost } from "servicenow-itsm-host";

import { Database } from "../js/store/database.js";
import { createClock } from "./clock.js";
import { fakeType } from "./fake_type.js";
import { databaseIn, openStoreIn, temporaryFolder } from "./folder.js";

/** @typedef {import("./kill_child.js").Said} Said */
/** @typedef {import("servicenow-itsm-host").Store} Store */

const KILLS = 6;

/**
 * Lets a host store until it has said so many things, kills it in whatever it does then, and
 * returns everything that it has said.
 *
 * @param {string} folder
 * @param {number} begin
 * @param {number} lines
 * @returns {Promise<Said[]>}
 */
async function storeAndDie(folder, begin, lines) {
  const script = fileURLToPath(new URL("kill_child.js", import.meta.url));
  const child = spawn(process.execPath, [script, folder, String(begin)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  /** @type {Said[]} */
  const said = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line));
    if (said.length === lines) child.kill("SIGKILL");
  }
  const [, signal] = await closed;
  assert.equal(signal, "SIGKILL", "the host must not have ended by itself");
  return said;
}

/** All that was acknowledged so far, over every process. */
class Ledger {
  /** @type {Map<string, number>} */
  connectors = new Map();
  /** @type {Map<string, number>} */
  tokens = new Map();
  /** @type {Set<string>} */
  tasks = new Set();
  /** By lane, what ran in it. @type {Map<string, number[]>} */
  ran = new Map();
  last = 0;

  /** @param {Said} said */
  add(said) {
    if ("ran" in said) {
      this.ran.set(said.lane, [...(this.ran.get(said.lane) ?? []), Number(said.ran)]);
      return;
    }
    this.last = said.version;
    if ("connector" in said) this.connectors.set(said.connector, said.version);
    if ("token" in said) this.tokens.set(said.token, said.version);
    if ("task" in said) this.tasks.add(said.task);
  }
}

/** @param {string} folder */
function assertIntact(folder) {
  const database = new Database(databaseIn(folder));
  assert.equal(database.get("PRAGMA integrity_check").integrity_check, "ok");
  const count = (/** @type {string} */ rows) =>
    database.get(`SELECT count(*) AS count FROM ${rows}`).count;
  const enqueued = count("events WHERE action = 'enqueued'");
  assert.equal(count("tasks"), enqueued, "a task and the event of it are stored together");
  database.close();
}

/**
 * @param {Store} store
 * @param {Ledger} ledger
 */
function assertStored(store, ledger) {
  for (const row of store.connectors.list()) {
    const { version } = row.config;
    assert.equal(row.name, `version ${version}`);
    assert.equal(row.secrets.password, `password ${version}`);
    const acknowledged = ledger.connectors.get(row.id) ?? 0;
    assert.ok(version >= acknowledged, `${row.id}: ${version} is older than ${acknowledged}`);
    const token = store.tokens.newest({ connectorId: row.id })?.token;
    if (ledger.tokens.get(row.id) === version) assert.equal(token, `token ${version}`);
    else assert.ok(token === undefined || token === `token ${version}`, `stale: ${token}`);
  }
  for (const id of ledger.connectors.keys()) assert.ok(store.connectors.get(id), id);
  for (const id of ledger.tasks) assert.ok(store.tasks.get(id), id);
}

test("a host that is killed while it stores loses nothing that it acknowledged", async (t) => {
  const folder = temporaryFolder(t);
  const ledger = new Ledger();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const lines = 1 + Math.floor(Math.random() * 40);
    for (const said of await storeAndDie(folder, ledger.last, lines)) ledger.add(said);
    assertIntact(folder);
    const store = openStoreIn(folder);
    assertStored(store, ledger);
    store.close();
  }
  assert.ok(ledger.tasks.size > 0);

  const store = openStoreIn(folder);
  const { now, setTimer, advance } = createClock();
  const host = createHost({ store, now: () => Date.now() + now(), setTimer });
  host.registerType(
    fakeType({
      executor: async ({ actionId, params }) => ledger.add({ ran: params.text, lane: actionId }),
    }),
  );
  host.start();
  await advance(60_000);
  const { waiting, running, failed } = host.counts().tasks;
  assert.deepEqual({ waiting, running, failed }, { waiting: 0, running: 0, failed: 0 });
  for (const [lane, ran] of ledger.ran) {
    assert.deepEqual(
      ran,
      ran.toSorted((a, b) => a - b),
      `${lane}: nothing overtakes`,
    );
  }
});

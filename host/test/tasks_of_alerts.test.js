// Tasks that are retried until a time, as those of alerts from outside are: nobody says them again.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createCollectingLogger, createHost, openStore } from "servicenow-itsm-host";

import { Database } from "../js/store/database.js";
import { createTaskTable } from "../js/store/task_table.js";
import { fakeType } from "./fake_type.js";
import { MINUTE, OK, setUp } from "./tasks.js";

/** @typedef {import("servicenow-itsm-host").ExecutorResult} ExecutorResult */

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const AWAY = /** @type {const} */ ({ status: "error", message: "away", retry: true });

/**
 * A host whose service is away until it is called back.
 *
 * @param {ExecutorResult} [failure]
 */
async function setUpAway(failure = AWAY) {
  const service = { isAway: true };
  const store = openStore();
  const logger = createCollectingLogger();
  const host = await setUp(() => (service.isAway ? failure : OK), { store, logger });
  /**
   * @param {string} text
   * @param {string} [alert]
   */
  const tell = async (text, alert = "web-1") => {
    const params = { text, subActionParams: { incident: { correlation_id: alert } } };
    const source = /** @type {const} */ ({ type: "HTTP_REQUEST", source: "webhook prod" });
    const action = { connectorId: "c", params, variables: {}, source, retryForMs: DAY };
    return (await host.host.scheduleRuleAction(action)).taskId;
  };
  host.host.start();
  return { ...host, service, store, logger, tell };
}

describe("a task that is retried for a day", () => {
  it("outlives hours without the service, and goes on soon after, in order", async () => {
    const { clock, ran, service, state, tell } = await setUpAway();
    const alert = await tell("alert");
    await clock.advance(6 * MINUTE);
    const recovery = await tell("recovery");
    await clock.advance(20 * HOUR);
    assert.deepEqual([await state(alert), await state(recovery)], ["waiting", "waiting"]);
    assert.ok(!ran.includes("recovery"), "a retry holds back what follows");
    assert.ok(ran.length > 80 && ran.length < 170, `${ran.length} attempts`);
    service.isAway = false;
    await clock.advance(15 * MINUTE);
    assert.deepEqual([await state(alert), await state(recovery)], ["succeeded", "succeeded"]);
  });

  it("fails for good after that day, is counted, and named in the log", async () => {
    const { host, clock, logger, state, story, tell } = await setUpAway();
    const alert = await tell("alert");
    await clock.advance(DAY - 20 * MINUTE);
    assert.equal(await state(alert), "waiting");
    await clock.advance(20 * MINUTE);
    assert.equal(await state(alert), "failed");
    const { attempts } = await host.getTask(alert);
    assert.equal(
      (await story(alert)).at(-1),
      `task-failed ${attempts} after ${attempts} attempts: away`,
    );
    assert.equal(host.counts().tasksFailed, 1);
    const warnings = logger.entries.filter(({ message }) => /for good/.test(String(message)));
    assert.deepEqual(
      warnings.map(({ level, message }) => [level, message]),
      [
        [
          "warn",
          `task ${alert} of connector c (One) for alert web-1 from webhook prod has failed for ` +
            `good: after ${attempts} attempts: away`,
        ],
      ],
    );
    assert.equal(clock.pending(), 0);
  });

  it("ends at once when the result forbids a retry", async () => {
    const { clock, ran, state, tell } = await setUpAway({ ...AWAY, retry: false });
    const alert = await tell("alert");
    await clock.advance(DAY);
    assert.equal(await state(alert), "failed");
    assert.equal(ran.length, 1);
  });

  it("makes no attempts without a pause where the result names a time that is over", async () => {
    const { clock, ran, tell } = await setUpAway({ ...AWAY, retry: new Date(0) });
    await tell("alert");
    await clock.advance(HOUR);
    assert.ok(ran.length < 15, `${ran.length} attempts`);
  });

  it("shows when the next attempt is, and until when there are any", async () => {
    const { host, clock, story, tell } = await setUpAway();
    const id = await tell("alert");
    await clock.advance(0);
    const { attempts, runAt, retryUntil } = await host.getTask(id);
    const at = "1970-01-01T00:00:22.500Z";
    const until = "1970-01-02T00:00:00.000Z";
    assert.deepEqual([attempts, runAt, retryUntil], [1, at, until]);
    const next = `retry-scheduled 1 attempt 2 at ${at}; retried until ${until}`;
    assert.equal((await story(id)).at(-1), next);
  });

  it("has the attempts of any task when the host was away as well", async () => {
    const { host, clock, state, tell } = await setUpAway();
    await host.stop();
    const id = await tell("alert");
    await clock.advance(2 * DAY);
    host.start();
    await clock.advance(HOUR);
    assert.equal(await state(id), "failed");
    assert.equal((await host.getTask(id)).attempts, 3);
  });
});

describe("the end of the process while the service is away", () => {
  it("keeps the attempts and the time of the next one", async () => {
    const { host, clock, store, tell } = await setUpAway();
    const id = await tell("alert");
    await clock.advance(3 * HOUR);
    await host.stop();
    const { now, setTimer } = clock;
    const next = createHost({ store, now, setTimer });
    next.registerType(fakeType());
    next.start();
    assert.deepEqual(await next.getTask(id), await host.getTask(id));
    await clock.advance(15 * MINUTE);
    assert.equal((await next.getTask(id)).state, "succeeded");
  });

  it("during an attempt is made up for, however many attempts were before", async () => {
    const { clock, store, tell } = await setUpAway();
    const id = await tell("alert");
    await clock.advance(3 * HOUR);
    const before = store.tasks.get(id);
    assert.ok(Number(before?.attempts) > 10);
    const cutOff = store.tasks.claim(Number(before?.runAt));
    assert.equal(cutOff?.id, id);
    const { now, setTimer } = clock;
    const next = createHost({ store, now, setTimer });
    next.registerType(fakeType());
    next.start();
    await clock.advance(0);
    assert.equal((await next.getTask(id)).state, "succeeded");
  });
});

describe("the tasks of an outage", () => {
  it("are looked up by index, however many they are", () => {
    const database = new Database(":memory:");
    /** @type {string[]} */
    const statements = [];
    const { run, get, all } = database;
    for (const [name, call] of Object.entries({ run, get, all })) {
      Object.assign(database, {
        [name]: (/** @type {string} */ sql, /** @type {any} */ values) => {
          statements.push(sql);
          return call.call(database, sql, values);
        },
      });
    }
    const tasks = createTaskTable(database);
    const task = { connectorId: "c", connectorName: "One", typeId: ".fake", lane: "web-1" };
    tasks.add({ ...task, id: "a", params: {}, maxAttempts: 3, createdAt: 0 });
    tasks.claim(0);
    tasks.wait("a", { now: 0, runAt: 5 }, AWAY);
    tasks.bringForward(0);
    tasks.nextRunAt();
    tasks.get("a");
    tasks.end("a", "succeeded", OK);
    for (const sql of new Set(statements)) {
      const values = Array.from(sql.matchAll(/\?/g), () => 0);
      const plan = all.call(database, `EXPLAIN QUERY PLAN ${sql}`, values);
      for (const { detail } of plan) {
        assert.doesNotMatch(detail, /tasks_by_state|TEMP B-TREE|SCAN tasks$/, sql);
      }
    }
    assert.equal(tasks.counts().succeeded, 1);
  });
});

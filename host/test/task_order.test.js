import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Database } from "../js/store/database.js";
import { createTaskTable } from "../js/store/task_table.js";
import { gates, MINUTE, OK, SECOND, setUp } from "./tasks.js";

describe("tasks of one connector and correlation ID", () => {
  it("run one after the other, and a retry holds back those behind it", async () => {
    const failing = new Set(["alert"]);
    const { host, clock, ran, schedule } = await setUp(({ params }) =>
      failing.delete(params.text) ? { status: "error" } : OK,
    );
    host.start();
    await schedule("alert", "web-1");
    await schedule("again", "web-1");
    await schedule("recovery", "web-1");
    await clock.advance(29 * SECOND);
    assert.deepEqual(ran, ["alert"]);
    await clock.advance(SECOND);
    assert.deepEqual(ran, ["alert", "alert", "again", "recovery"]);
  });

  it("wait for the one that runs", async () => {
    const { open, act } = gates();
    const { host, clock, ran, schedule, state } = await setUp(act);
    host.start();
    const first = await schedule("alert", "web-1");
    const second = await schedule("recovery", "web-1");
    await clock.advance(MINUTE);
    assert.deepEqual([await state(first), await state(second)], ["running", "waiting"]);
    open("alert");
    await clock.advance(0);
    assert.deepEqual(ran, ["alert", "recovery"]);
    assert.deepEqual([await state(first), await state(second)], ["succeeded", "running"]);
  });

  it("go on when one of them has failed for good", async () => {
    const { host, clock, ran, schedule } = await setUp(({ params }) =>
      params.text === "alert" ? { status: "error", retry: false } : OK,
    );
    host.start();
    await schedule("alert", "web-1");
    await schedule("recovery", "web-1");
    await clock.advance(0);
    assert.deepEqual(ran, ["alert", "recovery"]);
  });

  it("hold back no others", async () => {
    const { host, clock, ran, schedule } = await setUp(gates().act);
    const config = { apiUrl: "https://sn.example.com" };
    await host.createConnector({ id: "d", name: "Two", typeId: ".fake", config });
    host.start();
    await schedule("one", "web-1");
    await schedule("other incident", "web-2");
    await schedule("no incident");
    await schedule("no incident either");
    await schedule("blank", " ");
    await schedule("blank too", " ");
    await host.scheduleRuleAction({
      connectorId: "d",
      params: {
        text: "other connector",
        subActionParams: { incident: { correlation_id: "web-1" } },
      },
      variables: {},
    });
    await clock.advance(0);
    assert.equal(ran.length, 7);
  });

  it("are those whose correlation ID is the same once it is rendered", async () => {
    const { host, clock, ran } = await setUp(gates().act, {
      type: {
        renderParameterTemplates: (_logger, params, variables) => ({
          ...params,
          subActionParams: { incident: { correlation_id: `rule:${variables.alert}` } },
        }),
      },
    });
    host.start();
    for (const alert of ["a", "b", "a"]) {
      await host.scheduleRuleAction({
        connectorId: "c",
        params: { text: alert },
        variables: { alert },
      });
    }
    await clock.advance(0);
    assert.deepEqual(ran, ["a", "b"]);
  });
});

describe("many tasks", () => {
  it("run ten at a time", async () => {
    const { open, act } = gates();
    const { host, clock, ran, schedule } = await setUp(act);
    host.start();
    for (let n = 0; n < 25; n += 1) await schedule(`task ${n}`);
    await clock.advance(0);
    assert.equal(ran.length, 10);
    assert.deepEqual(host.counts().tasks, { waiting: 15, running: 10, succeeded: 0, failed: 0 });
    open("task 3");
    await clock.advance(0);
    assert.equal(ran.length, 11);
  });

  it("run as many at a time as the host is made for", async () => {
    const { host, clock, ran, schedule } = await setUp(gates().act, { concurrency: 2 });
    host.start();
    for (let n = 0; n < 5; n += 1) await schedule(`task ${n}`);
    await clock.advance(0);
    assert.deepEqual(ran, ["task 0", "task 1"]);
  });

  it("are kept when they have ended, a bounded number of them", () => {
    const tasks = createTaskTable(new Database(":memory:"), 2);
    const task = { connectorId: "c", connectorName: "One", typeId: ".fake", lane: null };
    for (const id of ["waits", "a", "b", "c"]) {
      tasks.add({ ...task, id, params: {}, maxAttempts: 3, createdAt: 0 });
    }
    for (const id of ["a", "b", "c"]) tasks.end(id, "succeeded", OK);
    assert.deepEqual(
      ["waits", "a", "b", "c"].map((id) => tasks.get(id)?.state),
      ["waiting", undefined, "succeeded", "succeeded"],
    );
  });
});

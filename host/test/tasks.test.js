import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createHost, openStore } from "servicenow-itsm-host";

import { createClock } from "./clock.js";
import { fakeType } from "./fake_type.js";
import { MINUTE, OK, SECOND, setUp } from "./tasks.js";

/** @typedef {import("servicenow-itsm-host").ExecutorOptions} ExecutorOptions */

describe("a scheduled action", () => {
  it("is stored rendered, and waits until the host starts", async () => {
    const { host, clock, ran, state } = await setUp();
    const { taskId } = await host.scheduleRuleAction({
      connectorId: "c",
      params: { text: "Hello {{name}}" },
      variables: { name: "Ada" },
    });
    await clock.advance(MINUTE);
    assert.deepEqual(ran, []);
    assert.equal(await state(taskId), "waiting");
    host.start();
    await clock.advance(0);
    assert.deepEqual(ran, ["Hello Ada"]);
    assert.equal(await state(taskId), "succeeded");
  });

  it("can be followed from its creation to its result", async () => {
    const { host, clock, schedule } = await setUp(({ params }) => ({ ...OK, data: params }));
    await clock.advance(SECOND);
    const id = await schedule("hi");
    const waiting = {
      id,
      connectorId: "c",
      state: "waiting",
      attempts: 0,
      maxAttempts: 3,
      retryUntil: null,
      runAt: "1970-01-01T00:00:01.000Z",
      createdAt: "1970-01-01T00:00:01.000Z",
      result: null,
    };
    assert.deepEqual(await host.getTask(id), waiting);
    host.start();
    await clock.advance(SECOND);
    assert.deepEqual(await host.getTask(id), {
      ...waiting,
      state: "succeeded",
      attempts: 1,
      result: { status: "ok", data: { loud: false, text: "hi" } },
    });
    await assert.rejects(host.getTask("none"), {
      statusCode: 404,
      message: "Saved object [task/none] not found",
    });
  });

  it("tells its executor the attempt, when the first one began, and the source", async () => {
    /** @type {ExecutorOptions[]} */
    const seen = [];
    const { host, clock } = await setUp((run) => {
      seen.push(run);
      return { status: "error" };
    });
    const source = /** @type {const} */ ({ type: "BACKGROUND_TASK", source: "webhook" });
    const action = { connectorId: "c", params: { text: "hi" }, variables: {}, source };
    const { taskId } = await host.scheduleRuleAction(action);
    await clock.advance(SECOND);
    host.start();
    await clock.advance(30 * SECOND);
    const begun = new Date(SECOND);
    assert.deepEqual(
      seen.map(({ taskInfo }) => taskInfo),
      [
        { scheduled: new Date(0), attempts: 1, begun },
        { scheduled: new Date(31 * SECOND), attempts: 2, begun },
      ],
    );
    assert.deepEqual(seen[0]?.source, source);
    const sources = (await host.events({ taskId })).map((event) => event.source);
    assert.deepEqual(new Set(sources), new Set(["BACKGROUND_TASK"]));
  });

  it("is refused where it could never run", async () => {
    const { host } = await setUp();
    const action = { params: { text: "hi" }, variables: {} };
    await assert.rejects(host.scheduleRuleAction({ ...action, connectorId: "none" }), {
      statusCode: 404,
    });
    const store = openStore();
    await setUp(undefined, { store });
    const disabled = createHost({ store, settings: { enabledActionTypes: [] } });
    disabled.registerType(fakeType());
    await assert.rejects(disabled.scheduleRuleAction({ ...action, connectorId: "c" }), {
      statusCode: 403,
    });
    assert.equal(store.tasks.counts().waiting, 0);
  });

  it("is not scheduled when it could not be stored", async () => {
    const store = openStore();
    const { schedule, host } = await setUp(undefined, { store });
    store.tasks.add = () => {
      throw new Error("disk full");
    };
    await assert.rejects(schedule("hi"), { message: "disk full" });
    assert.deepEqual(await host.events(), []);
  });
});

describe("a failed attempt", () => {
  it("is followed by others, at growing distances, up to the type's limit", async () => {
    /** @type {number[]} */
    const times = [];
    const clock = createClock();
    const { host, schedule, state, story } = await setUp(
      () => {
        times.push(clock.now() / SECOND);
        return { status: "error", message: "no", serviceMessage: "busy" };
      },
      { clock, type: { maxAttempts: 4 } },
    );
    host.start();
    const id = await schedule("hi");
    await clock.advance(30 * SECOND);
    assert.equal(await state(id), "waiting");
    await clock.advance(60 * MINUTE);
    assert.deepEqual(times, [0, 30, 30 + 150, 30 + 150 + 300]);
    assert.equal(await state(id), "failed");
    assert.deepEqual(await story(id), [
      "enqueued",
      "execute 1 no",
      "retry-scheduled 1 attempt 2 of 4 at 1970-01-01T00:00:30.000Z",
      "execute 2 no",
      "retry-scheduled 2 attempt 3 of 4 at 1970-01-01T00:03:00.000Z",
      "execute 3 no",
      "retry-scheduled 3 attempt 4 of 4 at 1970-01-01T00:08:00.000Z",
      "execute 4 no",
      "task-failed 4 after 4 attempts: no",
    ]);
    assert.equal((await host.getTask(id)).result.serviceMessage, "busy");
    assert.equal(host.counts().retries, 3);
    assert.equal(clock.pending(), 0, "nothing is left to wait for");
  });

  it("is the last where the settings say so", async () => {
    const { host, clock, ran, schedule, state } = await setUp(() => ({ status: "error" }), {
      settings: { run: { connectorTypeOverrides: [{ id: ".fake", maxAttempts: 1 }] } },
    });
    host.start();
    const id = await schedule("hi");
    await clock.advance(60 * MINUTE);
    assert.equal(await state(id), "failed");
    assert.equal(ran.length, 1);
  });

  it("is the last when the result forbids a retry", async () => {
    const result = /** @type {const} */ ({ status: "error", message: "no", retry: false });
    const { host, clock, ran, schedule, story } = await setUp(() => result);
    host.start();
    const id = await schedule("hi");
    await clock.advance(60 * MINUTE);
    assert.equal(ran.length, 1);
    assert.deepEqual(await story(id), ["enqueued", "execute 1 no", "task-failed 1 no"]);
  });

  it("is repeated at the time that the result names, days later too", async () => {
    const later = 3 * 24 * 60 * MINUTE;
    const { host, clock, ran, schedule, state } = await setUp(({ taskInfo }) =>
      taskInfo?.attempts === 1 ? { status: "error", retry: new Date(later) } : OK,
    );
    host.start();
    const id = await schedule("hi");
    await clock.advance(later - 1);
    assert.equal(ran.length, 1);
    assert.equal((await host.getTask(id)).runAt, "1970-01-04T00:00:00.000Z");
    await clock.advance(1);
    assert.equal(await state(id), "succeeded");
    assert.ok(clock.longest() <= 5 * MINUTE, "Node's timers end at once when they are too long");
  });

  it("may be one that threw, or whose params were refused", async () => {
    const { host, clock, schedule, state } = await setUp(({ taskInfo }) => {
      if (taskInfo?.attempts === 1) throw new Error("down");
      return OK;
    });
    host.start();
    const id = await schedule("hi");
    await clock.advance(30 * SECOND);
    assert.equal(await state(id), "succeeded");

    const refused = await setUp(undefined, { type: { renderParameterTemplates: () => ({}) } });
    refused.host.start();
    const bad = await refused.schedule("hi");
    await refused.clock.advance(60 * MINUTE);
    const { attempts, state: end } = await refused.host.getTask(bad);
    assert.deepEqual([attempts, end], [3, "failed"]);
  });

  it("is given up after five minutes, and what it would still say is not waited for", async () => {
    /** @type {AbortSignal[]} */
    const signals = [];
    const { host, clock, schedule, state, story } = await setUp(({ taskInfo, signal }) => {
      if (signal) signals.push(signal);
      return taskInfo?.attempts === 1 ? new Promise(() => {}) : OK;
    });
    host.start();
    const id = await schedule("hi");
    await clock.advance(5 * MINUTE - 1);
    assert.equal(await state(id), "running");
    assert.equal(signals[0]?.aborted, false);
    await clock.advance(1);
    assert.equal(await state(id), "waiting");
    assert.equal(signals[0]?.aborted, true);
    await clock.advance(30 * SECOND);
    assert.equal(await state(id), "succeeded");
    assert.deepEqual(await story(id), [
      "enqueued",
      "execute-timeout 1 the action did not end within 5 minutes",
      "retry-scheduled 1 attempt 2 of 3 at 1970-01-01T00:05:30.000Z",
      "execute 2",
    ]);
    assert.equal(host.counts().timeouts, 1);
  });
});

describe("a task that cannot run any more", () => {
  it("ends when its connector was deleted", async () => {
    const { host, clock, ran, schedule, story, state } = await setUp();
    const id = await schedule("hi");
    await host.deleteConnector("c");
    host.start();
    await clock.advance(0);
    assert.deepEqual(ran, []);
    assert.equal(await state(id), "failed");
    const message = "Saved object [action/c] not found: it was deleted after this was scheduled";
    assert.deepEqual(await story(id), ["enqueued", `task-failed 1 ${message}`]);
    const [event] = await host.events({ taskId: id });
    assert.equal(event?.connectorName, "One");
    assert.deepEqual((await host.getTask(id)).result, {
      actionId: "c",
      status: "error",
      message,
      retry: false,
      errorSource: "user",
    });
  });

  it("ends when its type was disabled, or is not registered any more", async () => {
    for (const { options, types, message } of [
      {
        options: { settings: { enabledActionTypes: [".other"] } },
        types: [fakeType()],
        message:
          'action type ".fake" is not enabled in the Kibana config ' +
          "xpack.actions.enabledActionTypes",
      },
      { options: {}, types: [], message: 'Action type ".fake" is not registered.' },
    ]) {
      const store = openStore();
      const { clock, schedule } = await setUp(undefined, { store });
      const id = await schedule("hi");
      const { now, setTimer } = clock;
      const next = createHost({ store, now, setTimer, ...options });
      for (const type of types) next.registerType(type);
      next.start();
      await clock.advance(0);
      const [event] = await next.events({ taskId: id });
      assert.deepEqual([event?.action, event?.message], ["task-failed", message]);
      assert.equal((await next.getTask(id)).state, "failed");
    }
  });
});

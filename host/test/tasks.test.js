import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createCollectingLogger, createHost, openStore } from "servicenow-itsm-host";

import { Database } from "../js/store/database.js";
import { createTaskTable } from "../js/store/task_table.js";
import { createClock } from "./clock.js";
import { fakeType, hostWithConnector } from "./fake_type.js";

/** @typedef {import("servicenow-itsm-host").ConnectorType} ConnectorType */
/** @typedef {import("servicenow-itsm-host").ExecutorOptions} ExecutorOptions */
/** @typedef {import("servicenow-itsm-host").ExecutorResult} ExecutorResult */
/** @typedef {import("servicenow-itsm-host").HostOptions} HostOptions */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const OK = /** @type {const} */ ({ status: "ok" });

/**
 * A host on a clock of the test's, with a connector and all that it ran, by the text of the action.
 *
 * @param {(run: ExecutorOptions) => Promise<ExecutorResult> | ExecutorResult} [act]
 * @param {HostOptions & { type?: Partial<ConnectorType>, clock?: ReturnType<typeof createClock> }} [options]
 */
async function setUp(act = () => OK, { type, clock = createClock(), ...options } = {}) {
  /** @type {string[]} */
  const ran = [];
  const executor = async (/** @type {ExecutorOptions} */ run) => {
    ran.push(run.params.text);
    return act(run);
  };
  const { now, setTimer } = clock;
  const host = await hostWithConnector(
    { executor, ...type },
    { now, setTimer, random: () => 0.5, ...options },
  );
  /**
   * @param {string} text
   * @param {string} [correlationId]
   */
  const schedule = async (text, correlationId) => {
    const incident = { correlation_id: correlationId };
    const params = { text, ...(correlationId && { subActionParams: { incident } }) };
    return (await host.scheduleRuleAction({ connectorId: "c", params, variables: {} })).taskId;
  };
  /** @param {string} taskId */
  const state = async (taskId) => (await host.getTask(taskId)).state;
  /** @param {string} taskId oldest first, without what every run has */
  const story = async (taskId) =>
    (await host.events({ taskId }))
      .reverse()
      .filter(({ action }) => action !== "execute-start")
      .map(({ action, attempt, message }) => [action, attempt, message].filter(Boolean).join(" "));
  return { host, clock, ran, schedule, state, story };
}

/** What a test lets end when it likes. */
function gates() {
  /** @type {Map<string, (result: ExecutorResult) => void>} */
  const open = new Map();
  return {
    open: (/** @type {string} */ text, /** @type {ExecutorResult} */ result = OK) =>
      open.get(text)?.(result),
    /** @param {ExecutorOptions} run @returns {Promise<ExecutorResult>} */
    act: ({ params }) => new Promise((resolve) => open.set(params.text, resolve)),
  };
}

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

  it("tells its executor the attempt and the source", async () => {
    /** @type {ExecutorOptions[]} */
    const seen = [];
    const { host, clock } = await setUp((run) => {
      seen.push(run);
      return { status: "error" };
    });
    const source = /** @type {const} */ ({ type: "BACKGROUND_TASK", source: "webhook" });
    const action = { connectorId: "c", params: { text: "hi" }, variables: {}, source };
    const { taskId } = await host.scheduleRuleAction(action);
    host.start();
    await clock.advance(30 * SECOND);
    assert.deepEqual(
      seen.map(({ taskInfo }) => taskInfo),
      [
        { scheduled: new Date(0), attempts: 1 },
        { scheduled: new Date(30 * SECOND), attempts: 2 },
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

describe("the end of the process during an attempt", () => {
  /** The first process never ends what it began, and the second finds the store as it was. */
  async function cutOff(/** @type {HostOptions} */ options = {}) {
    const store = openStore();
    const clock = createClock();
    const first = await setUp(gates().act, { store, clock, ...options });
    first.host.start();
    const alert = await first.schedule("alert", "web-1");
    const recovery = await first.schedule("recovery", "web-1");
    await clock.advance(0);
    assert.equal(await first.state(alert), "running");
    /** @param {Partial<ConnectorType>} [overrides] */
    const restart = (overrides) => {
      const { now, setTimer } = clock;
      const host = createHost({ store, now, setTimer, random: () => 0.5 });
      host.registerType(fakeType(overrides));
      host.start();
      return host;
    };
    return { ...first, alert, recovery, clock, restart };
  }

  it("is made up for by another attempt, in order, and the one that was cut off counts", async () => {
    const { alert, recovery, clock, restart, story } = await cutOff();
    /** @type {string[]} */
    const ran = [];
    const host = restart({ executor: async ({ params }) => void ran.push(params.text) });
    await clock.advance(0);
    assert.deepEqual(ran, ["alert", "recovery"]);
    const { state, attempts } = await host.getTask(alert);
    assert.deepEqual([state, attempts], ["succeeded", 2]);
    assert.equal((await host.getTask(recovery)).attempts, 1);
    assert.deepEqual(await story(alert), [
      "enqueued",
      "task-interrupted 1 the host ended during attempt 1: it is run again",
      "execute 2",
    ]);
  });

  it("loses nothing where the attempt was the last", async () => {
    const { alert, clock, restart } = await cutOff({ settings: { run: { maxAttempts: 1 } } });
    const host = restart();
    await clock.advance(0);
    assert.equal((await host.getTask(alert)).state, "succeeded");
  });

  it("does not go on for ever with a task that may be what ends it", async () => {
    const { alert, recovery, clock, restart } = await cutOff({
      settings: { run: { maxAttempts: 1 } },
    });
    const never = /** @type {const} */ ({ executor: () => new Promise(() => {}) });
    for (const attempts of [2, 3]) {
      const host = restart(never);
      await clock.advance(0);
      assert.equal((await host.getTask(alert)).attempts, attempts);
    }
    const host = restart();
    await clock.advance(0);
    const { state, result } = await host.getTask(alert);
    assert.equal(state, "failed");
    assert.equal(result.message, "the host ended during attempt 3, as it did before");
    assert.equal((await host.getTask(recovery)).state, "succeeded");
  });
});

describe("stopping", () => {
  it("waits for what runs and begins nothing more", async () => {
    const { open, act } = gates();
    const { host, clock, ran, schedule, state } = await setUp(act);
    host.start();
    const first = await schedule("alert", "web-1");
    const second = await schedule("recovery", "web-1");
    await clock.advance(0);
    let stopped = false;
    const stop = host.stop({ timeoutMs: SECOND }).then(() => {
      stopped = true;
    });
    await clock.advance(SECOND - 1);
    assert.equal(stopped, false);
    open("alert");
    await stop;
    assert.equal(await state(first), "succeeded");
    const third = await schedule("later");
    await clock.advance(MINUTE);
    assert.deepEqual(ran, ["alert"]);
    assert.deepEqual([await state(second), await state(third)], ["waiting", "waiting"]);
    assert.equal(clock.pending(), 0);
  });

  it("aborts what does not end in time, and the next start runs it again", async () => {
    /** @type {AbortSignal | undefined} */
    let signal;
    const { open, act } = gates();
    const { host, clock, ran, schedule, state } = await setUp((run) => {
      signal ??= run.signal;
      return act(run);
    });
    host.start();
    const id = await schedule("alert");
    await clock.advance(0);
    const stop = host.stop({ timeoutMs: SECOND });
    await clock.advance(SECOND);
    await stop;
    assert.equal(signal?.aborted, true);
    assert.equal(clock.pending(), 0);
    open("alert", { status: "error", retry: false });
    await clock.advance(0);
    assert.equal(await state(id), "running", "its late end does not count");
    host.start();
    await clock.advance(0);
    assert.deepEqual(ran, ["alert", "alert"]);
    open("alert");
    await clock.advance(0);
    assert.equal(await state(id), "succeeded");
  });

  it("is done at once where nothing runs", async () => {
    const { host } = await setUp();
    await host.stop();
    host.start();
    await host.stop();
  });

  it("leaves a second start without effect on what runs", async () => {
    const { host, clock, ran, schedule } = await setUp(gates().act);
    host.start();
    await schedule("alert");
    await clock.advance(0);
    host.start();
    await clock.advance(0);
    assert.deepEqual(ran, ["alert"]);
  });
});

describe("a store that takes nothing for a while", () => {
  it("delays tasks and loses none", async () => {
    const store = openStore();
    const logger = createCollectingLogger();
    const { host, clock, ran, schedule, state } = await setUp(undefined, { store, logger });
    const { claim } = store.tasks;
    const id = await schedule("hi");
    store.tasks.claim = () => {
      throw new Error("disk full");
    };
    host.start();
    await clock.advance(0);
    assert.ok(
      logger.entries.some(
        ({ message }) => message === "the tasks could not be worked on: disk full",
      ),
    );
    store.tasks.claim = claim;
    await clock.advance(MINUTE);
    assert.deepEqual(ran, ["hi"]);
    assert.equal(await state(id), "succeeded");
  });

  it("is told the end of an attempt later, which is not repeated", async () => {
    const store = openStore();
    const { host, clock, ran, schedule, state } = await setUp(undefined, { store });
    const { end } = store.tasks;
    store.tasks.end = () => {
      throw new Error("disk full");
    };
    host.start();
    const first = await schedule("alert", "web-1");
    const second = await schedule("recovery", "web-1");
    await clock.advance(0);
    assert.equal(await state(first), "running");
    store.tasks.end = end;
    await clock.advance(MINUTE);
    assert.deepEqual([await state(first), await state(second)], ["succeeded", "succeeded"]);
    assert.deepEqual(ran, ["alert", "recovery"]);
  });

  it("keeps a result that is no JSON without its data", async () => {
    const { host, clock, schedule } = await setUp(() => ({ ...OK, data: 1n }));
    host.start();
    const id = await schedule("hi");
    await clock.advance(0);
    assert.deepEqual((await host.getTask(id)).result, { status: "ok" });
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createCollectingLogger, createHost, openStore } from "servicenow-itsm-host";

import { createClock } from "./clock.js";
import { fakeType } from "./fake_type.js";
import { gates, MINUTE, OK, SECOND, setUp } from "./tasks.js";

/** @typedef {import("servicenow-itsm-host").ConnectorType} ConnectorType */
/** @typedef {import("servicenow-itsm-host").HostOptions} HostOptions */

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

  it("keeps the result of the attempt before it, until there is another", async () => {
    const { open, act } = gates();
    const store = openStore();
    const clock = createClock();
    const { host, schedule } = await setUp(act, { store, clock });
    host.start();
    const id = await schedule("hi");
    await clock.advance(0);
    open("hi", { status: "error", message: "busy" });
    await clock.advance(30 * SECOND);
    assert.equal((await host.getTask(id)).state, "running");
    const next = createHost({ store, now: clock.now, setTimer: () => () => {} });
    next.start();
    const { state, result } = await next.getTask(id);
    assert.deepEqual([state, result.message], ["waiting", "busy"]);
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

  it("aborts what does not end in time, and runs it again when ServiceNow must be done with it", async () => {
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
    assert.equal(await state(id), "waiting", "its late end does not count");
    host.start();
    await clock.advance(5 * MINUTE - 1);
    assert.deepEqual(ran, ["alert"]);
    await clock.advance(1);
    assert.deepEqual(ran, ["alert", "alert"]);
    open("alert");
    await clock.advance(0);
    assert.equal(await state(id), "succeeded");
  });

  it("is no reason to give a task up, however often it comes", async () => {
    const { host, clock, schedule, state } = await setUp(() => new Promise(() => {}));
    const id = await schedule("alert");
    for (let attempt = 1; attempt <= 10; attempt++) {
      host.start();
      await clock.advance(0);
      assert.deepEqual([await state(id), (await host.getTask(id)).attempts], ["running", attempt]);
      const stop = host.stop({ timeoutMs: SECOND });
      await clock.advance(SECOND);
      await stop;
      await clock.advance(5 * MINUTE);
    }
    assert.equal(await state(id), "waiting");
  });

  it("lets what it has aborted end in silence once the store is closed", async () => {
    const store = openStore();
    const logger = createCollectingLogger();
    const { open, act } = gates();
    const { host, clock, schedule } = await setUp(act, { store, logger });
    host.start();
    await schedule("alert");
    await clock.advance(0);
    const stop = host.stop({ timeoutMs: SECOND });
    await clock.advance(SECOND);
    await stop;
    store.close();
    open("alert");
    await clock.advance(0);
    const alarms = logger.entries.filter(({ level }) => level === "warn" || level === "error");
    assert.deepEqual(alarms, []);
  });

  it("leaves no timer of a retry, which the next start makes up for", async () => {
    const { host, clock, ran, schedule } = await setUp(() => ({ status: "error" }));
    host.start();
    await schedule("alert");
    await clock.advance(0);
    assert.equal(clock.pending(), 1);
    await host.stop();
    assert.equal(clock.pending(), 0);
    await clock.advance(60 * MINUTE);
    assert.equal(ran.length, 1);
    host.start();
    await clock.advance(0);
    assert.equal(ran.length, 2);
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

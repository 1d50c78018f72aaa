// What waits for its time, when the clock is set back meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openStore } from "servicenow-itsm-host";

import { createClock } from "./clock.js";
import { MINUTE, OK, SECOND, setUp } from "./tasks.js";

const HOUR = 60 * MINUTE;

/** @param {Parameters<typeof setUp>[1]} [options] */
const failingOnce = (options) =>
  setUp(({ taskInfo }) => (taskInfo?.attempts === 1 ? { status: "error" } : OK), options);

/** A clock that shows a time of day as others do. */
async function clockAt(/** @type {number} */ time) {
  const clock = createClock();
  await clock.advance(time);
  return clock;
}

test("a retry is not later than it was to be, and holds its lane no longer", async () => {
  const clock = await clockAt(10 * HOUR);
  const { host, ran, schedule } = await failingOnce({ clock });
  host.start();
  await schedule("alert", "web-1");
  await schedule("recovery", "web-1");
  await clock.advance(0);
  clock.set(7 * HOUR);
  await clock.advance(29 * SECOND);
  assert.deepEqual(ran, ["alert"]);
  await clock.advance(MINUTE);
  assert.deepEqual(ran.slice(0, 3), ["alert", "alert", "recovery"]);
});

test("a task that was scheduled before the clock was set back is due at once", async () => {
  const clock = await clockAt(10 * HOUR);
  const { host, ran, schedule } = await setUp(undefined, { clock });
  await schedule("alert");
  clock.set(7 * HOUR);
  host.start();
  await clock.advance(0);
  assert.deepEqual(ran, ["alert"]);
});

test("a host that was stopped when the clock was set back notices after its start", async () => {
  const clock = await clockAt(10 * HOUR);
  const store = openStore();
  const { host, ran, schedule } = await failingOnce({ clock, store });
  host.start();
  const id = await schedule("alert");
  await clock.advance(0);
  await host.stop();
  clock.set(7 * HOUR);
  host.start();
  await clock.advance(0);
  assert.equal((await host.getTask(id)).runAt, "1970-01-01T07:00:30.000Z");
  await clock.advance(30 * SECOND);
  assert.deepEqual(ran, ["alert", "alert"]);
});

test("a time that the result names is as far away as before", async () => {
  const clock = await clockAt(10 * HOUR);
  const retry = new Date(12 * HOUR);
  const { host, ran, schedule } = await setUp(() => ({ status: "error", retry }), { clock });
  host.start();
  await schedule("alert");
  await clock.advance(0);
  clock.set(7 * HOUR);
  await clock.advance(2 * HOUR - 1);
  assert.equal(ran.length, 1);
  await clock.advance(MINUTE + 1);
  assert.equal(ran.length, 2);
});

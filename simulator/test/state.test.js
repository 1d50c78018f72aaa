import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { startSimulator } from "servicenow-simulator";

/** @import { Simulator } from "servicenow-simulator" */

const STAGING = "/api/now/import/x_elas2_inc_int_elastic_incident";
const authorization = `Basic ${Buffer.from("elastic:changeme").toString("base64")}`;

/** @type {Simulator[]} */
const running = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** @param {import("../js/types.js").Options} [options] */
async function start(options) {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

/**
 * @param {Simulator} simulator
 * @param {string} id
 */
async function opened(simulator, id) {
  const response = await fetch(`${simulator.url}${STAGING}`, {
    method: "POST",
    headers: { authorization, accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ u_correlation_id: id }),
  });
  const text = await response.text();
  return [response.status, text.replaceAll(simulator.url, "")];
}

test("a simulator goes on where another one was, with ids, faults and clock", async () => {
  const original = await start({ now: Date.UTC(2024, 4, 6) });
  original.faults.inject({ fault: "edge-error", every: 2 });
  original.faults.inject({ fault: "rate-limited", probability: 0.4 });
  await opened(original, "a");
  const copy = await start({ state: original.save() });
  assert.equal(copy.now(), original.now());
  assert.deepEqual(copy.incidents(), original.incidents());
  for (const id of ["b", "a", "c", "d", "e"]) {
    assert.deepEqual(await opened(copy, id), await opened(original, id));
  }
  const same = copy.save().replaceAll(copy.url, original.url) === original.save();
  assert.ok(same, "both hold the same");
});

test("a clock that runs goes on running, as far ahead as it was", async () => {
  const original = await start();
  original.advance(3_600_000);
  const copy = await start({ state: original.save() });
  assert.ok(Math.abs(copy.now() - Date.now() - 3_600_000) < 60_000);
  const standing = await start({ state: original.save(), now: 1_000 });
  assert.equal(standing.now(), 1_000);
});

test("a running simulator can load a state", async () => {
  const original = await start();
  await opened(original, "a");
  const other = await start();
  other.load(original.save());
  assert.deepEqual(other.incidents(), original.incidents());
  assert.throws(() => other.load("{}"), /no saved state/);
  assert.equal(other.incidents().length, 1);
});

test("what is no state, or stands beside a set-up, is refused", async () => {
  const state = (await start()).save();
  for (const [options, message] of /** @type {[any, RegExp][]} */ ([
    [{ state: "" }, /state: this is no saved state/],
    [{ state: state.replace('"version":1', '"version":9') }, /version 9.*reads version 1/],
    [{ state: state.replace(/"clock":\{[^}]*\}/, '"clock":null') }, /no saved state.*clock must/],
    [{ state: { version: 1 } }, /state must be the text/],
    [{ state, users: [] }, /leave out users/],
  ])) {
    await assert.rejects(startSimulator(options), message);
  }
});

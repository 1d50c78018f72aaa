// An action that a host runs again, after it was cut off: what was done before is not done twice.

import assert from "node:assert/strict";
import { it } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import { createCollectingLogger, createHost } from "servicenow-itsm-host";
import { basic, simulate } from "./support/simulated.js";

const PARAMS = {
  subAction: "pushToService",
  subActionParams: {
    incident: { short_description: "Disk is full", correlation_id: "disk:web-1" },
    comments: [{ commentId: "1", comment: "91 % used\n\nof /data (the large one)" }],
  },
};

/**
 * Runs an action as the attempt of that number, or outside of any task.
 *
 * @param {{ url: string }} simulator
 * @param {boolean} [usesTableApi]
 */
async function hostOf({ url }, usesTableApi = false) {
  const logger = createCollectingLogger();
  const host = createHost({ logger });
  const type = getConnectorType();
  host.registerType(type);
  const { config, secrets } = basic(url);
  const connector = { config: { ...config, usesTableApi }, secrets };
  const { id } = await host.createConnector({ name: "c", typeId: type.id, ...connector });
  const run = (/** @type {number | undefined} */ attempts, params = /** @type {any} */ (PARAMS)) =>
    host.execute({
      connectorId: id,
      params,
      ...(attempts !== undefined && { taskInfo: { scheduled: new Date(), attempts } }),
    });
  const warnings = () =>
    logger.entries.filter(({ level }) => level === "warn").map(({ message }) => message);
  return { run, warnings };
}

it("a second attempt adds no comment that the incident has", async (t) => {
  const simulator = await simulate(t);
  const { run } = await hostOf(simulator);
  for (const attempts of [1, 2, 3]) {
    const { status, data } = await run(attempts);
    assert.equal(status, "ok");
    assert.deepEqual(
      data.comments.map((/** @type {any} */ comment) => comment.commentId),
      ["1"],
    );
  }
  assert.equal(simulator.incidents()[0]?.journal.length, 1);
});

for (const committed of [true, false]) {
  it(`a comment whose answer is lost, ${committed ? "" : "not "}written, is there once in the end`, async (t) => {
    const simulator = await simulate(t);
    simulator.faults.inject({
      fault: "cut-off",
      variant: "reset-first",
      methods: ["POST"],
      nth: 2,
      committed,
    });
    const { run } = await hostOf(simulator);
    const before = Date.now();
    const { status, retry } = await run(1);
    // The instance may be at work on it until then.
    const isLater = Number(retry) >= before + 5 * 60_000;
    assert.ok(status === "error" && isLater, `${status} ${retry}`);
    assert.equal((await run(2)).status, "ok");
    assert.equal(simulator.incidents()[0]?.journal.length, 1);
  });
}

it("where nobody counts attempts, an action that may have added its comment is not run again", async (t) => {
  const simulator = await simulate(t);
  simulator.faults.inject({ fault: "cut-off", variant: "reset-first", methods: ["POST"], nth: 2 });
  const { run } = await hostOf(simulator);
  const { status, retry } = await run(undefined);
  assert.deepEqual({ status, retry }, { status: "error", retry: false });
});

it("an alert that fires again adds its comment each time", async (t) => {
  const simulator = await simulate(t);
  const { run } = await hostOf(simulator);
  for (const attempts of [1, 1, undefined]) assert.equal((await run(attempts)).status, "ok");
  assert.equal(simulator.incidents()[0]?.journal.length, 3);
});

it("where the notes cannot be read, a second attempt adds its comment and warns", async (t) => {
  const simulator = await simulate(t, { unreadableFields: ["incident.work_notes"] });
  const { run, warnings } = await hostOf(simulator);
  await run(1);
  assert.deepEqual(warnings(), []);
  await run(2);
  assert.equal(simulator.incidents()[0]?.journal.length, 2);
  assert.match(warnings().join("\n"), /^The work notes of the incident .* cannot be read/);
});

for (const { minutes, why } of [
  { minutes: 60, why: "longer ago than any first attempt" },
  { minutes: 3, why: "by what is remembered of the first attempt" },
]) {
  it(`a second attempt adds a comment that the alert has said before this action, ${why}`, async (t) => {
    const simulator = await simulate(t);
    const { run } = await hostOf(simulator);
    simulator.setNow(Date.now() - minutes * 60_000);
    assert.equal((await run(1)).status, "ok");
    simulator.setNow(Date.now());
    simulator.faults.inject({ fault: "edge-error", variant: "503", methods: ["POST"], nth: 1 });
    assert.equal((await run(1)).status, "error");
    assert.equal((await run(2)).status, "ok");
    assert.equal(simulator.incidents()[0]?.journal.length, 2);
  });
}

it("a second attempt of a recovery leaves the incident alone that the alert has opened since", async (t) => {
  const simulator = await simulate(t);
  const { run } = await hostOf(simulator, true);
  const incident = { short_description: "Disk is full", correlation_id: "disk:web-1" };
  const firing = { subAction: "pushToService", subActionParams: { incident } };
  const { correlation_id } = incident;
  const recovery = {
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id } },
  };
  await run(1, firing);
  // Closed, and nobody can tell.
  simulator.faults.inject({ fault: "cut-off", methods: ["PATCH"], nth: 1, committed: true });
  simulator.faults.inject({ fault: "edge-error", variant: "503", methods: ["GET"], nth: 2 });
  assert.equal((await run(1, recovery)).status, "error");
  await run(1, firing);
  assert.equal((await run(2, recovery)).status, "ok");
  assert.deepEqual(
    simulator.incidents().map(({ state }) => state),
    ["7", "1"],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { openStore } from "servicenow-itsm-host";
import { hostWithConnector } from "./fake_type.js";

/** @param {string} connectorId */
const action = (connectorId) => ({
  connectorId,
  params: { text: "{{name}}" },
  variables: { name: "web-1" },
});

test("several actions are scheduled together, each with its task", async () => {
  const host = await hostWithConnector();
  const { taskIds } = await host.scheduleRuleActions(() => [action("c"), action("c")]);
  assert.equal(new Set(taskIds).size, 2);
  assert.equal(host.counts().tasks.waiting, 2);
  assert.deepEqual(await host.scheduleRuleActions(() => []), { taskIds: [] });
});

test("where one action cannot be scheduled, none is", async () => {
  const host = await hostWithConnector();
  const makeActions = () => [action("c"), action("missing")];
  await assert.rejects(host.scheduleRuleActions(makeActions), { statusCode: 404 });
  assert.equal(host.counts().tasks.waiting, 0);
});

test("where one action cannot be stored, none is", async () => {
  const store = openStore();
  const { add } = store.tasks;
  let added = 0;
  store.tasks.add = (task) => {
    added += 1;
    if (added === 2) throw new Error("the disk is full");
    add(task);
  };
  const host = await hostWithConnector({}, { store });
  const alert = { webhook: "prod", alert: "a" };
  store.occurrences.fires(alert, 1);
  store.occurrences.ends(alert, 1);
  const makeActions = () => {
    store.occurrences.fires(alert, 1);
    return [action("c"), action("c")];
  };
  await assert.rejects(host.scheduleRuleActions(makeActions), /the disk is full/);
  assert.equal(store.occurrences.ends(alert, 2), 1, "nor what was stored while they were made");
  assert.equal(host.counts().tasks.waiting, 0);
  assert.deepEqual(await host.events({ limit: 10 }), []);
});

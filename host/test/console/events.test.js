import assert from "node:assert/strict";
import { test } from "node:test";

import { INTEGRATION_USER, openStage } from "./stage.js";

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/**
 * @param {Stage} stage
 * @param {{ name?: string, password?: string }} [given]
 */
async function createConnector(
  { api, simulator },
  { name = "Incidents", password = INTEGRATION_USER.password } = {},
) {
  return api("POST", "/api/actions/connector", {
    name,
    connector_type_id: (await api("GET", "/internal/console/context")).connectorTypeId,
    config: { apiUrl: simulator.url, usesTableApi: false },
    secrets: { username: INTEGRATION_USER.userName, password },
  });
}

/**
 * @param {Stage} stage
 * @param {string} id
 */
async function run({ api }, id) {
  const incident = { short_description: "x", correlation_id: "a" };
  await api("POST", `/api/actions/connector/${id}/_execute`, {
    params: { subAction: "pushToService", subActionParams: { incident } },
  });
}

test("a log without events says how to get some, and shows them as they come", async (t) => {
  const stage = await openStage(t);
  await stage.visit("/events");
  await stage.page.getByText("Nothing has happened yet.").first().waitFor();
  await stage.inspect("events-none");
  const { id } = await createConnector(stage);
  await run(stage, id);
  await stage.find("event").filter({ hasText: "Success" }).waitFor();
});

test("events are shown newest first, by connector, and only failed ones", async (t) => {
  const stage = await openStage(t);
  const good = await createConnector(stage, { name: "Good" });
  const bad = await createConnector(stage, { name: "Bad", password: "wrong" });
  await run(stage, good.id);
  await run(stage, bad.id);
  const { find, visit, page } = stage;
  await visit("/events");
  await find("event").nth(3).waitFor();
  const rows = await find("event").allInnerTexts();
  assert.match(rows[0] ?? "", /Bad.*Ran.*Failed.*Unable to create incident: /s);
  assert.doesNotMatch(rows[0] ?? "", /\[Action\]|\[status=/);
  assert.match(rows[2] ?? "", /Good.*Ran.*Success/s);
  await stage.inspect("events");

  await find("onlyFailed").click();
  await page.getByText("1 event, back to the oldest one kept").waitFor();
  assert.equal(await find("event").count(), 1);
  await find("onlyFailed").click();
  await find("eventsConnector").selectOption({ label: "Good" });
  await page.getByText("2 events, back to the oldest one kept").waitFor();
  assert.deepEqual(
    await find("event").evaluateAll((events) =>
      events.filter(({ textContent }) => textContent?.includes("Bad")),
    ),
    [],
  );
  await find("onlyFailed").click();
  await page.getByText("No event is like that.").first().waitFor();
});

test("older events are loaded on demand, and each is shown once", async (t) => {
  const stage = await openStage(t);
  const { id } = await createConnector(stage);
  for (let count = 0; count < 30; count++) await run(stage, id);
  const { find, visit, page } = stage;
  await visit("/events");
  await page.getByText("50 events", { exact: true }).waitFor();
  await find("moreEvents").click();
  await page.getByText("60 events, back to the oldest one kept").waitFor();
  assert.equal(await find("event").count(), 60);
});

test("the details of a failed action hold its remedy", async (t) => {
  const stage = await openStage(t);
  const { api, find, visit, page } = stage;
  const { id } = await createConnector(stage, { password: "wrong" });
  await api("POST", "/internal/console/rule_actions", {
    connector_id: id,
    params: {
      subAction: "pushToService",
      subActionParams: { incident: { short_description: "x" }, comments: [] },
    },
    variables: {},
  });
  await visit("/events");
  const failed = find("event").filter({ hasText: "Failed" }).first();
  await failed.locator('[data-test-subj="eventDetails"]').click();
  await find("executionRemedy").waitFor();
  await find("rawText").locator("summary").click();
  await find("rawText").getByText("[Action][ServiceNow]: Unable to create incident").waitFor();
  await stage.inspect("events-details");
  await page.keyboard.press("Escape");
  await find("executionRemedy").waitFor({ state: "detached" });
});

test("a host that is gone leaves what was loaded, and says that it is old", async (t) => {
  const stage = await openStage(t);
  const { id } = await createConnector(stage);
  await run(stage, id);
  const { find, visit, page } = stage;
  await visit("/events");
  await find("event").first().waitFor();
  await page.route("**/internal/console/events*", (route) => route.abort());
  await page.getByText("The host does not answer.").waitFor();
  assert.equal(await find("event").count(), 2);
});

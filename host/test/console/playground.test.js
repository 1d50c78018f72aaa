import assert from "node:assert/strict";
import { test } from "node:test";

import { INTEGRATION_USER, openStage } from "./stage.js";

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/**
 * @param {Stage} stage
 * @param {{ name?: string, config?: object }} [given]
 */
async function createConnector({ api, simulator }, { name = "Incidents", config } = {}) {
  return api("POST", "/api/actions/connector", {
    name,
    connector_type_id: (await api("GET", "/internal/console/context")).connectorTypeId,
    config: { apiUrl: simulator.url, usesTableApi: false, ...config },
    secrets: { username: INTEGRATION_USER.userName, password: INTEGRATION_USER.password },
  });
}

/** @param {Stage} stage */
async function openPlayground(stage) {
  await createConnector(stage);
  await stage.visit("/playground");
  await stage.page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
}

/**
 * @param {Stage} stage
 * @param {string} alertId
 */
function alertOf({ find }, alertId) {
  const alert = find("alert").filter({ hasText: alertId });
  return {
    fire: alert.locator('[data-test-subj="firing"]'),
    recover: alert.locator('[data-test-subj="recovered"]'),
    /** @param {"waiting" | "running" | "succeeded" | "failed"} state */
    tasksThat: (state) => alert.locator(`[data-test-subj="task"][data-state="${state}"]`),
  };
}

/**
 * @param {Stage} stage
 * @param {string} testId
 */
function rendered({ page, find }, testId) {
  const row = page.locator(".euiFormRow").filter({ has: find(testId) });
  return row.locator('[data-test-subj="renderedText"] span');
}

test("without a connector the playground leads to where one is made", async (t) => {
  const { page, visit, inspect } = await openStage(t);
  await visit("/playground");
  await page.getByText("There is no connector yet").waitFor();
  await inspect("playground-no-connector");
  await page.getByRole("link", { name: "Create a connector" }).click();
  await page.getByRole("heading", { name: "Connectors", level: 1 }).waitFor();
});

test("the params begin with a rule's defaults, and are rendered as one types", async (t) => {
  const stage = await openStage(t);
  await openPlayground(stage);
  const { find, page } = stage;
  assert.equal(await find("correlation_idInput").inputValue(), "{{rule.id}}:{{alert.id}}");
  await rendered(stage, "correlation_idInput")
    .getByText("b6a1c7d0-6c4b-11f0-9d3e-0242ac120002:web-1")
    .waitFor();
  assert.equal(await find("eventActionSelect").count(), 0);

  const description = find("short_descriptionInput");
  await description.fill("CPU is {{context.value.condition0}}");
  await rendered(stage, "short_descriptionInput").getByText("CPU is 0.937").waitFor();
  await description.fill("CPU is {{context.value");
  await page
    .getByText('error rendering mustache template "CPU is {{context.value": Unclosed tag at 22')
    .waitFor();
  await description.fill("{{#FormatDate}}no date{{/FormatDate}}");
  await page.getByText('invalid date "no date"').waitFor();

  const fields = find("additional_fieldsJsonEditor");
  await fields.fill('{"u_count": {{context.value.condition0}}, "u_host": "{{context.group}}"}');
  const shown = rendered(stage, "additional_fieldsJsonEditor");
  await shown.getByText("web-1").waitFor();
  assert.deepEqual(JSON.parse(await shown.innerText()), { u_count: 0.937, u_host: "web-1" });
  await fields.fill('{"u_count": {{rule.name}}}');
  await page.getByText("Rendered, this is no JSON. Line 1, column 13").waitFor();
  await stage.inspect("playground-errors");

  await find("tab-recovered").click();
  assert.equal(await find("correlation_idInput").inputValue(), "{{rule.id}}:{{alert.id}}");
  assert.equal(await find("short_descriptionInput").count(), 0);
  await rendered(stage, "correlation_idInput").getByText(":web-1").waitFor();
});

test("variables of one's own are read as they are pasted, and a fault is shown by its line", async (t) => {
  const stage = await openStage(t);
  await openPlayground(stage);
  const { find, page } = stage;
  const variables = find("playgroundVariables");
  await variables.fill('{\n  "rule": { "id": "r1" },\n}');
  await page.getByText("Line 3, column 1: a name in double quotes should follow.").waitFor();
  await page.getByText("Mend the variables first.").waitFor();
  await variables.fill("[1]");
  await page.getByText("The variables are an object").waitFor();
  await stage.inspect("playground-variables");
  await variables.fill('{ "rule": { "id": "r1" }, "host.name": "db-1" }');
  await find("short_descriptionInput").fill("{{host.name}}");
  await rendered(stage, "short_descriptionInput").getByText("db-1").waitFor();
  assert.equal(await find("playgroundExample").inputValue(), "own");
});

test("what is shown of a text is what is sent, whatever is in it", async (t) => {
  const stage = await openStage(t);
  await openPlayground(stage);
  const { find, page, simulator } = stage;
  await find("playgroundVariables").fill(
    JSON.stringify({ rule: { id: "a^b" }, name: "x \u202Egnp.exe", long: "y".repeat(1_100_000) }),
  );
  await find("short_descriptionInput").fill("{{name}}");
  const short = rendered(stage, "short_descriptionInput");
  await short.locator("mark").getByText("U+202E").waitFor();
  assert.equal(await short.innerText(), "x U+202Egnp.exe");
  await find("descriptionTextArea").fill("{{long}}");
  const long = rendered(stage, "descriptionTextArea");
  await long.getByText("more characters").waitFor();
  assert.ok((await long.innerText()).length < 3000);
  await alertOf(stage, "web-1").fire.click();
  await page.getByText("Shorten the variables, or raise server.maxPayload").waitFor();

  await find("playgroundVariables").fill('{ "rule": { "id": "a^b" }, "name": "x" }');
  const id = rendered(stage, "correlation_idInput");
  await id.getByText(/^a_b:web-1~\w{32}$/).waitFor();
  await alertOf(stage, "web-1").fire.click();
  await alertOf(stage, "web-1").tasksThat("succeeded").waitFor();
  assert.equal(await id.innerText(), simulator.incidents()[0]?.correlation_id);
});

test("every example comes with texts that render", async (t) => {
  const stage = await openStage(t);
  await openPlayground(stage);
  const { find, page } = stage;
  const names = await find("playgroundExample").locator("option:enabled").allInnerTexts();
  assert.equal(names.length, 5);
  for (const name of names) {
    await find("playgroundExample").selectOption({ label: name });
    await find("takeExampleTexts").click();
    const variables = JSON.parse(await find("playgroundVariables").inputValue());
    await rendered(stage, "correlation_idInput")
      .getByText(variables.rule.id.replaceAll("^", "_"))
      .waitFor();
    await rendered(stage, "short_descriptionInput").waitFor();
    // The texts of the example before may not have fitted these variables.
    await page.waitForFunction(() => document.querySelector("[aria-invalid=true]") === null);
  }
  await stage.inspect("playground-hostile");
});

test("a variable is put in where the cursor is, by keyboard alone", async (t) => {
  const stage = await openStage(t);
  await openPlayground(stage);
  const { find, page } = stage;
  const field = find("short_descriptionInput");
  await field.fill("on  now");
  await field.press("Home");
  for (let step = 0; step < 3; step++) await field.press("ArrowRight");
  await page.getByRole("button", { name: "Insert a variable into Short description" }).focus();
  await page.keyboard.press("Enter");
  await page.getByPlaceholder("Search", { exact: true }).waitFor();
  await stage.inspect("playground-variables-menu", { resizes: false });
  await page.getByPlaceholder("Search", { exact: true }).fill("context.group");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await rendered(stage, "short_descriptionInput").getByText("on web-1 now").waitFor();
  assert.equal(await field.inputValue(), "on {{context.group}} now");
  await page.getByPlaceholder("Search", { exact: true }).waitFor({ state: "detached" });
  await page.waitForFunction(
    () => document.activeElement?.getAttribute("data-test-subj") === "short_descriptionInput",
  );
});

test("three alerts fire, one recovers, and the incidents follow", async (t) => {
  const stage = await openStage(t);
  await openPlayground(stage);
  const { find, page, simulator } = stage;
  await find("incidents").getByText("No incidents yet").waitFor();
  assert.equal(await alertOf(stage, "web-1").fire.getAttribute("aria-disabled"), "true");
  await find("takeExampleTexts").click();
  await find("urgencySelect").selectOption("2");
  for (const id of ["web-2", "web-3"]) {
    await find("newAlertId").fill(id);
    await page.keyboard.press("Enter");
  }
  for (const id of ["web-1", "web-2", "web-3"]) {
    const alert = alertOf(stage, id);
    await alert.fire.click();
    await alert.tasksThat("succeeded").waitFor();
  }
  await find("incident").nth(2).waitFor();
  await alertOf(stage, "web-2").recover.click();
  await find("incident").getByText("Closed").waitFor();
  await alertOf(stage, "web-2").tasksThat("succeeded").nth(1).waitFor();
  await stage.inspect("playground-incidents");

  const states = simulator
    .incidents()
    .map(({ correlation_id = "", state }) => [correlation_id.split(":")[1], state]);
  assert.deepEqual(states, [
    ["web-1", "1"],
    ["web-2", "7"],
    ["web-3", "1"],
  ]);
  const closed = find("incident").filter({ hasText: "Closed" });
  const text = await closed.innerText();
  assert.match(text, /changed/);
  assert.match(text, /CPU of web servers: web-1 is over its threshold/);
  assert.match(
    (await closed.locator("a").getAttribute("href")) ?? "",
    new RegExp(`^${simulator.url}/nav_to\\.do\\?uri=incident\\.do\\?sys_id=\\w{32}$`),
  );
});

test("an alert that cannot be delivered is tried again, and says when", async (t) => {
  const stage = await openStage(t);
  await openPlayground(stage);
  const { find, simulator } = stage;
  await find("takeExampleTexts").click();
  simulator.faults.inject({ fault: "hibernating" });
  const alert = alertOf(stage, "web-1");
  await alert.fire.click();
  await alert
    .tasksThat("waiting")
    .getByText(/attempt 1 of 3 failed, next at \d/)
    .waitFor();
  await alert.tasksThat("waiting").getByText("What to do:").waitFor();
  await stage.inspect("playground-retry");
});

test("another connector begins with the default params", async (t) => {
  const stage = await openStage(t);
  await createConnector(stage, { name: "Old", config: { usesTableApi: true } });
  await openPlayground(stage);
  const { find, page } = stage;
  await find("short_descriptionInput").fill("x");
  await find("playgroundConnector").selectOption({ label: "Old (deprecated)" });
  await page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  assert.equal(await find("short_descriptionInput").inputValue(), "");
  assert.equal(await find("correlation_idInput").count(), 0);
  assert.equal(await find("additional_fieldsJsonEditor").count(), 0);
});

test("a host without a simulator says so", async (t) => {
  const stage = await openStage(t, { settings: { "console.simulatorUrl": undefined } });
  await openPlayground(stage);
  await stage.find("incidents").getByText("This host knows of no simulator").waitFor();
});

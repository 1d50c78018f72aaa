import assert from "node:assert/strict";
import { test } from "node:test";

import { INTEGRATION_USER, openStage } from "./stage.js";

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

const SECRETS = { username: INTEGRATION_USER.userName, password: INTEGRATION_USER.password };

/**
 * @param {Stage} stage
 * @param {{ config?: object, secrets?: object }} [given]
 */
async function openTestTab({ api, find, visit, simulator }, { config, secrets = SECRETS } = {}) {
  const connector = await api("POST", "/api/actions/connector", {
    name: "Incidents",
    connector_type_id: (await api("GET", "/internal/console/context")).connectorTypeId,
    config: { apiUrl: simulator.url, usesTableApi: false, ...config },
    secrets,
  });
  await visit(`/connectors/edit/${connector.id}/test`);
  await find("testForm").waitFor();
  return connector;
}

/**
 * @param {Stage} stage
 * @param {string} testId
 */
async function optionsOf({ find }, testId) {
  const texts = await find(testId).locator("option").allInnerTexts();
  return texts.filter((text) => text !== "Not set");
}

test("the form has the fields of an action in their order, with their marks", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  await stage.page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  const labels = await stage.find("testForm").locator(".euiFormRow__labelWrapper").allInnerTexts();
  assert.deepEqual(
    labels.map((label) => label.split("\n").filter(Boolean)),
    [
      ["Event action"],
      ["Urgency", "Optional"],
      ["Severity", "Optional"],
      ["Impact", "Optional"],
      ["Category", "Optional"],
      ["Correlation ID", "Optional"],
      ["Correlation display", "Optional"],
      ["Short description"],
      ["Description", "Optional"],
      ["Additional comments", "Optional"],
      ["Additional fields", "Optional"],
    ],
  );
  await stage.inspect("test-tab");
});

test("the tab opens at its top, and shows an outcome when there is one", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, page } = stage;
  await page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  const scrolled = () =>
    page.locator(".euiFlyoutBody__overflow").evaluate(({ scrollTop }) => scrollTop);
  assert.equal(await scrolled(), 0);

  await page.setViewportSize({ width: 1280, height: 500 });
  await find("short_descriptionInput").fill("x");
  await find("executeActionButton").click();
  await find("incidentLink").waitFor();
  assert.ok((await scrolled()) > 0);
});

test("the choices are the instance's, and a category has its own subcategories", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, page } = stage;
  await page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  assert.deepEqual(await optionsOf(stage, "urgencySelect"), ["1 - High", "2 - Medium", "3 - Low"]);
  assert.equal(await find("subcategorySelect").count(), 0);

  await find("categorySelect").selectOption("software");
  assert.deepEqual(await optionsOf(stage, "subcategorySelect"), ["Email", "Operating System"]);
  await find("subcategorySelect").selectOption("os");
  await find("categorySelect").selectOption("network");
  assert.equal(await find("subcategorySelect").inputValue(), "");
});

test("choices that cannot be had are told of, and the form can be used without them", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage, { secrets: { ...SECRETS, password: "wrong" } });
  await stage.page.getByText("Unable to get choices").first().waitFor();
  await stage.page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  assert.deepEqual(await optionsOf(stage, "urgencySelect"), []);
});

test("a toast covers nothing of the flyout that it is about", async (t) => {
  const stage = await openStage(t);
  const { page, find } = stage;
  await openTestTab(stage, { secrets: { ...SECRETS, password: "wrong" } });
  await find("toastCloseButton").waitFor();
  for (const width of [360, 760, 800, 1000, 1280, 1920]) {
    await page.setViewportSize({ width, height: 740 });
    await page.waitForFunction(() => {
      const boxOf = (/** @type {string} */ name) =>
        document.querySelector(name)?.getBoundingClientRect();
      const [toast, flyout] = [boxOf(".euiToast"), boxOf(".euiFlyout")];
      if (!toast || !flyout || flyout.height < 300) return false;
      return toast.top >= flyout.bottom || toast.right <= flyout.left;
    });
  }
});

test("a trigger opens the incident that was filled in, and links to it", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, page, simulator } = stage;
  await page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  await find("urgencySelect").selectOption("1");
  await find("categorySelect").selectOption("software");
  await find("subcategorySelect").selectOption("os");
  await find("correlation_idInput").fill("web-1");
  await find("short_descriptionInput").fill("CPU of web-1");
  await find("descriptionTextArea").fill("It is high.");
  await find("commentsTextArea").fill("Seen twice.");
  await find("additional_fieldsJsonEditor").fill('{ "u_close_notes": "none" }');
  await find("executeActionButton").click();

  const link = find("incidentLink");
  await link.waitFor();
  const [incident] = simulator.incidents();
  assert.equal(await link.innerText().then((text) => text.split("\n")[0]), incident?.number);
  assert.equal(await link.getAttribute("target"), "_blank");
  assert.match((await link.getAttribute("rel")) ?? "", /noopener/);
  assert.ok((await link.getAttribute("href"))?.startsWith(`${simulator.url}/nav_to.do`));
  const { urgency, category, subcategory, correlation_id, short_description, description } =
    incident ?? assert.fail();
  assert.deepEqual(
    { urgency, category, subcategory, correlation_id, short_description, description },
    {
      urgency: "1",
      category: "software",
      subcategory: "os",
      correlation_id: "web-1",
      short_description: "CPU of web-1",
      description: "It is high.",
    },
  );
  assert.deepEqual(
    incident?.journal.map(({ value }) => value),
    ["Seen twice."],
  );
  await stage.inspect("test-tab-success");
});

test("a resolve wants a correlation ID and nothing else, and closes its incident", async (t) => {
  const stage = await openStage(t);
  const connector = await openTestTab(stage);
  const { find, page, simulator, api } = stage;
  await api("POST", `/api/actions/connector/${connector.id}/_execute`, {
    params: {
      subAction: "pushToService",
      subActionParams: { incident: { short_description: "x", correlation_id: "web-1" } },
    },
  });
  await find("short_descriptionInput").fill("is cleared");
  await find("eventActionSelect").selectOption({ label: "Resolve" });
  await find("short_descriptionInput").waitFor({ state: "detached" });
  await page.getByText("Required", { exact: true }).waitFor();

  await find("executeActionButton").click();
  await page.getByText("Correlation id is required.", { exact: true }).waitFor();
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute("data-test-subj")),
    "correlation_idInput",
  );
  await stage.inspect("test-tab-resolve");
  await find("correlation_idInput").fill("web-1");
  await find("executeActionButton").click();
  await find("incidentLink").waitFor();
  assert.equal(simulator.incidents()[0]?.state, "7");
  await page
    .getByText(/^Incident INC\d+.* is closed$/)
    .first()
    .waitFor();

  await find("correlation_idInput").fill("nobody's");
  await find("executeActionButton").click();
  await page.getByText("No incident was found").waitFor();

  await find("eventActionSelect").selectOption({ label: "Trigger" });
  assert.equal(await find("short_descriptionInput").inputValue(), "");
});

test("what cannot be sent is said at its field, and nothing is sent", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, page, simulator } = stage;
  await find("executeActionButton").click();
  await page.getByText("Short description is required.", { exact: true }).waitFor();

  const editor = find("additional_fieldsJsonEditor");
  await editor.fill('{\n  "u_a": 1\n  "u_b": 2\n}');
  await page.getByText("Invalid JSON.", { exact: true }).waitFor();
  await page.getByText("Line 3, column 3: a comma is missing.").waitFor();
  await stage.inspect("test-tab-invalid");

  const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`u_${index}`, 1]));
  await editor.fill(JSON.stringify(many));
  await page
    .getByText("A maximum of 20 additional fields can be defined at a time.", { exact: true })
    .waitFor();
  await find("executeActionButton").click();
  assert.equal(simulator.incidents().length, 0);

  await editor.fill("");
  await find("short_descriptionInput").fill("x");
  await find("executeActionButton").click();
  await find("incidentLink").waitFor();
});

test("a failure comes with its reason, its remedy, and whether it helps to try again", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, simulator } = stage;
  await stage.page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  simulator.faults.inject({ fault: "hibernating" });
  await find("short_descriptionInput").fill("x");
  await find("executeActionButton").click();
  await find("executionFailure").waitFor();
  const text = await find("executionFailure").innerText();
  assert.match(text, /Unable to create incident/);
  assert.match(text, /What to do:/);
  assert.match(text, /Running it again can help/);
  assert.doesNotMatch(text, /\[Action\]|\[status=/);
  await find("rawText").locator("summary").click();
  assert.match(
    await find("rawText").innerText(),
    /\[Action\]\[ServiceNow\]: Unable to create incident.*\[status=.*\[endpoint=/,
  );
  await stage.inspect("test-tab-failure");
});

test("a run whose form was closed goes on, and a toast tells how it ended", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, page, simulator } = stage;
  /** @type {() => void} */
  let answer = () => {};
  const held = new Promise((resolve) => {
    answer = () => resolve(undefined);
  });
  await page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  await page.route("**/_execute", async (route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response });
  });
  await find("short_descriptionInput").fill("x");
  await find("executeActionButton").click();
  await find("closeFlyout").click();
  await find("testForm").waitFor({ state: "detached" });
  answer();
  await page
    .getByText(/ServiceNow has incident INC\d+ now\./)
    .first()
    .waitFor();
  assert.equal(simulator.incidents().length, 1);
});

test("the preview is what the connector sends, without its credentials", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, page, simulator } = stage;
  await page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  await page.getByText("Requests that would be sent").click();
  await find("noPreview").waitFor();
  await find("short_descriptionInput").fill("x");
  await find("correlation_idInput").fill("a^b");
  await find("commentsTextArea").fill("first");
  await find("request").nth(2).waitFor();
  const shown = await requestsOf(stage);
  await stage.inspect("test-tab-preview");

  const before = simulator.requests().length;
  await find("executeActionButton").click();
  await find("incidentLink").waitFor();
  const sent = simulator.requests().slice(before);
  assert.equal(shown.length, sent.length);
  const [incident] = simulator.incidents();
  for (const [index, { method, target, body }] of sent.entries()) {
    const { line = "", text = "" } = shown[index] ?? {};
    const hidden = (/** @type {string} */ given) =>
      given
        .replaceAll(incident?.sys_id ?? "", "0".repeat(32))
        .replaceAll(`"${INTEGRATION_USER.userName}"`, '"(the connector\'s user name)"');
    assert.equal(line, `${method} ${simulator.url}${hidden(target)}`);
    assert.match(text, /^authorization: Basic ••••$/m);
    if (body) assert.deepEqual(jsonIn(text), JSON.parse(hidden(body)));
  }
  const html = await page.content();
  assert.ok(!html.includes(INTEGRATION_USER.password));
  assert.ok(!html.includes(btoa(`${INTEGRATION_USER.userName}:${INTEGRATION_USER.password}`)));
});

/**
 * The requests as they are shown: where to, and what.
 *
 * @param {Stage} stage
 */
async function requestsOf({ find }) {
  return find("request").evaluateAll((requests) =>
    requests.map((request) => ({
      line: request.querySelector("[data-test-subj=requestLine]")?.textContent ?? "",
      text: request.querySelector(".euiCodeBlock__code")?.textContent ?? "",
    })),
  );
}

/** @param {string} text of a request that is shown */
function jsonIn(text) {
  return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
}

test("what is long in the preview is shown whole on a narrow screen", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage);
  const { find, page } = stage;
  await page.setViewportSize({ width: 360, height: 740 });
  await find("short_descriptionInput").fill("x".repeat(160));
  await find("correlation_idInput").fill("a-very-long-id".repeat(7));
  await page.getByText("Requests that would be sent").click();
  await find("request").last().waitFor();
  const cut = await find("request")
    .locator("code, pre, p")
    .evaluateAll((shown) =>
      shown
        .filter((element) => {
          const panel = element.closest("[data-test-subj=request]")?.getBoundingClientRect();
          const { right } = element.getBoundingClientRect();
          return element.scrollWidth > element.clientWidth + 1 || right > (panel?.right ?? 0);
        })
        .map(({ textContent }) => textContent),
    );
  assert.deepEqual(cut, []);
});

test("the preview of an OAuth connector begins with the access token", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage, {
    config: {
      isOAuth: true,
      clientId: "the-client",
      jwtKeyId: "the-key",
      userIdentifierValue: "k@example.com",
    },
    secrets: { clientSecret: "the-client-secret", privateKey: "the-private-key" },
  });
  const { find, page } = stage;
  await find("eventActionSelect").selectOption({ label: "Resolve" });
  await find("correlation_idInput").fill("web-1");
  await page.getByText("Requests that would be sent").click();
  await find("request").nth(3).waitFor();
  const [token = assert.fail(), lookup = assert.fail()] = await requestsOf(stage);
  assert.match(token.line, /^POST .*\/oauth_token\.do$/);
  assert.match(token.text, /client_id=the-client\n/);
  assert.match(token.text, /assertion=••••\n/);
  assert.match(token.text, /client_secret=••••\n/);
  assert.match(lookup.text, /^authorization: Bearer ••••$/m);
  // Typing on changes nothing of that.
  await find("correlation_idInput").fill("web-2");
  await find("requestLine").getByText("web-2").waitFor();
  assert.match((await find("requestLine").first().textContent()) ?? "", /oauth_token\.do/);
});

test("a deprecated connector is asked for neither correlation nor additional fields", async (t) => {
  const stage = await openStage(t);
  await openTestTab(stage, { config: { usesTableApi: true } });
  const { find, page, simulator } = stage;
  await page.locator('[data-test-subj="urgencySelect"]:enabled').waitFor();
  for (const testId of ["correlation_idInput", "correlation_displayInput"]) {
    assert.equal(await find(testId).count(), 0);
  }
  assert.equal(await find("additional_fieldsJsonEditor").count(), 0);
  await find("short_descriptionInput").fill("x");
  await page.getByText("Requests that would be sent").click();
  await find("request").getByText("/api/now/v2/table/incident").first().waitFor();
  await find("executeActionButton").click();
  await find("incidentLink").waitFor();
  assert.equal(simulator.incidents().length, 1);
});

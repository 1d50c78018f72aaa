import assert from "node:assert/strict";
import { test } from "node:test";

import {
  BASIC_SECRETS,
  CLIENT_SECRET,
  field,
  fill,
  findConnector,
  OAUTH_CONFIG,
  openStageWithOAuth,
  PASSPHRASE,
  PRIVATE_KEY,
} from "./connector_stage.js";
import { openStage } from "./stage.js";

test("an empty form says of each field what it needs, and leads to the first", async (t) => {
  const { page, find, visit, inspect } = await openStage(t);
  await visit("/connectors/create");
  await find("save").click();
  for (const text of [
    "Name is required.",
    "URL is invalid.",
    "Username is required.",
    "Password is required.",
  ]) {
    await page.getByText(text, { exact: true }).waitFor();
  }
  assert.equal(await find("nameInput").evaluate((it) => it === document.activeElement), true);
  await find("snInstallationCallout").getByText("To use this connector, first install").waitFor();
  await inspect("create-basic-invalid");

  await find("use-oauth-switch").click();
  for (const label of [
    "Client ID",
    "User identifier",
    "JWT verifier key ID",
    "Client secret",
    "Private key",
  ]) {
    await page.getByText(`${label} is required.`, { exact: true }).waitFor();
  }
  await page.getByText("Private key password is required.").waitFor({ state: "detached" });
  assert.equal(await find(field("username")).count(), 0);
  await inspect("create-oauth-invalid");
});

test("a URL needs two slashes, and a dot unless it is localhost; a scheme may be left out", async (t) => {
  const { page, find, visit } = await openStage(t);
  await visit("/connectors/create");
  const invalid = page.getByText("URL is invalid.", { exact: true });
  for (const [url, isValid] of /** @type {[string, boolean][]} */ ([
    ["https://snow", false],
    ["http://a.b", true],
    ["a.b", false],
    ["//a.b", true],
    ["https://a b.c", false],
    ["http://localhost:1", true],
    ["", false],
  ])) {
    await find("credentialsApiUrlFromInput").fill(url);
    await find("credentialsApiUrlFromInput").blur();
    await invalid.waitFor({ state: isValid ? "detached" : "visible" });
  }
});

test("a connector with a user and a password is checked, saved and listed", async (t) => {
  const stage = await openStage(t);
  const { page, find, visit, simulator, inspect } = stage;
  await visit("/connectors");
  await find("createFirst").click();
  await fill(stage, {
    nameInput: "Production",
    credentialsApiUrlFromInput: simulator.url,
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: BASIC_SECRETS.password,
  });
  await inspect("create-basic");
  await find("save").click();
  await page.getByText("Created 'Production'").first().waitFor();
  await find("createFlyout").waitFor({ state: "detached" });
  await page.getByRole("row", { name: /Production/ }).waitFor();
  const { config } = (await findConnector(stage, "Production")) ?? assert.fail();
  assert.equal(config?.apiUrl, simulator.url);
  assert.equal(config?.isOAuth, false);
  assert.equal(config?.usesTableApi, false);
});

test("an OAuth connector is saved, and goes on to its test", async (t) => {
  const stage = await openStageWithOAuth(t);
  const { page, find, visit, simulator, inspect } = stage;
  await visit("/connectors/create");
  await find("use-oauth-switch").click();
  await fill(stage, {
    nameInput: "OAuth",
    credentialsApiUrlFromInput: simulator.url,
    // Blanks around them come along when they are copied.
    [field("client-id")]: ` ${OAUTH_CONFIG.clientId}`,
    [field("user-identifier")]: `${OAUTH_CONFIG.userIdentifierValue} `,
    [field("jwt-key-id")]: ` ${OAUTH_CONFIG.jwtKeyId} `,
    [field("client-secret")]: CLIENT_SECRET,
    [field("private-key")]: PRIVATE_KEY,
    [field("private-key-password")]: PASSPHRASE,
  });
  await page.getByText("RSA key of 2048 bits, PKCS#8.").waitFor();
  await inspect("create-oauth");
  await find("saveAndTest").click();
  await find("editFlyout").waitFor();
  assert.match(new URL(page.url()).pathname, /\/connectors\/edit\/[^/]+\/test$/);
  const { config } = (await findConnector(stage, "OAuth")) ?? assert.fail();
  assert.equal(config?.jwtKeyId, OAUTH_CONFIG.jwtKeyId);
});

test("what keeps a connector from working is told with its remedy, and nothing is saved", async (t) => {
  const stage = await openStage(t);
  const { page, find, visit, simulator, inspect } = stage;
  await visit("/connectors/create");
  await fill(stage, {
    nameInput: "Wrong",
    credentialsApiUrlFromInput: simulator.url,
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: "wrong",
  });
  await find("save").click();
  await page.getByText("The instance does not accept the credentials").waitFor();
  await page.getByText("Check the connector's credentials").waitFor();
  const shown = await find("failureCallout").innerText();
  assert.match(shown, /Request failed with status code 401/);
  assert.doesNotMatch(shown, /\[Action\]|\[status=/);
  await find("rawText").getByText("The error's own text").click();
  await find("rawText").getByText("[status=401]").waitFor();
  await inspect("create-unauthenticated");

  await find(field("password")).fill(BASIC_SECRETS.password);
  simulator.setSetupStep("application", false);
  await find("save").click();
  await page.getByText("Elastic ServiceNow App not installed").waitFor();
  await page
    .getByText("Please go to the ServiceNow app store and install the application")
    .waitFor();
  await find("failureCallout").getByRole("link", { name: "Visit ServiceNow app store" }).waitFor();
  await inspect("create-not-installed");

  await simulator.close();
  await find("save").click();
  await page.getByText("The instance cannot be reached").waitFor();
  assert.equal(await findConnector(stage, "Wrong"), undefined);
  assert.equal(await find(field("password")).inputValue(), BASIC_SECRETS.password);
});

test("a form with changes is not closed without a question", async (t) => {
  const { page, find, visit, inspect } = await openStage(t);
  await visit("/connectors/create");
  await find("nameInput").fill("Half done");
  await find("closeFlyout").click();
  await find("discardModal").waitFor();
  await inspect("discard");
  await page.getByRole("button", { name: "Go on editing" }).click();
  assert.equal(await find("nameInput").inputValue(), "Half done");
  await find("closeFlyout").click();
  await find("confirmModalConfirmButton").click();
  await find("createFlyout").waitFor({ state: "detached" });
  assert.equal(new URL(page.url()).pathname, "/connectors");
});

test("a click beside the form asks too, and the keyboard answers", async (t) => {
  const { page, find, visit } = await openStage(t);
  await visit("/connectors/create");
  await find("nameInput").fill("Half done");
  await page.mouse.click(100, 500);
  await find("discardModal").waitFor();
  await page.waitForFunction(() => document.activeElement?.closest(".euiModal"));
  await page.keyboard.press("Escape");
  await find("discardModal").waitFor({ state: "detached" });
  assert.equal(await find("nameInput").inputValue(), "Half done");
});

test("the browser's way back asks before a form with changes is lost, and loading anew too", async (t) => {
  const { page, find, visit } = await openStage(t);
  await visit("/connectors");
  await find("createFirst").click();
  await find("nameInput").fill("Half done");
  await page.evaluate(() => window.history.back());
  await find("discardModal").waitFor();
  await page.waitForURL("/connectors/create");
  await page.getByRole("button", { name: "Go on editing" }).click();
  assert.equal(await find("nameInput").inputValue(), "Half done");

  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => setTimeout(() => window.location.reload()));
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  assert.equal(await find("nameInput").inputValue(), "Half done");

  await page.evaluate(() => window.history.back());
  await find("confirmModalConfirmButton").click();
  await find("createFlyout").waitFor({ state: "detached" });
  await page.waitForURL("/connectors");
  await page.evaluate(() => window.history.forward());
  await find("createFlyout").waitFor();
  assert.equal(await find("nameInput").inputValue(), "");
});

test("a form that is closed while the instance is asked saves nothing", async (t) => {
  const stage = await openStage(t);
  const { page, find, visit, simulator } = stage;
  /** @type {(value?: unknown) => void} */
  let answer = () => undefined;
  const held = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route("**/internal/console/health_check", async (route) => {
    await held;
    // Where the page waits no more, there is nobody to answer.
    await route.fulfill({ json: { ok: true, application: {} } }).catch(() => undefined);
  });
  await visit("/connectors/create");
  await fill(stage, {
    nameInput: "Given up",
    credentialsApiUrlFromInput: simulator.url,
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: BASIC_SECRETS.password,
  });
  const asked = page.waitForRequest("**/internal/console/health_check");
  await find("save").click();
  await asked;
  const ended = page.waitForEvent("requestfailed");
  await find("closeFlyout").click();
  await find("confirmModalConfirmButton").click();
  await find("createFlyout").waitFor({ state: "detached" });
  await ended;
  answer();
  await page.waitForLoadState("networkidle");
  assert.equal(await findConnector(stage, "Given up"), undefined);
});

test("what keeps a connector from working stays in its box on a narrow screen", async (t) => {
  const stage = await openStage(t);
  const { page, find, visit, simulator, inspect } = stage;
  const message = `Requested URI does not represent any resource: /${"a_long_name_".repeat(9)}`;
  await page.route("**/internal/console/health_check", (route) =>
    route.fulfill({ json: { ok: false, code: "app_not_installed", message, remedy: "Install." } }),
  );
  await visit("/connectors/create");
  await fill(stage, {
    nameInput: "Wrong",
    credentialsApiUrlFromInput: simulator.url,
    [field("username")]: "someone",
    [field("password")]: "something",
  });
  await find("save").click();
  await find("failureCallout").waitFor();
  await inspect("create-long-failure");
  await page.setViewportSize({ width: 320, height: 740 });
  const overflow = await find("failureCallout").evaluate((box) => {
    const { right } = box.getBoundingClientRect();
    const inside = [...box.querySelectorAll("*")].map((it) => it.getBoundingClientRect().right);
    return Math.max(...inside) - right;
  });
  assert.ok(overflow <= 0, `${overflow} pixels stand out`);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  addConnector,
  BASIC_SECRETS,
  CLIENT_SECRET,
  connectorTypeId,
  field,
  fill,
  findConnector,
  OAUTH_CONFIG,
  openStageWithOAuth,
  PASSPHRASE,
  PRIVATE_KEY,
} from "./connector_stage.js";
import { openStage } from "./stage.js";

const OAUTH_SECRETS = {
  clientSecret: CLIENT_SECRET,
  privateKey: PRIVATE_KEY,
  privateKeyPassword: PASSPHRASE,
};

test("a connector is opened from the list, changed, and saved with its secrets entered again", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Before");
  const { page, find, visit, inspect } = stage;
  await visit("/connectors");
  await find(`edit-${id}`).click();
  await find("secretsReenterCallout").waitFor();
  assert.equal(await find("save").isDisabled(), true);
  await find("nameInput").fill("After");
  await find("save").click();
  await page.getByText("Username is required.").waitFor();
  await fill(stage, {
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: BASIC_SECRETS.password,
  });
  await inspect("edit-basic");
  await find("save").click();
  await page.getByText("Updated 'After'").first().waitFor();
  await find("editFlyout").getByRole("heading", { name: "After" }).waitFor();
  assert.equal(await find(field("password")).inputValue(), "");
  assert.ok(await findConnector(stage, "After"));
});

test("a connector that is deleted meanwhile cannot be saved, and it is told what to do", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Before");
  const { page, find, visit, inspect } = stage;
  await visit(`/connectors/edit/${id}`);
  await fill(stage, {
    nameInput: "After",
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: BASIC_SECRETS.password,
  });
  await stage.api("DELETE", `/api/actions/connector/${id}`);
  await find("save").click();
  await find("failureCallout").getByText("The connector is not there any more").waitFor();
  await page.getByText("Close it, and create a new connector.").waitFor();
  await inspect("edit-gone");
});

test("a change of somebody else is not overwritten before that was told", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Before");
  const { page, find, visit, simulator } = stage;
  await visit(`/connectors/edit/${id}`);
  await fill(stage, {
    nameInput: "Mine",
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: BASIC_SECRETS.password,
  });
  await stage.api("PUT", `/api/actions/connector/${id}`, {
    name: "Theirs",
    config: { apiUrl: simulator.url, usesTableApi: false },
    secrets: BASIC_SECRETS,
  });
  await find("save").click();
  await find("failureCallout").getByText("The connector was changed meanwhile").waitFor();
  assert.ok(await findConnector(stage, "Theirs"));
  await find("save").click();
  await page.getByText("Updated 'Mine'").first().waitFor();
  assert.ok(await findConnector(stage, "Mine"));
});

test("a saved private key is masked and comes back from nowhere", async (t) => {
  const stage = await openStageWithOAuth(t);
  const { id } = await addConnector(stage, "OAuth", {
    config: { isOAuth: true, ...OAUTH_CONFIG },
    secrets: OAUTH_SECRETS,
  });
  const { page, find, visit, inspect } = stage;
  await visit(`/connectors/edit/${id}`);
  await find(field("private-key")).waitFor();
  assert.equal(await find(field("private-key")).inputValue(), "");
  assert.match(String(await find(field("private-key")).getAttribute("placeholder")), /^••••/);
  assert.equal(await find(field("client-id")).inputValue(), OAUTH_CONFIG.clientId);
  assert.doesNotMatch(await page.content(), /PRIVATE KEY/);
  await inspect("edit-oauth");
});

test("a preconfigured connector is shown, and not to be changed", async (t) => {
  const typeId = await connectorTypeId(await openStage(t));
  const { find, visit, inspect } = await openStage(t, {
    settings: {
      "xpack.actions.preconfigured": {
        fixed: { name: "Of the settings", actionTypeId: typeId, config: {}, secrets: {} },
      },
    },
  });
  await visit("/connectors/edit/fixed");
  await find("editFlyout").getByText("This connector is preconfigured").waitFor();
  assert.equal(await find("save").count(), 0);
  await inspect("edit-preconfigured");
});

test("a deprecated connector is saved without the check, and stays deprecated", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Old", { config: { usesTableApi: true } });
  const { page, find, visit, inspect } = stage;
  await visit(`/connectors/edit/${id}`);
  await find("snDeprecatedCallout").getByText("This connector type is deprecated").waitFor();
  assert.equal(await find("snInstallationCallout").count(), 0);
  await inspect("edit-deprecated");
  await fill(stage, {
    nameInput: "Still old",
    credentialsApiUrlFromInput: "http://localhost:1",
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: BASIC_SECRETS.password,
  });
  await find("save").click();
  await page.getByText("Updated 'Still old'").first().waitFor();
  assert.equal((await findConnector(stage, "Still old"))?.is_deprecated, true);
});

test("a deprecated connector leads to creating a new one", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Old", { config: { usesTableApi: true } });
  await stage.visit(`/connectors/edit/${id}`);
  await stage.find("create-connector-btn").click();
  await stage.find("createFlyout").waitFor();
});

test("a deprecated connector is updated as the documentation says, step by step", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Old", { config: { usesTableApi: true } });
  const { page, find, visit, simulator, inspect } = stage;
  await visit("/connectors");
  await find(`edit-${id}`).click();
  await page.getByText("Update this connector,").click();
  const flyout = find("updateConnectorForm");
  await flyout.getByRole("heading", { name: "Update ServiceNow connector" }).waitFor();
  await flyout
    .getByText("This updates all instances of this connector and cannot be reversed.")
    .waitFor();
  for (const title of [
    "Install the Elastic ServiceNow app",
    "Enter your ServiceNow instance URL",
    "Provide authentication credentials",
  ]) {
    await flyout.getByText(title).waitFor();
  }
  const url = flyout.locator('[data-test-subj="credentialsApiUrlFromInput"]');
  const username = flyout.locator(`[data-test-subj="${field("username")}"]`);
  const password = flyout.locator(`[data-test-subj="${field("password")}"]`);
  assert.equal(await url.inputValue(), "");
  assert.equal(await find("snUpdateInstallationSubmit").isDisabled(), true);
  await inspect("update");

  await url.fill(simulator.url);
  await username.fill(BASIC_SECRETS.username);
  await password.fill("wrong");
  await find("snUpdateInstallationSubmit").click();
  await page.getByText("The instance does not accept the credentials").waitFor();
  await inspect("update-failed");
  assert.equal((await findConnector(stage, "Old"))?.is_deprecated, true);

  await password.fill(BASIC_SECRETS.password);
  await find("snUpdateInstallationSubmit").click();
  await page.getByText("Old connector updated").first().waitFor();
  await page.getByText("Connector has been updated.").first().waitFor();
  await flyout.waitFor({ state: "detached" });
  await find("snInstallationCallout").waitFor();
  assert.equal(await find("snDeprecatedCallout").count(), 0);
  const updated = await findConnector(stage, "Old");
  assert.equal(updated?.is_deprecated, false);
  assert.equal(updated?.config?.usesTableApi, false);
});

test("the flyout of the update is closed alone, and not without a question when it has changes", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Old", { config: { usesTableApi: true } });
  const { page, find, visit } = stage;
  await visit(`/connectors/edit/${id}`);
  const flyout = find("updateConnectorForm");
  const url = flyout.locator('[data-test-subj="credentialsApiUrlFromInput"]');
  const open = async () => {
    await find("update-connector-btn").click();
    await url.waitFor();
  };

  await open();
  await page.keyboard.press("Escape");
  await flyout.waitFor({ state: "detached" });
  await find("editFlyout").waitFor();
  assert.equal(await find("discardModal").count(), 0);

  await open();
  await url.fill("https://a.b");
  for (const close of [
    () => page.keyboard.press("Escape"),
    () => flyout.getByRole("button", { name: "Cancel" }).click(),
  ]) {
    await close();
    await find("discardModal").waitFor();
    await page.getByRole("button", { name: "Go on editing" }).click();
    await find("discardModal").waitFor({ state: "detached" });
    assert.equal(await url.inputValue(), "https://a.b");
  }
  await page.keyboard.press("Escape");
  await find("confirmModalConfirmButton").click();
  await flyout.waitFor({ state: "detached" });
  await find("editFlyout").waitFor();
  assert.equal(new URL(page.url()).pathname, `/connectors/edit/${id}`);
});

test("a deprecated OAuth connector is updated too, with all of its credentials", async (t) => {
  const stage = await openStageWithOAuth(t);
  const { id } = await addConnector(stage, "Old OAuth", {
    config: { usesTableApi: true, isOAuth: true, ...OAUTH_CONFIG },
    secrets: OAUTH_SECRETS,
  });
  const { page, find, visit, simulator, inspect } = stage;
  await visit(`/connectors/edit/${id}`);
  await find("update-connector-btn").click();
  const flyout = find("updateConnectorForm");
  const of = (/** @type {string} */ subject) => flyout.locator(`[data-test-subj="${subject}"]`);
  assert.equal(await of("use-oauth-switch").count(), 0);
  await of("credentialsApiUrlFromInput").fill(simulator.url);
  await of(field("client-secret")).fill(CLIENT_SECRET);
  await of(field("private-key")).fill(PRIVATE_KEY);
  await of(field("private-key-password")).fill(PASSPHRASE);
  await flyout.getByText("The private key password fits.").waitFor();
  await inspect("update-oauth");
  await find("snUpdateInstallationSubmit").click();
  await page.getByText("Old OAuth connector updated").first().waitFor();
  const updated = await findConnector(stage, "Old OAuth");
  assert.equal(updated?.is_deprecated, false);
  assert.equal(updated?.config?.isOAuth, true);
  assert.equal(updated?.config?.clientId, OAUTH_CONFIG.clientId);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { BASIC_SECRETS, field, fill, findConnector } from "./connector_stage.js";
import { openStage } from "./stage.js";

/** @import { Stage } from "./stage.js" */

/**
 * A form that was to be saved when the session had ended.
 * @param {Stage} stage
 */
async function saveAfterSession(stage) {
  await stage.visit("/connectors/create");
  await fill(stage, {
    nameInput: "Half done",
    credentialsApiUrlFromInput: stage.simulator.url,
    [field("username")]: BASIC_SECRETS.username,
    [field("password")]: BASIC_SECRETS.password,
  });
  await stage.page.context().clearCookies();
  await stage.find("save").click();
  await stage.find("sessionExpiredModal").waitFor();
}

/** @param {Stage} stage */
async function logIn({ find, user }) {
  await find("loginUsername").fill(user.username);
  await find("loginPassword").fill(user.password);
  await find("loginSubmit").click();
}

test("whoever is not logged in gets the login, and after it the address that was asked for", async (t) => {
  const { page, find, visit, user, inspect } = await openStage(t, { loggedIn: false });
  await visit("/events");
  await page.getByRole("heading", { name: "ServiceNow ITSM console" }).waitFor();
  await inspect("login");

  await find("loginUsername").fill(user.username);
  await find("loginPassword").fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("The username or the password is wrong.").first().waitFor();
  await inspect("login-wrong");

  await find("loginPassword").fill(user.password);
  await find("loginSubmit").click();
  await page.getByRole("heading", { name: "Events", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/events");
});

test("a session that ends is begun again in a dialog, and what was asked for then happens", async (t) => {
  const { page, find, visit, user, inspect } = await openStage(t);
  await visit("/connectors/create");
  await find("nameInput").fill("Half done");
  await page.context().clearCookies();
  await find("credentialsApiUrlFromInput").fill("https://localhost:1");
  await find("connector-servicenow-username-form-input").fill("someone");
  await find("connector-servicenow-password-form-input").fill("something");
  await find("save").click();
  await find("sessionExpiredModal").waitFor();
  await inspect("session-expired");
  await find("loginUsername").fill(user.username);
  await find("loginPassword").fill(user.password);
  await find("loginSubmit").click();
  await find("sessionExpiredModal").waitFor({ state: "detached" });
  await find("failureCallout").waitFor();
  assert.equal(await find("nameInput").inputValue(), "Half done");
});

test("the dialog of an ended session is not left without a question, and what waited for it is given up", async (t) => {
  const stage = await openStage(t);
  const { page, find } = stage;
  await saveAfterSession(stage);
  await page.keyboard.press("Escape");
  await find("discardModal").waitFor();
  await page.getByRole("button", { name: "Go on editing" }).click();
  await find("discardModal").waitFor({ state: "detached" });
  assert.equal(await find("nameInput").inputValue(), "Half done");

  await find("loginUsername").press("Escape");
  await find("confirmModalConfirmButton").click();
  await page.getByRole("heading", { name: "ServiceNow ITSM console" }).waitFor();
  await logIn(stage);
  await find("createFlyout").waitFor();
  assert.equal(await find("sessionExpiredModal").count(), 0);
  assert.equal(await find("nameInput").inputValue(), "");
  await page.waitForLoadState("networkidle");
  assert.equal(await findConnector(stage, "Half done"), undefined);
});

test("a login in another tab ends the dialog here", async (t) => {
  const stage = await openStage(t);
  const { page, find, user } = stage;
  await saveAfterSession(stage);
  const answer = await page.context().request.post("/internal/security/login", {
    headers: { "kbn-xsrf": "test" },
    data: user,
  });
  assert.equal(answer.status(), 200);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await find("sessionExpiredModal").waitFor({ state: "detached" });
  await page.getByText("Created 'Half done'").first().waitFor();
});

test("logging out leads to the login, and the way back is barred", async (t) => {
  const { page, find, visit } = await openStage(t);
  await visit("/connectors");
  await find("logout").click();
  await find("loginSubmit").waitFor();
  await page.reload();
  await find("loginSubmit").waitFor();
});

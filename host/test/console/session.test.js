import assert from "node:assert/strict";
import { test } from "node:test";

import { openStage } from "./stage.js";

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

test("logging out leads to the login, and the way back is barred", async (t) => {
  const { page, find, visit } = await openStage(t);
  await visit("/connectors");
  await find("logout").click();
  await find("loginSubmit").waitFor();
  await page.reload();
  await find("loginSubmit").waitFor();
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { addConnector, connectorTypeId, findConnector } from "./connector_stage.js";
import { openStage } from "./stage.js";

test("without a connector the page says what one is, and offers to create the first", async (t) => {
  const { page, find, visit, inspect } = await openStage(t);
  await visit("/");
  await page.getByText("Create your first connector").waitFor();
  assert.equal(new URL(page.url()).pathname, "/connectors");
  assert.equal(await page.title(), "Connectors · ServiceNow ITSM");
  await inspect("connectors-empty");
  await find("createFirst").click();
  await find("createFlyout").waitFor();
});

test("the list marks what is deprecated and what is preconfigured", async (t) => {
  const typeId = await connectorTypeId(await openStage(t));
  const stage = await openStage(t, {
    settings: {
      "xpack.actions.preconfigured": {
        fixed: { name: "Of the settings", actionTypeId: typeId, config: {}, secrets: {} },
      },
    },
  });
  await addConnector(stage, "Production");
  await addConnector(stage, "Old one", { config: { usesTableApi: true } });
  const { page, find, visit, inspect } = stage;
  await visit("/connectors");
  const row = page.getByRole("row", { name: /Old one/ });
  await row.getByText("(deprecated)").waitFor();
  await row.getByLabel("Deprecated").hover();
  await page
    .getByRole("tooltip")
    .getByText("This connector is deprecated. Update it, or create a new one.")
    .waitFor();
  await page.mouse.move(0, 0);
  await page.getByRole("tooltip").waitFor({ state: "detached" });
  await inspect("connectors");
  await page
    .getByRole("row", { name: /Of the settings/ })
    .getByText("Preconfigured")
    .waitFor();
  assert.equal(await find("delete-fixed").isDisabled(), true);
});

test("the list is searched by name, sorted, and shown in pages", async (t) => {
  const stage = await openStage(t);
  for (let number = 10; number < 22; number += 1) await addConnector(stage, `Number ${number}`);
  const { page, find, visit } = stage;
  await visit("/connectors");
  const names = page.getByRole("row", { name: /Number/ });
  await page.getByRole("row", { name: /Number 10/ }).waitFor();
  assert.equal(await names.count(), 10);
  await find("pagination-button-next").click();
  await page.getByRole("row", { name: /Number 21/ }).waitFor();
  assert.equal(await names.count(), 2);
  await find("pagination-button-previous").click();
  await find("tableHeaderSortButton").first().click();
  await page.getByRole("row", { name: /Number 21/ }).waitFor();
  await find("connectorSearch").fill("number 13");
  await page.getByRole("row", { name: /Number 21/ }).waitFor({ state: "detached" });
  assert.equal(await names.count(), 1);
  await find("connectorSearch").fill("[nothing (like it");
  await page.getByText('No connector is called anything like "[nothing (like it".').waitFor();
});

test("a connector is deleted after a question, and then is gone", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Short-lived");
  const { page, find, visit, inspect } = stage;
  await visit("/connectors");
  await find(`delete-${id}`).click();
  await find("deleteModal").waitFor();
  await inspect("connector-delete");
  await page.getByRole("button", { name: "Cancel" }).click();
  assert.ok(await findConnector(stage, "Short-lived"));
  await find(`delete-${id}`).click();
  await find("confirmModalConfirmButton").click();
  await page.getByText("Deleted 'Short-lived'").first().waitFor();
  await page.getByText("Create your first connector").waitFor();
  assert.equal(await findConnector(stage, "Short-lived"), undefined);
});

test("a connector that was deleted elsewhere is as good as deleted here", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Short-lived");
  const { page, find, visit } = stage;
  await visit("/connectors");
  await find(`delete-${id}`).click();
  await stage.api("DELETE", `/api/actions/connector/${id}`);
  await find("confirmModalConfirmButton").click();
  await page.getByText("Deleted 'Short-lived'").first().waitFor();
  await page.getByText("Create your first connector").waitFor();
});

test("an address of a connector that is not there says so, and leads to the list", async (t) => {
  const stage = await openStage(t);
  await addConnector(stage, "Another");
  const { page, visit } = stage;
  await visit("/connectors/edit/nothing");
  await page.getByText("There is no such connector").first().waitFor();
  await page.getByRole("button", { name: "Show all connectors" }).click();
  assert.equal(new URL(page.url()).pathname, "/connectors");
});

test("a list that cannot be loaded says why, and is loaded on request", async (t) => {
  const stage = await openStage(t);
  await addConnector(stage, "There all the time");
  const { page, visit, inspect } = stage;
  await page.route("**/api/actions/connectors", (route) =>
    route.fulfill({ status: 503, json: { statusCode: 503, message: "The host is stopping." } }),
  );
  await visit("/connectors");
  await page.getByText("The host is stopping.").waitFor();
  await inspect("connectors-error");
  await page.unroute("**/api/actions/connectors");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("There all the time").first().waitFor();
});

test("a connector that came without its secrets is marked, and its form says which to enter", async (t) => {
  const stage = await openStage(t);
  const { id } = await addConnector(stage, "Imported");
  const { page, find, visit, inspect } = stage;
  // The host has no import, by which alone a connector loses its secrets.
  await page.route("**/api/actions/connectors", async (route) => {
    const response = await route.fetch();
    const [connector] = await response.json();
    await route.fulfill({ response, json: [{ ...connector, is_missing_secrets: true }] });
  });
  await visit("/connectors");
  await page
    .getByRole("row", { name: /Imported/ })
    .getByLabel("Missing secrets")
    .waitFor();
  await find(`edit-${id}`).click();
  await find("secretsMissingCallout").getByText("Enter Username and Password").waitFor();
  await inspect("edit-missing-secrets");
});

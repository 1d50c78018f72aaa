import assert from "node:assert/strict";
import { test } from "node:test";

import { INTEGRATION_USER, openStage } from "./stage.js";

/** @import { Stage } from "./stage.js" */

/** @param {Stage} stage */
async function connectorTypeId({ api }) {
  return (await api("GET", "/internal/console/context")).connectorTypeId;
}

/**
 * @param {Stage} stage
 * @param {string} name
 * @param {{ deprecated?: boolean }} [options]
 */
async function addConnector(stage, name, { deprecated = false } = {}) {
  return stage.api("POST", "/api/actions/connector", {
    name,
    connector_type_id: await connectorTypeId(stage),
    config: { apiUrl: stage.simulator.url, usesTableApi: deprecated },
    secrets: { username: INTEGRATION_USER.userName, password: INTEGRATION_USER.password },
  });
}

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
  await addConnector(stage, "Old one", { deprecated: true });
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

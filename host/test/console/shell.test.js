import assert from "node:assert/strict";
import { test } from "node:test";

import { waitForColors } from "./inspect.js";
import { openStage } from "./stage.js";

test("links lead from view to view without loading anew, and the browser's way back works", async (t) => {
  const { page, visit } = await openStage(t);
  await visit("/connectors");
  await page.evaluate(() => Object.assign(window, { notLoadedAnew: true }));
  const views = page.getByRole("navigation", { name: "Views" });
  await views.getByRole("link", { name: "Events" }).click();
  await page.getByRole("heading", { name: "Events", level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Events");
  await page.goBack();
  await page.getByRole("heading", { name: "Connectors", level: 1 }).waitFor();
  const connectors = views.getByRole("link", { name: "Connectors" });
  assert.equal(await connectors.getAttribute("aria-current"), "page");
  assert.equal(await page.evaluate(() => "notLoadedAnew" in window), true);
});

test("on a narrow screen the views fold into a menu", async (t) => {
  const { page, visit } = await openStage(t);
  await page.setViewportSize({ width: 360, height: 740 });
  await visit("/connectors");
  await page.getByRole("button", { name: "Open menu" }).click();
  await page.getByRole("link", { name: "Playground" }).click();
  await page.getByRole("heading", { name: "Playground", level: 1 }).waitFor();
});

test("the colors follow the system until one is chosen, which is remembered", async (t) => {
  const { page, find, visit } = await openStage(t);
  await page.emulateMedia({ colorScheme: "dark" });
  await visit("/connectors");
  await find("colorModeButton").waitFor();
  await waitForColors(page, "dark");
  await find("colorModeButton").click();
  await find("colorMode-light").click();
  await find("colorMode-light").waitFor({ state: "detached" });
  await waitForColors(page, "light");
  await page.reload();
  await find("colorModeButton").waitFor();
  await waitForColors(page, "light");
});

test("an address that leads nowhere says so, and where to go", async (t) => {
  const { page, visit, inspect } = await openStage(t);
  await visit("/nowhere");
  await page.getByText("There is nothing at this address").waitFor();
  await inspect("not-found");
  await page.getByRole("link", { name: "Go to the connectors" }).click();
  await page.getByRole("heading", { name: "Connectors", level: 1 }).waitFor();
});

test("the keyboard gets past the navigation by the first link", async (t) => {
  const { page, find, visit } = await openStage(t);
  await visit("/connectors");
  await find("createFirst").waitFor();
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await page.keyboard.press("Tab");
  assert.equal(await skip.evaluate((it) => it === document.activeElement), true);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await find("createFirst").evaluate((it) => it === document.activeElement), true);
});

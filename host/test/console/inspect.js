// Looks at what a page shows in light, in dark and on a narrow screen: keeps a picture of each, and
// has each checked by axe.

import assert from "node:assert/strict";

import axe from "axe-core";

/** @import { Page } from "playwright-core" */

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 740 };

const LOOKS = /** @type {const} */ ([
  { name: "light", colorScheme: "light", viewport: WIDE },
  { name: "dark", colorScheme: "dark", viewport: WIDE },
  { name: "narrow", colorScheme: "light", viewport: NARROW },
  { name: "narrow-dark", colorScheme: "dark", viewport: NARROW },
]);

/**
 * @param {Page} page
 * @param {string} picture path without an ending
 * @param {{ resizes?: boolean }} [options] a menu stays where it was opened
 */
export async function inspect(page, picture, { resizes = true } = {}) {
  for (const { name, colorScheme, viewport } of LOOKS) {
    if (viewport === NARROW && !resizes) continue;
    await page.setViewportSize(viewport);
    await showColors(page, colorScheme);
    await page.screenshot({ path: `${picture}.${name}.png`, animations: "disabled" });
    assert.deepEqual(await violations(page), [], `${picture}, ${name}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= viewport.width, `${picture}, ${name}: the page is ${width} pixels wide`);
  }
  await page.setViewportSize(WIDE);
  await showColors(page, "light");
}

/**
 * Has the system's colors changed, and waits until the page has followed.
 *
 * @param {Page} page
 * @param {"light" | "dark"} colorScheme
 */
export async function showColors(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await waitForColors(page, colorScheme);
}

/**
 * @param {Page} page
 * @param {"light" | "dark"} colors
 */
export async function waitForColors(page, colors) {
  await page.waitForFunction((wanted) => {
    const { backgroundColor } = getComputedStyle(document.documentElement);
    const [red = 0] = backgroundColor.match(/\d+/g) ?? [];
    const isStill = document.getAnimations().every(({ playState }) => playState !== "running");
    return isStill && Number(red) < 128 === (wanted === "dark");
  }, colors);
}

/** @param {Page} page */
async function violations(page) {
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    /** @type {any} */ (window).axe.run(document, { resultTypes: ["violations"] }),
  );
  return found.violations.map((/** @type {import("axe-core").Result} */ { id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }));
}

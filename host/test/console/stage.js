// What the console's tests are played on: the real server with a simulated instance, and a page of a
// real Chromium that is watched for whatever a user should never meet.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";
import { startSimulator } from "servicenow-simulator";

import { findChromium } from "../../../scripts/lib/browser.js";
import { createServer } from "../../server/index.js";
import { inspect } from "./inspect.js";

/**
 * @import { Browser, Locator, Page } from "playwright-core"
 * @import { TestContext } from "node:test"
 */

/**
 * @typedef {object} Stage
 * @property {Page} page
 * @property {import("servicenow-simulator").Simulator} simulator
 * @property {import("../../server/index.js").Server} server
 * @property {{ username: string, password: string }} user
 * @property {(subject: string) => Locator} find an element by its test id
 * @property {(path: string) => Promise<void>} visit
 * @property {(method: string, path: string, body?: unknown) => Promise<any>} api as a client of the
 *   host, beside the page
 * @property {(name: string, options?: { resizes?: boolean }) => Promise<void>} inspect takes pictures in light, dark and narrow, and
 *   has each checked for what keeps people out
 */

const SCREENSHOTS = fileURLToPath(new URL("../../../target/screenshots", import.meta.url));

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** The user of the simulated instance. */
export const INTEGRATION_USER = { userName: "kibana", password: "sesame", email: "k@example.com" };

/** @type {Promise<Browser> | undefined} */
let launched;

function browser() {
  launched ??= chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
  return launched;
}

after(async () => {
  await (await launched)?.close();
});

/**
 * @param {TestContext} t
 * @param {{
 *   loggedIn?: boolean,
 *   settings?: Record<string, unknown>,
 *   instance?: Parameters<typeof startSimulator>[0],
 * }} [options]
 * @returns {Promise<Stage>}
 */
export async function openStage(t, { loggedIn = true, settings = {}, instance = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "console-"));
  /** @type {(() => unknown)[]} */
  const cleanUps = [() => rmSync(folder, { recursive: true, force: true })];
  t.after(async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  });
  const simulator = await startSimulator({ users: [INTEGRATION_USER], ...instance });
  cleanUps.push(() => simulator.close());
  const server = await createServer({
    settings: {
      "server.port": 0,
      "path.data": folder,
      "console.simulatorUrl": simulator.url,
      ...settings,
    },
  });
  cleanUps.push(() => server.close());
  const { username, password } = server.credentials ?? assert.fail("the server made no user");

  const context = await (await browser()).newContext({
    baseURL: server.url,
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(15_000);
  cleanUps.push(() => context.close());
  const page = await context.newPage();
  const problems = watch(page);
  t.after(() => assert.deepEqual(problems, []));

  if (loggedIn) {
    const answer = await context.request.post("/internal/security/login", {
      headers: { "kbn-xsrf": "test" },
      data: { username, password },
    });
    assert.equal(answer.status(), 200);
  }

  return {
    page,
    simulator,
    server,
    user: { username, password },
    find: (subject) => page.locator(`[data-test-subj~="${subject}"]`),
    visit: async (path) => {
      await page.goto(path);
    },
    async api(method, path, body) {
      const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: { authorization, "kbn-xsrf": "test", "content-type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },
    inspect: (name, options) => inspect(page, join(SCREENSHOTS, name), options),
  };
}

mkdirSync(SCREENSHOTS, { recursive: true });

/**
 * Collects what a user should never meet: errors in the browser's console (violations of the content
 * security policy are such), exceptions, and parts of the page that come late.
 *
 * @param {Page} page
 */
function watch(page) {
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(`exception: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // The browser tells of every answer that is no success; whether it should be one, tests say.
    const { url } = message.location();
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (isAnswer && /^\/(?:api|internal)\//.test(new URL(url).pathname)) return;
    problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    const isPart = pathname.startsWith("/assets/") && pathname.endsWith(".js");
    if (isPart && !/^\/assets\/(?:index|key_worker|_?[a-z-]*shared)-/.test(pathname)) {
      problems.push(`loaded late: ${pathname}`);
    }
  });
  return problems;
}

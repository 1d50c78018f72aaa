// Opens a page in a headless browser that nobody drives: the page itself tells a server how it went.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** @typedef {{ name: string, program: string, args: (profile: string) => string[] }} Browser */

/** @param {string} program */
export const chromium = (program) => ({
  name: "Chromium",
  program,
  args: (/** @type {string} */ profile) => [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${profile}`,
  ],
});

/** @param {string} program */
export const firefox = (program) => ({
  name: "Firefox",
  program,
  args: (/** @type {string} */ profile) => ["--headless", "--no-remote", "--profile", profile],
});

const FIREFOX_SETTINGS = [
  'user_pref("browser.aboutwelcome.enabled", false);',
  'user_pref("browser.shell.checkDefaultBrowser", false);',
  'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
  'user_pref("app.update.enabled", false);',
];

/**
 * Opens a page until it has reported.
 *
 * @template Report
 * @param {Browser} browser
 * @param {string} url
 * @param {{ reported: Promise<Report>, seconds: number }} options how long to wait for the report
 * @returns {Promise<Report>}
 */
export async function openPage({ program, args }, url, { reported, seconds }) {
  const profile = mkdtempSync(path.join(tmpdir(), "browser-"));
  writeFileSync(path.join(profile, "user.js"), FIREFOX_SETTINGS.join("\n"));
  // A group of its own, because browsers are many processes.
  const child = spawn(program, [...args(profile), url], { detached: true, stdio: "ignore" });
  const gone = new Promise((resolve) => child.once("close", resolve));
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const silence = new Promise((_, reject) => {
    child.once("error", reject);
    timer = setTimeout(() => reject(new Error(`no report in ${seconds} seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([reported, /** @type {Promise<never>} */ (silence)]);
  } finally {
    clearTimeout(timer);
    if (child.pid) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Has the server of a page listen on this machine.
 *
 * @param {import("node:http").Server} server
 */
export async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

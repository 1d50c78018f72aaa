// The real Alertmanager on a free port, with a configuration of the test's.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { stringify } from "yaml";

import { findAlertmanager } from "../../scripts/lib/alertmanager.js";

/** How long it may take to start, in milliseconds. */
const DEADLINE = 30_000;

/**
 * @param {import("node:test").TestContext} t
 * @param {object} config as in `alertmanager.yml`
 */
export async function startAlertmanager(t, config) {
  const program = findAlertmanager();
  if (program === undefined) {
    throw new Error(
      "Prometheus Alertmanager is missing. Install it: apt-get install prometheus-alertmanager " +
        "(npm test does so as root on Debian).",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "alertmanager-"));
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, stringify(config), { mode: 0o600 });
  const child = spawn(
    program,
    [
      `--config.file=${file}`,
      `--storage.path=${join(folder, "data")}`,
      "--web.listen-address=127.0.0.1:0",
      "--cluster.listen-address=",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = once(child, "exit");
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
  });
  const url = `http://${await addressOf(child)}`;

  return {
    url,

    /** @param {object[]} alerts as its API v2 takes them */
    async post(alerts) {
      const response = await fetch(`${url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(alerts),
      });
      if (!response.ok) throw new Error(`Alertmanager says ${await response.text()}`);
    },
  };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<string>}
 */
async function addressOf(child) {
  const { stderr } = child;
  if (stderr === null) throw new Error("no output");
  const lines = createInterface({ input: stderr });
  /** @type {string[]} */
  const said = [];
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) =>
      reject(new Error(`Alertmanager ${why}:\n${said.join("\n")}`));
    const timer = setTimeout(() => fail("does not say where it listens"), DEADLINE);
    lines.on("line", (line) => {
      said.push(line);
      const [, address] = /"?Listening on"? address=(\S+)/.exec(line) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once("error", ({ message }) => fail(`does not start (${message})`));
    child.once("exit", () => {
      clearTimeout(timer);
      fail("ended");
    });
  });
}

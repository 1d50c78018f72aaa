import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { startSimulator } from "servicenow-simulator";

const CLI = fileURLToPath(new URL("../js/cli.js", import.meta.url));

/** @param {string[]} args */
async function finished(...args) {
  const child = spawn(process.execPath, [CLI, ...args]);
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stderr.on("data", (chunk) => (text += chunk));
  const [status] = await once(child, "close");
  return { status, text };
}

test("it prints address and credentials, serves, and ends cleanly on Ctrl+C", async () => {
  const child = spawn(process.execPath, [CLI, "--port", "0", "--user", "ann:pass:word"]);
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes("Ctrl+C")) break;
  }
  assert.match(text, /user ann, password pass:word/);
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [""];
  const authorization = `Basic ${Buffer.from("ann:pass:word").toString("base64")}`;
  const health = `${url}/api/x_elas2_inc_int/elastic_api/health`;
  assert.equal((await fetch(health, { headers: { authorization } })).status, 200);
  child.kill("SIGINT");
  const [status] = await once(child, "exit");
  assert.equal(status, 0);
});

test("a port that is taken is said to be so, with the remedy", async () => {
  const other = await startSimulator();
  try {
    const { status, text } = await finished("--port", new URL(other.url).port);
    assert.equal(status, 1);
    assert.match(text, /EADDRINUSE.*--port/s);
  } finally {
    await other.close();
  }
});

test("HTTPS is served when it has a port, and a set-up is read from a file", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "simulator-"));
  const setup = path.join(folder, "setup.json");
  writeFileSync(setup, JSON.stringify({ users: [{ userName: "bea", password: "b" }] }));
  const child = spawn(process.execPath, [CLI, "--port=0", "--https-port=0", "--setup", setup]);
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes("Ctrl+C")) break;
  }
  child.kill("SIGTERM");
  const [status] = await once(child, "exit");
  rmSync(folder, { recursive: true });
  assert.equal(status, 0);
  assert.match(text, /https:\/\/127\.0\.0\.1:\d+/);
  assert.match(text, /user bea, password b/);
  assert.match(text, /BEGIN CERTIFICATE/);
});

test("a state is saved when it stops, and gone on from, and a fault is there from the start", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "simulator-"));
  const state = path.join(folder, "state.json");
  const runs = [
    ["--user=cem:c", "--fault=hibernating", `--save=${state}`],
    [`--state=${state}`, '--fault={"fault":45,"times":1}'],
  ];
  for (const args of runs) {
    const child = spawn(process.execPath, [CLI, "--port=0", ...args]);
    let text = "";
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text.includes("Ctrl+C")) break;
    }
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [""];
    const { faults } = await (await fetch(`${url}/simulator/api/state`)).json();
    const first = { fault: "hibernating" };
    const rules = faults.map((/** @type {any} */ { rule }) => rule);
    const second = { fault: "edge-error", times: 1 };
    assert.deepEqual(rules, args === runs[0] ? [first] : [first, second]);
    // As a terminal does when it is closed.
    child.kill("SIGHUP");
    assert.deepEqual(await once(child, "exit"), [0, null]);
  }
  rmSync(folder, { recursive: true });
});

test("help is given", async () => {
  const { status, text } = await finished("--help");
  assert.equal(status, 0);
  assert.match(text, /--https-port/);
});

test("bad arguments are told apart, by name", async () => {
  for (const [args, message] of /** @type {[string[], RegExp][]} */ ([
    [["--port", "http"], /--port must be a whole number/],
    [["--port", "70000"], /--port must be a whole number from 0 to 65535/],
    [["--user", "ann"], /--user must be a name and a password/],
    [["--colour"], /--colour/],
    [["--setup", "/nowhere.json"], /--setup: .*cannot be read/],
    [["--state", "/nowhere.json"], /--state: .*cannot be read/],
    [["--port=0", "--fault", "none"], /--fault: .*the name of a fault/],
    [["--port=0", "--fault", "{"], /--fault: .*is not JSON/],
  ])) {
    const { status, text } = await finished(...args);
    assert.equal(status, 2, text);
    assert.match(text, message);
  }
  const remote = await finished("--host", "0.0.0.0");
  assert.equal(remote.status, 1);
  assert.match(remote.text, /refuses to listen .*--allow-remote/);
});

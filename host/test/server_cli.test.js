// The host as a program: how it starts, what it prints, how it stops.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { startSimulator } from "servicenow-simulator";
import { temporaryFolder } from "./serve.js";

const CLI = fileURLToPath(new URL("../server/cli.js", import.meta.url));

/**
 * @param {ReturnType<typeof temporaryFolder>} temporary
 * @param {string[]} args
 * @param {string} [yaml] settings beside the port and the folder
 */
function run({ folder, endFirst }, args = [], yaml = "") {
  const config = join(folder, "kibana.yml");
  writeFileSync(config, `server.port: 0\npath.data: ${join(folder, "data")}\n${yaml}`);
  const child = spawn(process.execPath, [CLI, "--config", config, ...args]);
  const exit = once(child, "exit");
  endFirst(async () => {
    child.kill("SIGKILL");
    await exit;
  });
  let output = "";
  /** @type {Set<() => void>} */
  const waiting = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      for (const look of waiting) look();
    });
  }
  /** @param {RegExp} pattern */
  const seen = (pattern) =>
    new Promise((/** @type {(found: string) => void} */ resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output);
        if (found) resolve(String(found[1] ?? found[0]));
      };
      waiting.add(look);
      look();
      exit.then(() => reject(new Error(`ended without ${pattern}: ${output}`)));
    });
  return {
    child,
    seen,
    output: () => output,
    /** @returns {Promise<number | null>} the exit status */
    ended: async () => (await exit)[0],
  };
}

/** @param {ReturnType<typeof run>} program */
async function started(program) {
  await program.seen(/Stop it with Ctrl\+C/);
  return program.seen(/^(http:\S+)$/m);
}

/**
 * @param {string} url
 * @param {string} key
 */
function clientOf(url, key) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `ApiKey ${key}`,
        "kbn-xsrf": "true",
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
}

/**
 * Stands before an instance and holds the first request back.
 *
 * @param {import("node:test").TestContext} t
 */
async function heldInstance(t) {
  const simulator = await startSimulator();
  /** @type {() => void} */
  let release = () => {};
  /** @type {() => void} */
  let arrived = () => {};
  const open = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  const asked = new Promise((resolve) => {
    arrived = () => resolve(undefined);
  });
  const server = http.createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    arrived();
    await open;
    const { method, url, headers } = request;
    const target = http.request(`${simulator.url}${url}`, { method, headers }, (answer) => {
      response.writeHead(Number(answer.statusCode), answer.headers);
      answer.pipe(response);
    });
    target.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(async () => {
    server.close();
    server.closeAllConnections();
    await simulator.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, simulator, release, asked };
}

/**
 * @param {ReturnType<typeof clientOf>} client
 * @param {string} apiUrl
 */
async function fire(client, apiUrl) {
  await client("POST", "/api/actions/connector/sn", {
    name: "SN",
    connector_type_id: ".servicenow",
    config: { apiUrl, usesTableApi: false },
    secrets: { username: "elastic", password: "changeme" },
  });
  const { body } = await client("POST", "/internal/console/rule_actions", {
    connector_id: "sn",
    params: {
      subAction: "pushToService",
      subActionParams: { incident: { short_description: "CPU" }, comments: [] },
    },
  });
  return String(body.task_id);
}

test("The first start prints a password and a key, and no later one does", async (t) => {
  const temporary = temporaryFolder(t);
  const first = run(temporary);
  const url = await started(first);
  const key = await first.seen(/API key (\S+)/);
  const password = await first.seen(/user elastic, password (\S+)/);
  assert.equal((await clientOf(url, key)("GET", "/api/actions/connectors")).status, 200);
  first.child.kill("SIGTERM");
  assert.equal(await first.ended(), 0);

  const second = run(temporary);
  const again = await started(second);
  assert.equal((await clientOf(again, key)("GET", "/api/actions/connectors")).status, 200);
  second.child.kill("SIGINT");
  assert.equal(await second.ended(), 0);
  for (const secret of [password, key]) assert.ok(!second.output().includes(secret));
});

test("New credentials can be made while the host runs", async (t) => {
  const temporary = temporaryFolder(t);
  const host = run(temporary);
  const url = await started(host);
  const renewed = run(temporary, ["--new-api-key"]);
  const key = await renewed.seen(/^API key (\S+)$/m);
  const named = run(temporary, ["--new-api-key", "alertmanager"]);
  const second = await named.seen(/^API key (\S+)$/m);
  const passwordProgram = run(temporary, ["--new-password"]);
  const password = await passwordProgram.seen(/^user elastic, password (\S+)$/m);
  for (const program of [renewed, named, passwordProgram]) assert.equal(await program.ended(), 0);

  const old = await host.seen(/API key (\S+)/);
  const list = "/api/actions/connectors";
  assert.equal((await clientOf(url, old)("GET", list)).status, 401);
  assert.equal((await clientOf(url, key)("GET", list)).status, 200);
  assert.equal((await clientOf(url, second)("GET", list)).status, 200);
  const login = await fetch(`${url}/internal/security/login`, {
    method: "POST",
    headers: { "kbn-xsrf": "x", "content-type": "application/json" },
    body: JSON.stringify({ username: "elastic", password }),
  });
  assert.equal(login.status, 200);
});

test("A wrong setting or argument ends the start with what to do", async (t) => {
  const temporary = temporaryFolder(t);
  const wrong = run(temporary, [], "server.prot: 1\n");
  assert.equal(await wrong.ended(), 78);
  assert.match(wrong.output(), /kibana\.yml:3: server\.prot is not .* Did you mean server\.port\?/);
  const argument = run(temporary, ["--verbose"]);
  assert.equal(await argument.ended(), 2);
  assert.match(argument.output(), /--verbose.*\n.*--help lists what there is/s);
});

test("A start that fails makes no credentials that nobody was shown", async (t) => {
  const temporary = temporaryFolder(t);
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  t.after(() => other.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (other.address());
  const { folder } = temporary;
  const config = join(folder, "taken.yml");
  writeFileSync(config, `server.port: ${port}\npath.data: ${join(folder, "other")}\n`);
  const taken = run(temporary, ["--config", config]);
  assert.equal(await taken.ended(), 1);
  assert.match(taken.output(), /EADDRINUSE.*\nChoose another port with server\.port/);
  assert.throws(() => readFileSync(join(folder, "other", "credentials.json")), { code: "ENOENT" });

  writeFileSync(config, `server.port: 0\npath.data: ${join(folder, "other")}\n`);
  const next = run(temporary, ["--config", config]);
  const url = await started(next);
  const key = await next.seen(/API key (\S+)/);
  assert.equal((await clientOf(url, key)("GET", "/api/actions/connectors")).status, 200);
});

test("The host goes on when nobody reads its output any more", async (t) => {
  const temporary = temporaryFolder(t);
  const host = run(temporary);
  const url = await started(host);
  const key = await host.seen(/API key (\S+)/);
  host.child.stdout.destroy();
  host.child.stderr.destroy();
  const client = clientOf(url, key);
  // Each writes a line to the log.
  for (let request = 0; request < 3; request += 1) {
    assert.equal((await client("GET", "/api/actions/connectors")).status, 200);
  }
  // As a terminal does when it is closed.
  host.child.kill("SIGHUP");
  assert.equal(await host.ended(), 0);
});

test("Two hosts do not share a data folder", async (t) => {
  const temporary = temporaryFolder(t);
  await started(run(temporary));
  const second = run(temporary);
  assert.equal(await second.ended(), 1);
  assert.match(second.output(), /in use by another process/);
});

test("On a signal what runs may end, and its end is stored", async (t) => {
  const temporary = temporaryFolder(t);
  const instance = await heldInstance(t);
  const host = run(temporary);
  const url = await started(host);
  const key = await host.seen(/API key (\S+)/);
  const taskId = await fire(clientOf(url, key), instance.url);
  await instance.asked;
  host.child.kill("SIGTERM");
  await host.seen(/SIGTERM: stopping/);
  await assert.rejects(fetch(`${url}/status`));
  instance.release();
  assert.equal(await host.ended(), 0);
  assert.equal(instance.simulator.incidents().length, 1);

  const again = run(temporary);
  const client = clientOf(await started(again), key);
  const { body } = await client("GET", `/internal/console/tasks/${taskId}`);
  assert.deepEqual([body.state, body.attempts], ["succeeded", 1]);
});

test("A second signal ends at once, and what ran is run again", async (t) => {
  const temporary = temporaryFolder(t);
  const instance = await heldInstance(t);
  const host = run(temporary);
  const url = await started(host);
  const key = await host.seen(/API key (\S+)/);
  const taskId = await fire(clientOf(url, key), instance.url);
  await instance.asked;
  const ended = host.ended();
  const signals = setInterval(() => host.child.kill("SIGTERM"), 100);
  assert.equal(await ended, 1);
  clearInterval(signals);
  assert.match(host.output(), /SIGTERM: stopped at once/);

  instance.release();
  const again = run(temporary);
  const client = clientOf(await started(again), key);
  const path = `/internal/console/tasks/${taskId}`;
  let { body } = await client("GET", path);
  while (body.state !== "succeeded") ({ body } = await client("GET", path));
  assert.equal(body.attempts, 2);
});

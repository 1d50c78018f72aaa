// What the console page is given: itself, and what it needs beyond Kibana's API.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { startSimulator } from "servicenow-simulator";
import { getConnectorType } from "../../js/index.js";
import { DRAFT, serve, temporaryFolder } from "./serve.js";

const INDEX = `<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>`;

/** @param {import("node:test").TestContext} t */
function builtPage(t) {
  const { folder } = temporaryFolder(t);
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), INDEX);
  writeFileSync(join(folder, "assets", "index-1a2b.js"), "export {};");
  writeFileSync(join(folder, "assets", "connector-1a2b.wasm"), "\0asm");
  return folder;
}

/**
 * @param {Awaited<ReturnType<typeof serve>>} served
 * @param {string} id
 */
async function ended({ call }, id) {
  for (;;) {
    const { body } = await call("GET", `/internal/console/tasks/${id}`);
    if (body.state !== "waiting" && body.state !== "running") return body;
  }
}

test("Every path of the page answers the page, with a nonce of its own", async (t) => {
  const { call } = await serve(t, { consoleFiles: builtPage(t) });
  const nonces = new Set();
  for (const path of ["/", "/connectors", "/playground?x=1", "/events/", "/index.html"]) {
    const { status, text, headers } = await call("GET", path, { auth: "none" });
    assert.deepEqual([status, headers.get("content-type")], [200, "text/html; charset=utf-8"]);
    const policy = String(headers.get("content-security-policy"));
    const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
    assert.equal(text, INDEX.replaceAll("__CSP_NONCE__", String(nonce)));
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-/);
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 5);
});

test("The page's files have their types and may be kept, and a missing one is not found", async (t) => {
  const { call } = await serve(t, { consoleFiles: builtPage(t) });
  const script = await call("GET", "/assets/index-1a2b.js", { auth: "none" });
  assert.match(String(script.headers.get("content-type")), /javascript/);
  assert.equal(script.headers.get("cache-control"), "public, max-age=31536000, immutable");
  const wasm = await call("GET", "/assets/connector-1a2b.wasm", { auth: "none" });
  assert.equal(wasm.headers.get("content-type"), "application/wasm");
  const missing = await call("GET", "/assets/index-0000.js", { auth: "none" });
  assert.equal(missing.status, 404);
  assert.equal(missing.headers.get("cache-control"), "no-store");
});

test("Where the page is not built it says how to", async (t) => {
  const { folder } = temporaryFolder(t);
  const { call } = await serve(t, { consoleFiles: join(folder, "dist") });
  const { status, text } = await call("GET", "/connectors");
  assert.equal(status, 200);
  assert.match(text, /run <code>npm run build<\/code>/);
});

test("The page learns what it works with", async (t) => {
  const alone = await serve(t);
  assert.deepEqual((await alone.call("GET", "/internal/console/context")).body, {
    connectorTypeId: ".fake",
    simulator: null,
    generation: "9.4",
    version: "0.1.0",
  });
  const incidents = await alone.call("GET", "/internal/console/incidents");
  assert.equal(incidents.status, 404);
  const url = "http://127.0.0.1:1";
  const settings = { "console.simulatorUrl": url };
  const { call } = await serve(t, { settings, generation: "9.2" });
  const { body } = await call("GET", "/internal/console/context");
  assert.deepEqual([body.simulator, body.generation], [{ url }, "9.2"]);
  const gone = await call("GET", "/internal/console/incidents");
  assert.equal(gone.status, 502);
  assert.match(gone.body.message, /does not answer\. Start it, or mend console\.simulatorUrl\.$/);
});

test("An action of a rule becomes a task with its result and its events", async (t) => {
  const served = await serve(t);
  const { call } = served;
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  const action = {
    connector_id: "c",
    params: { text: "Hello {{name}}" },
    variables: { name: "World" },
  };
  const taken = await call("POST", "/internal/console/rule_actions", { body: action });
  assert.equal(taken.status, 202);
  const { created_at, run_at, ...task } = await ended(served, taken.body.task_id);
  assert.deepEqual(task, {
    id: taken.body.task_id,
    connector_id: "c",
    state: "succeeded",
    attempts: 1,
    max_attempts: 3,
    retry_until: null,
    result: { status: "ok", data: { loud: false, text: "Hello World" } },
  });
  assert.match(created_at + run_at, /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z){2}$/);

  const path = `/internal/console/events?task_id=${taken.body.task_id}`;
  const { events } = (await call("GET", path)).body;
  const actions = events.map((/** @type {any} */ event) => event.action);
  assert.deepEqual(actions, ["execute", "execute-start", "enqueued"]);
  assert.equal(events[0].connector_name, "One");
  const older = await call("GET", `${path}&before=${events[0].id}&limit=1`);
  assert.deepEqual(older.body.events, [events[1]]);
});

test("What the page sends is checked like all else", async (t) => {
  const { call } = await serve(t);
  const noConnector = await call("POST", "/internal/console/rule_actions", {
    body: { connector_id: "x", params: {} },
  });
  assert.equal(noConnector.body.message, "Saved object [action/x] not found");
  const noParams = await call("POST", "/internal/console/rule_actions", {
    body: { connector_id: "x" },
  });
  assert.match(noParams.body.message, /^\[request body\.params\]: /);
  const noTask = await call("GET", "/internal/console/tasks/t");
  assert.equal(noTask.status, 404);
  const limit = await call("GET", "/internal/console/events?limit=0");
  const message = "[request query.limit]: expected a whole number from 1 to 1000";
  assert.equal(limit.body.message, message);
  const health = await call("POST", "/internal/console/health_check", {
    body: { config: {}, secrets: {} },
  });
  assert.equal(health.status, 501);
});

test("The page asks for an instance's health, and sees its incidents", async (t) => {
  const simulator = await startSimulator();
  t.after(() => simulator.close());
  const { call } = await serve(t, {
    connectorType: getConnectorType(),
    settings: { "console.simulatorUrl": simulator.url },
  });
  const config = { apiUrl: simulator.url, usesTableApi: false };
  const secrets = { username: "elastic", password: "changeme" };
  const check = (/** @type {object} */ given) =>
    call("POST", "/internal/console/health_check", { body: given });
  const good = await check({ config, secrets });
  assert.equal(good.body.ok, true);
  assert.deepEqual(Object.keys(good.body.application).sort(), ["name", "scope", "version"]);
  const bad = await check({ config, secrets: { ...secrets, password: "hunter2" } });
  assert.equal(bad.status, 200);
  const { ok, code, message, remedy } = bad.body;
  assert.equal(ok, false);
  for (const text of [code, message, remedy]) assert.match(text, /\w/);
  assert.doesNotMatch(bad.text, /hunter2/);

  await call("POST", "/api/actions/connector/sn", {
    body: { name: "SN", connector_type_id: ".servicenow", config, secrets },
  });
  const incident = { short_description: "Seen" };
  const params = { subAction: "pushToService", subActionParams: { incident, comments: [] } };
  const run = await call("POST", "/api/actions/connector/sn/_execute", { body: { params } });
  assert.equal(run.body.status, "ok");
  const { incidents } = (await call("GET", "/internal/console/incidents")).body;
  assert.deepEqual(
    incidents.map((/** @type {any} */ { number }) => number),
    [run.body.data.title],
  );

  const failed = await call("POST", "/api/actions/connector/sn/_execute", {
    body: { params: { subAction: "getIncident", subActionParams: { externalId: "none" } } },
  });
  assert.equal(failed.body.status, "error");
  assert.match(failed.body.errorMeta.remedy, /\w/);
});

test("Prometheus reads what the host does", async (t) => {
  const { call } = await serve(t);
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  await call("POST", "/api/actions/connector/c/_execute", { body: { params: { text: "x" } } });
  await call("GET", "/random/path");
  const { text, headers } = await call("GET", "/metrics");
  assert.match(String(headers.get("content-type")), /^text\/plain; version=0\.0\.4/);
  assert.match(text, /^host_action_runs_total\{outcome="success"\} 1$/m);
  assert.match(text, /^host_connectors\{type="\.fake"\} 1$/m);
  assert.match(text, /^host_tasks\{state="waiting"\} 0$/m);
  assert.match(text, /^host_tasks_failed_total 0$/m);
  assert.match(text, /route="\/api\/actions\/connector\/:id\/_execute",status="200"\} 1$/m);
  assert.match(text, /^process_cpu_seconds_total /m);
  assert.doesNotMatch(text, /random/);
});

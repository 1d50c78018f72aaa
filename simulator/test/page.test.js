import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { afterEach, test } from "node:test";

import { startSimulator } from "servicenow-simulator";

/** @import { Simulator } from "servicenow-simulator" */

const authorization = `Basic ${Buffer.from("elastic:changeme").toString("base64")}`;

/** @type {Simulator[]} */
const running = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

async function start() {
  const simulator = await startSimulator({ now: 0 });
  running.push(simulator);
  return simulator;
}

/**
 * @param {Simulator} simulator
 * @param {string} name
 * @param {unknown} body
 */
async function control(simulator, name, body) {
  const response = await fetch(`${simulator.url}/simulator/api/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/**
 * @param {Simulator} simulator
 * @param {string} [query]
 */
async function state(simulator, query = "") {
  return (await fetch(`${simulator.url}/simulator/api/state${query}`)).json();
}

test("the page shows itself at / and where links to incidents point, with a strict policy", async () => {
  const simulator = await start();
  for (const path of ["/", `/nav_to.do?uri=incident.do?sys_id=${"a".repeat(32)}`]) {
    const page = await fetch(`${simulator.url}${path}`, {
      headers: { "sec-fetch-site": "cross-site" },
    });
    assert.equal(page.status, 200);
    const text = await page.text();
    assert.match(text, /<title>ServiceNow simulator/);
    assert.match(String(page.headers.get("content-security-policy")), /default-src 'none'/);
    for (const [, source] of text.matchAll(/(?:src|href)="(\/simulator\/[^"]+)"/g)) {
      assert.equal((await fetch(`${simulator.url}${source}`)).status, 200, source);
    }
  }
});

test("every script that the page imports is there", async () => {
  const simulator = await start();
  const seen = new Set(["main.js"]);
  for (const name of seen) {
    const response = await fetch(`${simulator.url}/simulator/${name}`);
    assert.equal(response.status, 200, name);
    for (const [, other] of (await response.text()).matchAll(/from "\.\/([^"]+)"/g)) {
      seen.add(String(other));
    }
  }
  assert.ok(seen.size > 5);
});

test("it shows incidents, requests, set-up and faults, and nothing anew while nothing happens", async () => {
  const simulator = await start();
  simulator.faults.inject({ fault: "slow", delay: 0 });
  const import_ = "/api/now/import/x_elas2_inc_int_elastic_incident";
  await fetch(`${simulator.url}${import_}`, {
    method: "POST",
    headers: { authorization, accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ u_correlation_id: "a" }),
  });
  const [{ sys_id: id }] = /** @type {any} */ (simulator.incidents());
  const seen = await state(simulator, `?incident=${id}`);
  assert.equal(seen.incident.sys_id, id);
  assert.deepEqual([seen.incidents.length, seen.requests.length], [1, 1]);
  assert.equal(seen.faults[0].happened, 1);
  assert.ok(seen.setupSteps.length > 10);
  const again = await state(simulator, `?revision=${seen.revision}`);
  assert.deepEqual(again, { now: 0, runs: false, revision: seen.revision });
});

test("its controls inject, remove and clear faults, undo steps, move the clock, load a state", async () => {
  const simulator = await start();
  const saved = await (await fetch(`${simulator.url}/simulator/api/save`)).text();
  const { body } = await control(simulator, "inject", { fault: "hibernating", times: 2 });
  assert.equal(simulator.faults.list()[0]?.id, body.id);
  assert.deepEqual((await control(simulator, "remove", { id: body.id })).body, { removed: true });
  simulator.faults.inject({ fault: 43 });
  await control(simulator, "clear", {});
  assert.deepEqual(simulator.faults.list(), []);

  await control(simulator, "step", { id: "application", done: false });
  assert.equal(simulator.setupSteps().find((step) => step.id === "application")?.done, false);

  const certificate = await readFile(
    new URL("../tests/fixtures/signer.cert.pem", import.meta.url),
    "utf8",
  );
  const client = { clientId: "kibana", clientSecret: "secret" };
  const verifierMaps = [{ keyId: "key", certificate }];
  await control(simulator, "oauth-client", { ...client, verifierMaps });
  assert.equal(simulator.setupSteps().find((step) => step.id === "oauth.verifierMap")?.done, true);

  await control(simulator, "clock", { advance: 1_000 });
  assert.equal(simulator.now(), 1_000);
  await control(simulator, "clock", { now: 5_000 });
  assert.equal(simulator.now(), 5_000);
  await control(simulator, "clock", { follow: true });
  assert.ok(Math.abs(simulator.now() - Date.now()) < 60_000);
  assert.equal((await control(simulator, "revoke", {})).status, 200);

  assert.equal((await control(simulator, "load", saved)).status, 200);
  assert.equal(simulator.now(), 0);
  assert.equal(simulator.setupSteps().find((step) => step.id === "application")?.done, true);
});

test("what cannot be is refused with its reason", async () => {
  const simulator = await start();
  for (const [name, body, status, message] of /** @type {const} */ ([
    ["inject", { fault: "none" }, 400, /the name of a fault/],
    ["inject", "no JSON", 400, /JSON/],
    ["step", { id: "none", done: true }, 400, /no step "none"/],
    ["step", "null", 400, /a JSON object/],
    ["oauth-client", { clientId: "a", clientSecret: "b", userField: "shoe" }, 400, /userField/],
    ["clock", { now: "today" }, 400, /now must be a whole number/],
    ["load", "{}", 400, /no saved state/],
    ["explode", {}, 404, /no control explode/],
  ])) {
    const answer = await control(simulator, name, body);
    assert.equal(answer.status, status, name);
    assert.match(answer.body.error, message);
  }
  assert.equal((await fetch(`${simulator.url}/simulator/none.js`)).status, 404);
  const put = await fetch(`${simulator.url}/simulator/api/state`, { method: "PUT" });
  assert.equal(put.status, 405);
});

test("no other page can use the controls, by whatever name it comes", async () => {
  const simulator = await start();
  simulator.faults.inject({ fault: "slow", delay: 0 });
  const { host, port } = new URL(simulator.url);
  const json = { "content-type": "application/json" };
  for (const [headers, status] of /** @type {[Record<string, string>, number][]} */ ([
    [{ ...json, origin: "http://attacker.example" }, 403],
    [{ ...json, origin: `http://localhost:${port}` }, 403],
    [{ ...json, origin: "null" }, 403],
    [{ ...json, "sec-fetch-site": "cross-site" }, 403],
    [{ ...json, "sec-fetch-site": "same-site" }, 403],
    [{ ...json, host: `attacker.example:${port}`, origin: `http://attacker.example:${port}` }, 403],
    [{ "content-type": "text/plain", origin: simulator.url }, 415],
    [{ "content-type": "application/x-www-form-urlencoded" }, 415],
    [{ ...json, origin: simulator.url, "sec-fetch-site": "same-origin" }, 200],
    [{ ...json, host: `localhost:${port}`, origin: `http://localhost:${port}` }, 200],
  ])) {
    const request = http.request(`${simulator.url}/simulator/api/remove`, {
      method: "POST",
      headers: { host, ...headers },
    });
    request.end('{"id":99}');
    const [response] = await once(request, "response");
    response.resume();
    assert.equal(response.statusCode, status, JSON.stringify(headers));
    assert.equal(response.headers["access-control-allow-origin"], undefined);
  }
  const request = http.get(`${simulator.url}/simulator/api/save`, {
    headers: { host: `attacker.example:${port}` },
  });
  const [response] = await once(request, "response");
  response.resume();
  assert.equal(response.statusCode, 403, "a name that was given this address reads nothing");
});

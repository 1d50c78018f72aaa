import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { afterEach, test } from "node:test";
import { gunzipSync } from "node:zlib";

import { startSimulator } from "servicenow-simulator";

/** @import { Simulator } from "servicenow-simulator" */
/** @import { FaultRule } from "../js/types.js" */

const STAGING = "/api/now/import/x_elas2_inc_int_elastic_incident";
const INCIDENTS = "/api/now/v2/table/incident";
const authorization = `Basic ${Buffer.from("elastic:changeme").toString("base64")}`;

/** @type {Simulator[]} */
const running = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/**
 * @param {import("../js/types.js").Options} [options]
 * @param {FaultRule[]} rules
 */
async function start(options, ...rules) {
  const simulator = await startSimulator({ seed: 1, ...options });
  running.push(simulator);
  for (const rule of rules) simulator.faults.inject(rule);
  return simulator;
}

/**
 * What comes over the line: the status, the bytes, and how it ended.
 *
 * @param {Simulator} simulator
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @param {object} [row] what to import
 */
async function received(simulator, path, headers = {}, row = undefined) {
  const json = { accept: "application/json", "content-type": "application/json" };
  const request = http.request(`${simulator.url}${path}`, {
    agent: new http.Agent(),
    method: row ? "POST" : "GET",
    headers: { authorization, ...json, ...headers },
  });
  request.end(row && JSON.stringify(row));
  /** @type {Buffer[]} */
  const chunks = [];
  let response;
  let end = "whole";
  try {
    [response] = await once(request, "response");
    for await (const chunk of response) chunks.push(chunk);
  } catch (error) {
    end = /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error);
  }
  return { end, response, status: response?.statusCode, bytes: Buffer.concat(chunks) };
}

test("an answer is late by so many milliseconds", async () => {
  const simulator = await start({}, { fault: "slow", delay: 60 });
  const before = performance.now();
  const { status, end } = await received(simulator, STAGING, {}, { u_description: "a" });
  assert.ok(performance.now() - before >= 55);
  assert.deepEqual([status, end, simulator.incidents().length], [201, "whole", 1]);
});

test("an answer that never comes leaves the connection open, and the record written", async () => {
  const simulator = await start({}, { fault: "slow", variant: "never", delay: 0, times: 1 });
  const client = new AbortController();
  let settled = false;
  const asked = fetch(`${simulator.url}${STAGING}`, {
    method: "POST",
    headers: { authorization, accept: "application/json", "content-type": "application/json" },
    body: "{}",
    signal: client.signal,
  }).finally(() => {
    settled = true;
  });
  while (simulator.requests().length === 0) await new Promise(setImmediate);
  assert.equal((await received(simulator, INCIDENTS)).status, 200);
  assert.equal(settled, false);
  client.abort();
  await assert.rejects(asked, { name: "AbortError" });
  assert.equal(simulator.incidents().length, 1);
});

test("a simulator can be closed while answers are held back", async () => {
  const simulator = await start({}, { fault: "slow" });
  const asked = received(simulator, INCIDENTS);
  while (simulator.requests().length === 0) await new Promise(setImmediate);
  await simulator.close();
  assert.equal((await asked).end, "ECONNRESET");
});

test("an answer is cut off after so many bytes, without its end", async () => {
  const simulator = await start({}, { fault: "cut-off", length: 7 });
  const { status, end, bytes, response } = await received(simulator, INCIDENTS);
  assert.deepEqual([status, end, String(bytes)], [200, "ECONNRESET", '{"resul']);
  assert.equal(response.headers["transfer-encoding"], "chunked");
  simulator.faults.clear();
  simulator.faults.inject({ fault: "cut-off" });
  const half = await received(simulator, STAGING, {}, { u_description: "a" });
  assert.ok(half.bytes.length > 100);
  assert.throws(() => JSON.parse(String(half.bytes)));
  assert.equal(simulator.incidents().length, 1);
});

test("a connection is reset amid the answer or before it, or brings what is no HTTP", async () => {
  for (const [variant, status, end] of /** @type {const} */ ([
    ["reset", 200, "ECONNRESET"],
    ["reset-first", undefined, "ECONNRESET"],
    ["garbage", undefined, "HPE_INVALID_CONSTANT"],
  ])) {
    const simulator = await start({}, { fault: "cut-off", variant });
    const answer = await received(simulator, INCIDENTS);
    assert.deepEqual([answer.status, answer.end], [status, end], variant);
  }
});

test("a TLS connection can be reset and cut off as well", async () => {
  for (const variant of ["cut", "reset", "reset-first"]) {
    const simulator = await start({ https: true }, { fault: "cut-off", variant });
    const request = https.get(`${simulator.httpsUrl}${INCIDENTS}`, {
      ca: simulator.certificateAuthority,
      headers: { authorization },
    });
    const ended = once(request, "response").then(async ([response]) => {
      for await (const _ of response);
    });
    await assert.rejects(ended, { code: "ECONNRESET" }, variant);
  }
});

test("an answer is compressed unasked, unpacks to more than it seems, or is no gzip", async () => {
  const simulator = await start();
  simulator.faults.inject({ fault: "gzip", nth: 1 });
  simulator.faults.inject({ fault: "gzip", variant: "bomb", length: 1_000_000, nth: 2 });
  simulator.faults.inject({ fault: "gzip", variant: "broken", nth: 3 });
  const [unasked, bomb, broken] = [
    await received(simulator, INCIDENTS, { "accept-encoding": "identity" }),
    await received(simulator, INCIDENTS),
    await received(simulator, INCIDENTS),
  ];
  for (const { response } of [unasked, bomb, broken]) {
    assert.equal(response.headers["content-encoding"], "gzip");
  }
  assert.equal(String(gunzipSync(unasked.bytes)), '{"result":[]}');
  assert.equal(gunzipSync(bomb.bytes).length, 1_000_013);
  assert.ok(bomb.bytes.length < 10_000);
  assert.throws(() => gunzipSync(broken.bytes));
});

test("HTTPS shows a certificate that has expired, or another host's", async () => {
  const simulator = await start({ https: true });
  const ask = async () => {
    const options = { ca: simulator.certificateAuthority, agent: new https.Agent() };
    const request = https.get(`${simulator.httpsUrl}${INCIDENTS}`, options);
    try {
      const [response] = await once(request, "response");
      response.resume();
      return response.statusCode;
    } catch (error) {
      return /** @type {NodeJS.ErrnoException} */ (error).code;
    }
  };
  assert.equal(await ask(), 401);
  const id = simulator.faults.inject({ fault: "certificate-bad" });
  assert.match(String(await ask()), /CERT|SELF_SIGNED/);
  assert.equal(simulator.faults.list()[0]?.happened, 1);
  simulator.faults.remove(id);
  assert.equal(await ask(), 401);
  simulator.faults.inject({ fault: 52, variant: "other-host" });
  assert.notEqual(await ask(), 401);
  const plain = await start();
  assert.throws(() => plain.faults.inject({ fault: 52 }), /needs HTTPS/);
});

test("rules are injected, listed with their counters, removed and cleared", async () => {
  const simulator = await start();
  const id = simulator.faults.inject({ fault: 43, path: "/api/now", times: 1 });
  assert.match(String((await received(simulator, INCIDENTS)).bytes), /hibernating/);
  assert.equal((await received(simulator, INCIDENTS)).status, 200);
  assert.deepEqual(simulator.faults.list(), [
    { id, matched: 2, happened: 1, rule: { fault: "hibernating", path: "/api/now", times: 1 } },
  ]);
  assert.deepEqual([simulator.faults.remove(id), simulator.faults.remove(id)], [true, false]);
  simulator.faults.inject({ fault: 43 });
  simulator.faults.clear();
  assert.deepEqual(simulator.faults.list(), []);
  assert.equal(simulator.faults.catalogue().length, 53);
  assert.throws(() => simulator.faults.inject({ fault: "no-such" }), /fault: .*no-such/);
  assert.throws(
    () => simulator.faults.inject(/** @type {any} */ ({ fault: 43, colour: 1 })),
    /unknown field `colour`/,
  );
});

test("a fault acts beside others, and the date of an answer is the instance's", async () => {
  const simulator = await start({ now: Date.UTC(2024, 4, 6) });
  simulator.faults.inject({ fault: "edge-error", variant: "nginx-502" });
  simulator.faults.inject({ fault: "gzip" });
  const { status, bytes, response } = await received(simulator, INCIDENTS);
  assert.equal(status, 502);
  assert.match(String(gunzipSync(bytes)), /502 Bad Gateway/);
  assert.equal(response.headers.date, "Mon, 06 May 2024 00:00:00 GMT");
});

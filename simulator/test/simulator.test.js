import assert from "node:assert/strict";
import { createSign, generateKeyPairSync, X509Certificate } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { afterEach, test } from "node:test";

import { startSimulator } from "servicenow-simulator";
import { makeCertificate } from "servicenow-simulator/certificate";

/** @import { Simulator } from "servicenow-simulator" */

const STAGING = "/api/now/import/x_elas2_inc_int_elastic_incident";
const INCIDENTS = "/api/now/v2/table/incident";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** @type {Simulator[]} */
const running = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** @param {import("../js/types.js").Options} [options] */
async function start(options) {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

const basic = `Basic ${Buffer.from("elastic:changeme").toString("base64")}`;

/**
 * @param {Simulator} simulator
 * @param {string} path
 * @param {unknown} [body]
 * @param {string} [authorization]
 */
async function ask(simulator, path, body, authorization = basic) {
  /** @type {RequestInit} */
  const init = { headers: { authorization, accept: "application/json" } };
  if (body !== undefined) {
    init.method = "POST";
    init.headers = { ...init.headers, "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`${simulator.url}${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

test("an import makes an incident that can be read, and that a test can see", async () => {
  const simulator = await start();
  const row = { u_short_description: "Disk full", u_correlation_id: "a", u_work_notes: "twice" };
  const imported = await ask(simulator, STAGING, row);
  assert.equal(imported.status, 201);
  const [entry] = imported.body.result;
  assert.equal(entry.status, "inserted");
  assert.equal(entry.record_link, `${simulator.url}/api/now/table/incident/${entry.sys_id}`);

  const read = await ask(simulator, `${INCIDENTS}/${entry.sys_id}`);
  assert.equal(read.body.result.number, entry.display_value);

  const incident = simulator.incident(entry.display_value);
  assert.equal(incident?.short_description, "Disk full");
  assert.deepEqual(
    incident?.journal.map(({ element, value }) => ({ element, value })),
    [{ element: "work_notes", value: "twice" }],
  );
  assert.equal(simulator.incident(entry.sys_id)?.number, entry.display_value);
  assert.deepEqual(
    simulator.requests().map(({ method, target, status, user }) => [method, target, status, user]),
    [
      ["POST", STAGING, 201, "elastic"],
      ["GET", `${INCIDENTS}/${entry.sys_id}`, 200, "elastic"],
    ],
  );
});

test("the same seed and time give the same identifiers and dates", async () => {
  const seen = [];
  for (const seed of [7, 7, 8]) {
    const simulator = await start({ seed, now: Date.UTC(2024, 4, 6, 7, 8, 9) });
    await ask(simulator, STAGING, { u_short_description: "x" });
    seen.push(simulator.incidents());
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.notEqual(seen[0]?.[0]?.sys_id, seen[2]?.[0]?.sys_id);
  assert.equal(seen[0]?.[0]?.sys_created_on, "2024-05-06 07:08:09");
});

test("two simulators know nothing of each other", async () => {
  const [one, other] = [await start(), await start()];
  await ask(one, STAGING, { u_short_description: "x" });
  assert.equal(one.incidents().length, 1);
  assert.equal(other.incidents().length, 0);
  assert.equal(other.requests().length, 0);
});

test("HTTPS is served with a certificate that can be trusted", async () => {
  const simulator = await start({ https: true });
  const ca = simulator.certificateAuthority;
  for (const host of ["127.0.0.1", "localhost"]) {
    const url = String(simulator.httpsUrl).replace("127.0.0.1", host);
    const headers = { authorization: basic };
    const request = https.get(`${url}/api/now/v2/table/incident`, { ca, headers, family: 4 });
    const [response] = await once(request, "response");
    response.resume();
    assert.equal(response.statusCode, 200);
  }
  const distrustful = https.get(`${simulator.httpsUrl}/`);
  const [error] = await once(distrustful, "error");
  assert.match(error.code, /SELF_SIGNED|DEPTH_ZERO/);
});

test("nothing but loopback is listened on unless that is meant", async () => {
  for (const host of ["0.0.0.0", "::", "192.0.2.1", "example.com"]) {
    await assert.rejects(startSimulator({ host }), /refuses to listen on .* allowRemote/);
  }
  const everywhere = await start({ host: "0.0.0.0", allowRemote: true });
  assert.match(everywhere.url, /^http:\/\/127\.0\.0\.1:\d+$/);
});

test("a connection is kept for the next request", async () => {
  const simulator = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set();
  for (let count = 0; count < 3; count += 1) {
    const request = http.get(`${simulator.url}/api/now/v2/table/incident`, { agent });
    request.on("socket", (socket) => sockets.add(socket));
    const [response] = await once(request, "response");
    response.resume();
    await once(response, "end");
  }
  agent.destroy();
  assert.equal(sockets.size, 1);
});

test("a body of up to 10 MB is read, and a larger one is refused with its length", async () => {
  const simulator = await start();
  const limit = 10_485_760;
  const frame = JSON.stringify({ u_description: "" }).length;
  const fits = await ask(simulator, STAGING, { u_description: "x".repeat(limit - frame) });
  assert.equal(fits.status, 201);
  const large = await ask(simulator, STAGING, { u_description: "x".repeat(limit - frame + 1) });
  assert.equal(large.status, 400);
  assert.equal(large.body.error.message, "Exception while reading request");
  assert.match(large.body.error.detail, /content-length = 10485761 bytes/);
});

test("answers are compressed for whoever accepts that, and only for them", async () => {
  const simulator = await start();
  for (const [accepted, encoding] of [
    ["gzip, deflate", "gzip"],
    ["gzip;q=0", undefined],
    ["identity", undefined],
  ]) {
    const headers = { "accept-encoding": accepted };
    const request = http.get(`${simulator.url}/api/now/v2/table/incident`, { headers });
    const [response] = await once(request, "response");
    response.resume();
    assert.equal(response.headers["content-encoding"], encoding);
    assert.equal(response.statusCode, 401);
  }
});

/**
 * @param {import("node:crypto").KeyObject} key
 * @param {Record<string, unknown>} claims
 */
function assertionBy(key, claims) {
  const part = (/** @type {unknown} */ value) =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", kid: "key" })}.${part(claims)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

test("a key made on the spot signs in, until the token expires or is revoked", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const certificate = await makeCertificate({ privateKey, name: "connector" });
  const now = Date.UTC(2024, 4, 6);
  const simulator = await start({
    now,
    oauthClients: [
      {
        clientId: "client",
        clientSecret: "s3cret",
        userField: "user_name",
        verifierMaps: [{ keyId: "key", certificate }],
      },
    ],
  });
  const signIn = async () => {
    const iat = simulator.now() / 1000;
    const claims = { sub: "elastic", aud: "client", iss: "client", iat, exp: iat + 3600 };
    const response = await fetch(`${simulator.url}/oauth_token.do`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: JWT_BEARER,
        assertion: assertionBy(privateKey, claims),
        client_id: "client",
        client_secret: "s3cret",
      }),
    });
    return response.json();
  };
  const status = async (/** @type {string} */ token) =>
    (await ask(simulator, INCIDENTS, undefined, `Bearer ${token}`)).status;

  const first = await signIn();
  assert.equal(first.expires_in, 1800);
  assert.equal(await status(first.access_token), 200);

  simulator.advance(1_800_000);
  assert.equal(await status(first.access_token), 401);

  const second = await signIn();
  assert.notEqual(second.access_token, first.access_token);
  assert.equal(await status(second.access_token), 200);
  simulator.revokeTokens();
  assert.equal(await status(second.access_token), 401);

  const journal = JSON.stringify(simulator.requests());
  assert.doesNotMatch(journal, /s3cret|eyJ/);
  assert.match(journal, /client_secret=\[secret\]/);
});

test("a certificate is made for a key in any of its forms, and for no other kind of key", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const passphrase = "secret words";
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  const encrypted = privateKey.export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase,
  });
  for (const key of [privateKey, pem, { key: encrypted, passphrase }]) {
    const certificate = new X509Certificate(await makeCertificate({ privateKey: key, name: "x" }));
    assert.ok(certificate.checkPrivateKey(privateKey));
    assert.equal(certificate.subject, "CN=x");
  }
  const other = generateKeyPairSync("ed25519").privateKey;
  await assert.rejects(makeCertificate({ privateKey: other, name: "x" }), /RSA or P-256/);
});

test("a clock that nobody set follows real time, and can be moved", async () => {
  const simulator = await start();
  const before = Date.now();
  assert.ok(simulator.now() >= before && simulator.now() <= Date.now());
  simulator.advance(60_000);
  assert.ok(simulator.now() >= before + 60_000);
  simulator.setNow(1_000);
  assert.equal(simulator.now(), 1_000);
  assert.throws(() => simulator.advance(0.5), /whole number of milliseconds/);
});

test("a set-up that cannot be is refused with the name of the field", async () => {
  const client = { clientId: "c", clientSecret: "s" };
  for (const [options, message] of /** @type {[any, RegExp][]} */ ([
    [{ users: [{ userName: "x" }] }, /users\[0\].*password/],
    [{ oauthClients: [{ ...client, userField: "shoe_size" }] }, /userField "shoe_size"/],
    [
      { oauthClients: [{ ...client, verifierMaps: [{ keyId: "k", certificate: "no" }] }] },
      /keyId "k" is not an X\.509 certificate/,
    ],
    [{ colour: "red" }, /unknown field `colour`/],
    [{ seed: -1 }, /seed/],
    [{ now: "today" }, /now must be a whole number/],
  ])) {
    await assert.rejects(startSimulator(options), message);
  }
});

// What somebody meets who does not belong here: on the network, in a browser, on the same machine.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

import { createCollectingLogger } from "servicenow-itsm-host";
import { createLog } from "../server/log.js";
import { Credentials } from "../server/security/credentials.js";
import { fakeType } from "./fake_type.js";
import { basic, DRAFT, LOGIN, ME, serve, signIn, temporaryFolder } from "./serve.js";

/** @typedef {import("./serve.js").Served} Served */

/**
 * A request as it is written: `fetch` mends paths and sets some headers itself.
 *
 * @param {Served} served
 * @param {{ method?: string, path: string, headers?: Record<string, string>, body?: string }} what
 * @returns {Promise<{ status: number | undefined, headers: http.IncomingHttpHeaders, text: string }>}
 */
function raw({ url }, { body, ...options }) {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, ...options }, async (response) => {
      const { statusCode: status, headers } = response;
      const chunks = await response.toArray();
      resolve({ status, headers, text: Buffer.concat(chunks).toString("utf8") });
    });
    request.on("error", reject);
    request.end(body);
  });
}

test("Nobody without credentials gets further than the sign-in", async (t) => {
  const { call } = await serve(t);
  const closed = [
    ["GET", "/api/actions/connectors"],
    ["GET", "/api/actions/connector_types"],
    ["GET", "/api/actions/connector/c"],
    ["POST", "/api/actions/connector"],
    ["POST", "/api/actions/connector/c/_execute"],
    ["PUT", "/api/actions/connector/c"],
    ["DELETE", "/api/actions/connector/c"],
    ["GET", "/s/default/api/actions/connectors"],
    ["GET", ME],
    ["GET", "/internal/console/context"],
    ["POST", "/internal/console/health_check"],
    ["POST", "/internal/console/rule_actions"],
    ["GET", "/internal/console/tasks/t"],
    ["GET", "/internal/console/events"],
    ["GET", "/internal/console/incidents"],
    ["GET", "/metrics"],
    ["GET", "/api/status"],
  ];
  for (const [method = "", path = ""] of closed) {
    const { status, body } = await call(method, path, { auth: "none" });
    assert.equal(status, 401, `${method} ${path}`);
    assert.equal(body.error, "Unauthorized");
  }
  const { body } = await call("GET", "/status", { auth: "none" });
  assert.deepEqual(body, { status: { overall: { level: "available" } } });
});

test("A password, an API key and a session each open the door", async (t) => {
  const served = await serve(t);
  const { call, credentials } = served;
  const { username, password } = credentials;
  const asUser = { headers: { authorization: basic(username, password) } };
  assert.deepEqual((await call("GET", ME, asUser)).body, { username });
  assert.deepEqual((await call("GET", ME)).body, { username });
  const cookie = await signIn(served);
  const asSession = await call("GET", ME, { auth: "none", headers: { cookie } });
  assert.deepEqual(asSession.body, { username });
});

test("A client that is no browser is told how to sign in, a browser opens no dialog", async (t) => {
  const served = await serve(t);
  const client = await raw(served, { path: ME });
  assert.match(String(client.headers["www-authenticate"]), /^Basic .*ApiKey$/);
  const browser = await raw(served, { path: ME, headers: { "sec-fetch-mode": "cors" } });
  assert.deepEqual([browser.status, browser.headers["www-authenticate"]], [401, undefined]);
});

test("The session's cookie is out of reach for scripts and other sites", async (t) => {
  const { call, credentials } = await serve(t);
  const { username, password } = credentials;
  const { headers } = await call("POST", LOGIN, { body: { username, password }, auth: "none" });
  const [cookie = "", ...others] = headers.getSetCookie();
  assert.equal(others.length, 0);
  assert.match(cookie, /^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
});

test("A session that somebody else chose is not taken over", async (t) => {
  const served = await serve(t);
  const chosen = `sid=${"a".repeat(43)}`;
  const cookie = await signIn(served, { cookie: chosen });
  assert.notEqual(cookie, chosen);
  const { status } = await served.call("GET", ME, { auth: "none", headers: { cookie: chosen } });
  assert.equal(status, 401);
});

test("Signing in again ends the session before", async (t) => {
  const served = await serve(t);
  const before = await signIn(served);
  const after = await signIn(served, { cookie: before });
  const withCookie = (/** @type {string} */ cookie) =>
    served.call("GET", ME, { auth: "none", headers: { cookie } });
  assert.equal((await withCookie(before)).status, 401);
  assert.equal((await withCookie(after)).status, 200);
});

test("A cookie is worth nothing after the sign-out", async (t) => {
  const served = await serve(t);
  const cookie = await signIn(served);
  const asSession = /** @type {const} */ ({ auth: "none", headers: { cookie } });
  const out = await served.call("POST", "/internal/security/logout", asSession);
  assert.equal(out.status, 204);
  assert.match(out.headers.getSetCookie().join(), /^sid=;.*Expires=Thu, 01 Jan 1970/);
  assert.equal((await served.call("GET", ME, asSession)).status, 401);
});

test("A session ends by itself, a while after it was last used", async (t) => {
  let now = 0;
  const served = await serve(t, { now: () => now });
  const cookie = await signIn(served);
  const status = async () =>
    (await served.call("GET", ME, { auth: "none", headers: { cookie } })).status;
  now += 8 * 3_600_000;
  assert.equal(await status(), 200);
  now += 8 * 3_600_000 + 1;
  assert.equal(await status(), 401);
});

test("A new password ends the old one and its sessions, a new key the one of its name", async (t) => {
  const served = await serve(t);
  const { call, credentials, folder } = served;
  const cookie = await signIn(served);
  // As another process does it.
  const other = new Credentials(folder);
  const password = await other.replacePassword();
  const key = await other.makeApiKey("default");
  const second = await other.makeApiKey("alertmanager");
  const status = async (/** @type {Record<string, string>} */ headers) =>
    (await call("GET", ME, { auth: "none", headers })).status;
  assert.equal(await status({ cookie }), 401);
  assert.equal(await status({ authorization: basic("elastic", credentials.password) }), 401);
  assert.equal(await status({ authorization: `ApiKey ${credentials.apiKey}` }), 401);
  assert.equal(await status({ authorization: basic("elastic", password) }), 200);
  assert.equal(await status({ authorization: `ApiKey ${key}` }), 200);
  assert.equal(await status({ authorization: `ApiKey ${second}` }), 200);
});

test("An Authorization header that cannot be read opens nothing", async (t) => {
  const { call } = await serve(t);
  const headers = [
    "Basic",
    "Basic !!!",
    "Basic ZWxhc3RpYw==",
    "Bearer x",
    "ApiKey x",
    "ApiKey Og==",
  ];
  for (const authorization of headers) {
    const { status } = await call("GET", ME, { headers: { authorization } });
    assert.equal(status, 401, authorization);
  }
});

test("What changes something needs the kbn-xsrf header", async (t) => {
  const served = await serve(t);
  const cookie = await signIn(served);
  const message = "Request must contain a kbn-xsrf header.";
  for (const path of ["/api/actions/connector", LOGIN, "/internal/console/rule_actions"]) {
    const headers = { cookie, "content-type": "application/json" };
    const { status, text } = await raw(served, { method: "POST", path, headers, body: "{}" });
    assert.equal(status, 400);
    assert.deepEqual(JSON.parse(text), { statusCode: 400, error: "Bad Request", message });
    const empty = await raw(served, {
      method: "POST",
      path,
      headers: { ...headers, "kbn-xsrf": "" },
      body: "{}",
    });
    assert.equal(JSON.parse(empty.text).message, message);
  }
});

test("Another site cannot act with the cookie of a person who is signed in", async (t) => {
  const served = await serve(t);
  const cookie = await signIn(served);
  const otherPort = "http://127.0.0.1:1";
  /** @type {Record<string, string>[]} */
  const requests = [
    { origin: "https://evil.example.com" },
    { origin: "null" },
    { origin: otherPort },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const foreign of requests) {
    const headers = { cookie, "kbn-xsrf": "x", "content-type": "application/json", ...foreign };
    const body = JSON.stringify(DRAFT);
    const path = "/api/actions/connector";
    const { status, text } = await raw(served, { method: "POST", path, headers, body });
    assert.equal(status, 403, JSON.stringify(foreign));
    assert.equal(JSON.parse(text).message, "Requests from other sites are not taken.");
  }
  assert.deepEqual((await served.call("GET", "/api/actions/connectors")).body, []);
  const own = { cookie, origin: served.url, "sec-fetch-site": "same-origin" };
  const mine = await raw(served, { path: ME, headers: own });
  assert.equal(mine.status, 200);
});

test("A link on another site leads to the page and to nothing else", async (t) => {
  const served = await serve(t);
  const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  assert.equal((await raw(served, { path: "/connectors", headers })).status, 200);
  assert.equal((await raw(served, { path: "/internal/console/context", headers })).status, 403);
});

test("A name that an attacker lets point here is not answered", async (t) => {
  const served = await serve(t, {
    settings: { "server.publicBaseUrl": "https://kbn.example.com" },
  });
  const { port } = new URL(served.url);
  /** @type {[string, number][]} */
  const names = [
    [`evil.example.com:${port}`, 403],
    ["localhost.evil.example.com", 403],
    ["127.0.0.1.evil.example.com", 403],
    [`127.0.0.1:${port}`, 200],
    [`localhost:${port}`, 200],
    [`[::1]:${port}`, 200],
    ["KBN.example.com", 200],
  ];
  for (const [host, expected] of names) {
    for (const path of ["/status", "/"]) {
      assert.equal((await raw(served, { path, headers: { host } })).status, expected, host);
    }
  }
});

test("A request that can be read in two ways is refused", async (t) => {
  const served = await serve(t);
  const { port, host } = new URL(served.url);
  for (const name of [`127.0.0.1:${port}/evil`, "localhost:99999", "localhost:", "a@localhost"]) {
    const { status } = await raw(served, { path: "/status", headers: { host: name } });
    assert.equal(status, 400, name);
  }
  const type = "Content-Type: application/json";
  const twice = [
    [`Host: ${host}`, `Host: ${host}`],
    [`Host: ${host}`, type, type],
    [`Host: ${host}`, "Authorization: ApiKey a", "Authorization: ApiKey b"],
  ];
  for (const headers of twice) {
    const request = ["GET /status HTTP/1.1", ...headers, "Connection: close", "", ""];
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(request.join("\r\n"));
    const answer = Buffer.concat(await socket.toArray()).toString();
    assert.match(answer, /^HTTP\/1\.1 400 /, headers.join());
  }
});

test("A browser is held to https only under a public name that has it", async (t) => {
  const header = async (/** @type {string} */ publicBaseUrl) => {
    const { call } = await serve(t, { settings: { "server.publicBaseUrl": publicBaseUrl } });
    return (await call("GET", "/")).headers.get("strict-transport-security");
  };
  assert.match(String(await header("https://kbn.example.com")), /^max-age=\d+$/);
  assert.equal(await header("http://kbn.example.com"), null);
});

test("A path that is nearly one of the API gets no page", async (t) => {
  const served = await serve(t);
  for (const path of [
    "//api/actions/connectors",
    "/API/actions/connectors",
    "/api%2factions/connectors",
    "/%61pi/nothing",
    "/api/nothing/",
    "/\\api",
    "/Status/x",
  ]) {
    const { status, headers, text } = await raw(served, { path });
    assert.equal(status, 404, path);
    assert.match(String(headers["content-type"]), /^application\/json/);
    assert.equal(JSON.parse(text).error, "Not Found");
  }
  assert.equal((await raw(served, { path: "/apiary" })).status, 200);
});

test("No answer lets another site read it", async (t) => {
  const { call } = await serve(t);
  const answers = [
    await call("GET", "/api/actions/connectors"),
    await call("GET", "/none", { auth: "none" }),
    await call("GET", "/"),
    await call("POST", "/api/actions/connector", { body: "{" }),
  ];
  for (const { headers } of answers) {
    assert.equal(headers.get("access-control-allow-origin"), null);
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("x-frame-options"), "DENY");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cache-control"), "no-store");
    assert.match(String(headers.get("content-security-policy")), /^default-src 'none'; /);
  }
});

test("A body that is too large is not read", async (t) => {
  const { call } = await serve(t, { settings: { "server.maxPayload": "1kb" } });
  const body = { ...DRAFT, name: "x".repeat(1024) };
  const { status, body: error } = await call("POST", "/api/actions/connector", { body });
  assert.equal(status, 413);
  assert.deepEqual(error, {
    statusCode: 413,
    error: "Request Entity Too Large",
    message: "Payload content length greater than maximum allowed: 1024",
  });
});

test("A body that is no JSON is refused, and not quoted", async (t) => {
  const logger = createCollectingLogger();
  const { call } = await serve(t, { logger });
  const path = "/api/actions/connector";
  const secret = "hunter2";
  for (const body of ["{", `{"secrets": {"password": "${secret}", }}`, secret, "\u0000"]) {
    const answer = await call("POST", path, { body });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.message, "Invalid request payload JSON format");
  }
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const asForm = await call("POST", path, { body: `password=${secret}`, headers: form });
  assert.equal(asForm.status, 415);
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  assert.equal((await call("POST", path, { body: deep })).status, 400);
  assert.doesNotMatch(JSON.stringify(logger.entries), /hunter2/);
});

test("Keys that reach for a prototype are refused", async (t) => {
  const { call } = await serve(t);
  /** @type {[string, string][]} */
  const bodies = [
    ['{"__proto__": {"polluted": true}}', "__proto__"],
    ['{"name": "x", "config": {"__proto__": {"polluted": true}}}', "__proto__"],
    ['{"params": [{"a": {"__proto__": 1}}]}', "__proto__"],
    ['{"config": {"constructor": {"prototype": {"polluted": true}}}}', "constructor.prototype"],
  ];
  for (const [body, key] of bodies) {
    const answer = await call("POST", "/api/actions/connector", { body });
    assert.equal(answer.body.message, `[request body]: '${key}' is an invalid key`);
  }
  assert.equal("polluted" in {}, false);
});

test("The page's folder is not left by any path", async (t) => {
  const { folder } = temporaryFolder(t);
  const files = join(folder, "dist");
  mkdirSync(join(files, "assets"), { recursive: true });
  writeFileSync(join(files, "index.html"), "the page");
  writeFileSync(join(files, "assets", "a.js"), "script");
  writeFileSync(join(files, ".env.txt"), "secret");
  writeFileSync(join(folder, "secret.txt"), "secret");
  const served = await serve(t, { consoleFiles: files });
  assert.equal((await raw(served, { path: "/assets/a.js" })).text, "script");
  for (const path of [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/....//secret.txt",
    "/%00/../secret.txt",
    "/secret.txt%00.js",
    "/.env.txt",
    "//secret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%",
  ]) {
    const { status, text } = await raw(served, { path });
    assert.ok(status !== undefined && status >= 400 && status < 500, `${path}: ${status}`);
    assert.doesNotMatch(text, /secret$/);
  }
});

test("What is on the disk is nobody else's to read, and holds no secret in clear", async (t) => {
  const { call, folder, credentials } = await serve(t);
  await call("POST", "/api/actions/connector", { body: DRAFT });
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const files = readdirSync(folder);
  assert.ok(files.includes("credentials.json") && files.includes("host.db"));
  for (const file of files) {
    assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
    const contents = readFileSync(join(folder, file)).toString("latin1");
    const key = Buffer.from(credentials.apiKey, "base64").toString().split(":")[1] ?? "";
    for (const secret of ["hunter2", credentials.password, credentials.apiKey, key]) {
      assert.ok(!contents.includes(secret), file);
    }
  }
});

test("The log has a line a request, and neither secrets nor lines that a client makes", async (t) => {
  const logger = createCollectingLogger();
  const executor = async () => {
    throw new Error("refused");
  };
  const served = await serve(t, { logger, type: { executor } });
  const { call, credentials } = served;
  await signIn(served);
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  await call("POST", "/api/actions/connector/c/_execute", { body: { params: { text: "x" } } });
  await call("GET", "/api/actions/connectors?token=hunter2");
  await raw(served, { path: "/none%0Aforged" });
  const log = JSON.stringify(logger.entries);
  assert.match(log, /127\.0\.0\.1 POST \/api\/actions\/connector\/c 200 \d+ms/);
  for (const secret of ["hunter2", credentials.password, credentials.apiKey]) {
    assert.ok(!log.includes(secret));
  }
});

test("A line of the log reads in its own direction, whatever a name holds", () => {
  let line = "";
  const log = createLog({ level: "info", write: (text) => (line = text) });
  log.info("a\u202eb\u2066c\u200fd\u061ce");
  assert.match(line, /a\\u202eb\\u2066c\\u200fd\\u061ce\n$/);
});

test("A failure that nobody foresaw says nothing outside, and no secret in the log", async (t) => {
  const logger = createCollectingLogger();
  const { call } = await serve(t, {
    logger,
    type: {
      validate: /** @type {any} */ ({
        ...fakeType().validate,
        get connector() {
          throw new RangeError("cannot read hunter2");
        },
      }),
    },
  });
  const { status, text } = await call("POST", "/api/actions/connector", { body: DRAFT });
  assert.equal(status, 500);
  assert.match(text, /An internal server error occurred\. Check the log of this host/);
  assert.doesNotMatch(text, /cannot read/);
  const log = JSON.stringify(logger.entries);
  assert.match(log, /RangeError: cannot read \[hidden\]/);
  assert.doesNotMatch(log, /hunter2/);
});

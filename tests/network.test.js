import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import { KeptDispatchers } from "../js/network/kept.js";
import { ANSWER, answering, connect, failure } from "./support/acting.js";
import { createConfigurationUtilities, createLogger, run } from "./support/host.js";
import { actTwice, ROOT } from "./support/process.js";
import { startProxy } from "./support/proxy.js";
import { serve, serveTls } from "./support/server.js";
import { basic, simulate } from "./support/simulated.js";

test("without settings the runtime's fetch keeps its connection from action to action", async (t) => {
  const { url, ca, connections } = await serveTls(t, answering);
  for (const { status } of await actTwice(url, { trusted: [ca] })) assert.equal(status, "ok");
  assert.equal(connections(), 1);
});

test("a process ends by itself, whatever its connections went through", async (t) => {
  const proxy = await startProxy(t);
  const { url, connections } = await serveTls(t, answering);
  const settings = /** @type {const} */ ({ ssl: { verificationMode: "none" } });
  for (const proxied of [{}, { proxyUrl: proxy.url }]) {
    const before = connections();
    const results = await actTwice(url, { settings: { ...settings, ...proxied } });
    for (const { status } of results) assert.equal(status, "ok");
    assert.equal(connections() - before, 1);
  }
});

test("an incident is opened, commented and closed through a proxy, over TLS", async (t) => {
  const proxy = await startProxy(t, { credentials: "kibana:secret" });
  const simulator = await simulate(t, { https: true });
  const url = String(simulator.httpsUrl);
  const ssl = { certificateAuthoritiesData: simulator.certificateAuthority };
  const { execute } = await connect(getConnectorType(), url, {
    proxyUrl: proxy.url.replace("://", "://kibana:secret@"),
    customHostSettings: [{ url, ssl }],
  });
  const correlation_id = "r-1:web-1";
  const incident = { short_description: "Disk", correlation_id };
  const opened = await execute({
    subAction: "pushToService",
    subActionParams: { incident, comments: [{ commentId: "1", comment: "91 %" }] },
  });
  assert.equal(opened.status, "ok", String(opened.serviceMessage));
  const closed = await execute({
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id } },
  });
  assert.equal(closed.status, "ok", String(closed.serviceMessage));
  assert.equal(simulator.incident(opened.data.id)?.state, "7");
  assert.equal(proxy.requests.length, 1);
});

test("without undici nothing is sent another way than the settings say, and all else works", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "alone-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const part of ["js", "pkg", "package.json"]) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  let asked = 0;
  const url = await serve(t, (request, response) => {
    asked += 1;
    answering(request, response);
  });
  const proxy = await startProxy(t);
  for (const entry of ["js/index.js", "pkg/index.cjs"].map((file) => path.join(folder, file))) {
    asked = 0;
    const results = await actTwice(url, { entry, settings: { proxyUrl: proxy.url } });
    for (const { serviceMessage, retry, errorName, errorMeta } of results) {
      const text =
        "the host's proxy and TLS settings need the package undici, which is not installed";
      assert.equal(serviceMessage, failure(text, "ERR_UNDICI"));
      assert.equal(retry, false);
      assert.equal(errorName, "network_settings");
      assert.match(String(errorMeta?.remedy), /npm install undici/);
    }
    assert.equal(asked, 0);
    for (const { status } of await actTwice(url, { entry })) assert.equal(status, "ok");
    assert.equal(asked, 2);
  }
  assert.equal(proxy.requests.length, 0);
});

test("an undici that cannot be loaded is told from one that is not there", async (t) => {
  const proxy = await startProxy(t);
  const url = await serve(t, () => assert.fail("it went past the proxy"));
  for (const [code, what] of [
    ["ERR_MODULE_NOT_FOUND", "is not installed"],
    ["EACCES", "cannot be loaded"],
  ]) {
    const results = await actTwice(url, {
      settings: { proxyUrl: proxy.url },
      hooks: `export async function resolve(name, context, next) {
        if (name === "undici") throw Object.assign(new Error("no"), { code: "${code}" });
        return next(name, context);
      }`,
    });
    for (const { serviceMessage } of results) {
      const text = `the host's proxy and TLS settings need the package undici, which ${what}`;
      assert.equal(serviceMessage, failure(text, "ERR_UNDICI"));
    }
  }
  assert.equal(proxy.requests.length, 0);
});

test("the CommonJS entry obeys the settings as well", async (t) => {
  const proxy = await startProxy(t);
  const url = await serve(t, answering);
  const entry = path.join(ROOT, "pkg/index.cjs");
  const results = await actTwice(url, { entry, settings: { proxyUrl: proxy.url } });
  for (const { status } of results) assert.equal(status, "ok");
  assert.equal(proxy.requests.length, 2);
});

test("a fetch of the user's own wins, with one warning where settings are left to it", async (t) => {
  const proxy = await startProxy(t);
  const url = "http://sn.example.com";
  const type = getConnectorType({ fetch: async () => new Response(ANSWER) });
  const plain = await connect(type, url);
  assert.equal((await plain.act()).status, "ok");
  assert.deepEqual(plain.warnings(), []);
  const { act, warnings } = await connect(type, url, { proxyUrl: proxy.url });
  for (const { status } of [await act(), await act()]) assert.equal(status, "ok");
  assert.deepEqual(warnings(), [
    "The host's proxy and TLS settings are not applied: the connector type was given a fetch of its own.",
  ]);
  assert.equal(proxy.requests.length, 0);
});

test("settings that cannot be read end the action, but for a fetch of the user's own", async () => {
  const unreadable = () => {
    throw new RangeError("the proxy's password is hunter2");
  };
  const url = "http://sn.example.com";
  const { result } = await actThrough(url, unreadable);
  const text = "The host's networking settings cannot be read: RangeError";
  assert.equal(result.serviceMessage, failure(text, "ERR_NETWORK_SETTINGS"));
  const own = getConnectorType({ fetch: async () => new Response(ANSWER) });
  const { result: gone, warnings } = await actThrough(url, unreadable, own);
  assert.equal(gone.status, "ok");
  assert.match(String(warnings), /proxy and TLS settings are not applied/);
});

/**
 * An action in a host that hands on what it was given.
 *
 * @param {string} apiUrl
 * @param {() => any} getProxySettings
 */
async function actThrough(apiUrl, getProxySettings, type = getConnectorType()) {
  const logger = createLogger();
  const result = await run(type, {
    ...basic(apiUrl),
    params: { subAction: "getChoices", subActionParams: { fields: ["urgency"] } },
    logger,
    configurationUtilities: { ...createConfigurationUtilities(), getProxySettings },
  });
  return { result, warnings: logger.lines.filter((line) => line.startsWith("warn")) };
}

test("a proxy's URL that cannot be read is ignored with one warning that does not repeat it", async (t) => {
  const url = await serve(t, (request, response) => {
    if (request.url === "/moved") answering(request, response);
    else response.writeHead(307, { location: "/moved" }).end();
  });
  const proxyUrl = "http://kibana:s3cr3t@:1:2";
  const { result, warnings } = await actThrough(url, () => ({ proxyUrl }));
  assert.equal(result.status, "ok");
  assert.deepEqual(warnings, ["warn: invalid proxy URL in the host's setting proxyUrl ignored"]);
});

test("proxy settings that cannot be obeyed end the action before anything is sent", async (t) => {
  let asked = 0;
  const url = await serve(t, () => {
    asked += 1;
  });
  for (const [settings, text] of /** @type {const} */ ([
    [
      { proxyUrl: "socks5://kibana:s3cr3t@127.0.0.1:1080" },
      "the host's setting proxyUrl must begin with http:// or https://",
    ],
    [
      { proxyUrl: "proxy.example.com:3128" },
      "the host's setting proxyUrl must begin with http:// or https://",
    ],
    [
      { proxyUrl: "http://127.0.0.1:1", proxyHeaders: { "x-key": "s3cr3t\r\nx: y" } },
      "the host's setting proxyHeaders holds what cannot be an HTTP header",
    ],
    [
      { proxyUrl: "http://127.0.0.1:1", proxyHeaders: { "x key": "s3cr3t" } },
      "the host's setting proxyHeaders holds what cannot be an HTTP header",
    ],
  ])) {
    const { result, warnings } = await actThrough(url, () => settings);
    assert.equal(result.serviceMessage, failure(text, "ERR_NETWORK_SETTINGS"));
    assert.equal(result.retry, false);
    assert.equal(result.errorName, "network_settings");
    assert.doesNotMatch(JSON.stringify([result, warnings]), /s3cr3t/);
  }
  assert.equal(asked, 0);
});

test("a percent sign in a password that is no encoding stands for itself", async (t) => {
  const url = await serve(t, answering);
  const proxy = await startProxy(t, { credentials: "kibana:100%" });
  const { result } = await actThrough(url, () => ({
    proxyUrl: `http://kibana:100%@${proxy.host}`,
  }));
  assert.equal(result.status, "ok", String(result.serviceMessage));
});

test("few dispatchers are kept, those used last, and the others closed when nobody uses them", () => {
  /** @type {string[]} */
  const closed = [];
  const kept = new KeptDispatchers(2);
  const use = (/** @type {string} */ name) =>
    kept.use({ name }, () => {
      const close = async () => void closed.push(name);
      return /** @type {any} */ ({ close });
    });
  const first = use("a");
  use("b").release();
  const again = use("a");
  assert.equal(again.dispatcher, first.dispatcher);
  use("c").release();
  assert.deepEqual(closed, ["b"]);
  use("d").release();
  assert.deepEqual(closed, ["b"], "a is pushed out, but in use");
  first.release();
  again.release();
  assert.deepEqual(closed, ["b", "a"]);
  use("c").release();
  use("d").release();
  assert.deepEqual(closed, ["b", "a"]);
  assert.notEqual(use("a").dispatcher, first.dispatcher);
});

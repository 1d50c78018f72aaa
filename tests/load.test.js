// How the module comes to where there are no files: the entry for browsers, against a server.

import assert from "node:assert/strict";
import fs, { readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { createConfigurationUtilities, createLogger, run } from "./support/host.js";
import { serve } from "./support/server.js";
import { basic } from "./support/simulated.js";

/** @import { ModuleSource } from "../js/api.js" */

const FILE = new URL("../pkg/connector_bg.wasm", import.meta.url);
const BYTES = readFileSync(FILE);

/** A module that exports nothing. */
const OTHER = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** One that imports a function `a.b`. */
const MODULE_OF_OTHERS = Uint8Array.from([
  ...OTHER,
  ...[1, 4, 1, 0x60, 0, 0],
  ...[2, 7, 1, 1, 0x61, 1, 0x62, 0, 0],
]);

let count = 0;

/**
 * An entry of the package as a program that has just started has it.
 *
 * @param {string} [name]
 * @returns {Promise<typeof import("../js/index.js")>}
 */
const entry = (name = "web") => import(`../js/${name}.js?${count++}`);

/** @param {Pick<typeof import("../js/index.js"), "getConnectorType">} entry */
function assertWorks({ getConnectorType }) {
  const { schema } = getConnectorType().validate.config;
  assert.equal(schema.parse({ apiUrl: "https://a.test" }).isOAuth, false);
}

/**
 * @param {import("node:test").TestContext} t
 * @param {(path: string) => { status?: number, type?: string, body?: string | Buffer }} answer
 */
async function server(t, answer) {
  /** @type {string[]} */
  const asked = [];
  const url = await serve(t, (request, response) => {
    const path = String(request.url);
    asked.push(path);
    const { status = 200, type = "application/wasm", body = BYTES } = answer(path);
    response.writeHead(status, type ? { "content-type": type } : {});
    response.end(body);
  });
  return { asked, url };
}

test("a call before init says what to do", async () => {
  const { createConnector, getConnectorType } = await entry();
  const type = getConnectorType();
  for (const call of [
    () => createConnector({ apiUrl: "https://a.test", username: "a", password: "b" }),
    () => type.validate.config.schema.parse({ apiUrl: "https://a.test" }),
    () => type.renderParameterTemplates(/** @type {any} */ (console), { a: "{{b}}" }, { b: 1 }),
  ]) {
    assert.throws(call, (/** @type {any} */ error) => {
      assert.equal(error.name, "ConnectorError");
      assert.equal(error.code, "module_not_loaded");
      assert.match(error.message, /await init\(\) first/);
      assert.match(error.remedy, /init\(\)/);
      return true;
    });
  }
});

test("init takes a URL, bytes, a response, a module, or a promise of one", async (t) => {
  const { url } = await server(t, () => ({}));
  /** @type {ModuleSource[]} */
  const sources = [
    `${url}/connector.wasm`,
    new URL(url),
    BYTES,
    new Uint8Array(BYTES).buffer,
    fetch(url),
    await fetch(url),
    new WebAssembly.Module(BYTES),
    runInNewContext("new WebAssembly.Module(bytes)", { bytes: BYTES }),
    runInNewContext("Uint8Array.from(bytes).buffer", { bytes: BYTES }),
    Promise.resolve(BYTES),
  ];
  for (const source of sources) {
    const loaded = await entry();
    await loaded.init(source);
    assertWorks(loaded);
  }
});

test("a server that does not know the module's type does no harm", async (t) => {
  for (const type of [
    "",
    "application/octet-stream",
    "text/html",
    "application/wasm; charset=utf-8",
  ]) {
    const { url } = await server(t, () => ({ type }));
    const loaded = await entry();
    await loaded.init(url);
    assertWorks(loaded);
  }
});

test("what is no module is named, and loading can be tried again", async (t) => {
  const { url } = await server(t, (path) => {
    if (path.startsWith("/missing")) return { status: 404, type: "text/plain", body: "none" };
    if (path === "/page") return { type: "text/html", body: "<!doctype html>" };
    if (path === "/broken") return { body: BYTES.subarray(0, 1000) };
    return {};
  });
  const loaded = await entry();
  /** @type {[any, RegExp][]} */
  const refused = [
    [
      `${url}/missing?token=secret`,
      /http:\/\/127\.0\.0\.1:\d+\/missing: the answer has the status 404$/,
    ],
    [`${url}/page`, /\/page: the answer \(text\/html\) is no module$/],
    [`${url}/broken`, /\/broken: .*WebAssembly/],
    ["http://127.0.0.1:1/a?token=secret", /http:\/\/127\.0\.0\.1:1\/a: fetch failed: bad port$/],
    [url.replace("//", "//me:pw@"), /: http:\/\/127\.0\.0\.1:\d+\/: .* no credentials$/],
    [new URL(url.replace("//", "//me:pw@")), /no credentials$/],
    ["me:pw@/x", /is no URL$|no credentials$|: me:: /],
    ["//nowhere?token=secret", /a text that is no URL$/],
    [new URL("file:///x/connector_bg.wasm"), /file:\/\/\/x\/connector_bg.wasm: fetch failed: /],
    [BYTES.subarray(1), /could not be loaded: /],
    [
      new WebAssembly.Module(OTHER),
      /: it is not the module that belongs to this version of the package$/,
    ],
    [MODULE_OF_OTHERS, /not the module that belongs to this version of the package: .*Import/],
    [42, /init takes a URL, bytes, a Response or a WebAssembly.Module$/],
  ];
  for (const [source, message] of refused) {
    await assert.rejects(loaded.init(source), (/** @type {any} */ error) => {
      assert.equal(error.code, "module_load_failed");
      assert.match(error.message, message);
      assert.match(error.remedy, /content security policy/);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /me:pw|secret/);
      return true;
    });
    assert.throws(() => assertWorks(loaded), { code: "module_not_loaded" });
  }
  await loaded.init(`${url}/connector.wasm`);
  assertWorks(loaded);
});

test("the module is fetched once, however often init is called", async (t) => {
  const { asked, url } = await server(t, () => ({}));
  const loaded = await entry();
  await Promise.all([loaded.init(url), loaded.init(url)]);
  await loaded.init(url);
  assert.equal(asked.length, 1);
});

test("what loads from one source does not fail for another", async (t) => {
  const { url } = await server(t, () => ({ status: 404 }));
  for (const name of ["web", "index"]) {
    const loaded = await entry(name);
    const failing = loaded.init(url).catch(({ code }) => code);
    await loaded.init(BYTES);
    assertWorks(loaded);
    // Unless the module was there by then, whoever has brought it.
    assert.ok([undefined, "module_load_failed"].includes(await failing));
  }
});

test("of two sources the faster one counts", async () => {
  const web = await entry();
  /** @type {(bytes: Uint8Array) => void} */
  let arrive = () => {};
  const slow = web.init(
    new Promise((resolve) => {
      arrive = resolve;
    }),
  );
  await web.init(BYTES);
  // Alone it would fail the first call.
  arrive(OTHER);
  await slow;
  assertWorks(web);
});

test("nothing at all is the module that the package brings", async () => {
  for (const name of ["index", "inline"]) {
    const loaded = await entry(name);
    await loaded.init(/** @type {any} */ (null));
    assertWorks(loaded);
  }
});

test("a file that cannot be loaded is named", async () => {
  const { init } = await entry("index");
  const refused = (/** @type {string} */ file, /** @type {RegExp} */ message) =>
    assert.rejects(init(new URL(file, import.meta.url)), { code: "module_load_failed", message });
  await refused("nowhere.wasm", /: \/.*\/nowhere\.wasm: ENOENT/);
  await refused("load.test.js", /: \/.*\/load\.test\.js: WebAssembly/);
});

test("a file that the package brings and nobody may read is named by the call that needs it", async (t) => {
  const { getConnectorType } = await entry("index");
  const { schema } = getConnectorType().validate.config;
  const read = t.mock.method(fs, "readFileSync", () => {
    throw new Error("EACCES");
  });
  syncBuiltinESMExports();
  const message = /module could not be loaded: .*connector_bg\.wasm/;
  assert.throws(() => schema.parse({ apiUrl: "a" }), { code: "module_load_failed", message });
  read.mock.restore();
  syncBuiltinESMExports();
  assertWorks({ getConnectorType });
});

test("Node needs no init, and takes files", async () => {
  assertWorks(await entry("index"));
  for (const source of [undefined, FILE, FILE.href, BYTES]) {
    const loaded = await entry("index");
    await loaded.init(source);
    assertWorks(loaded);
  }
});

test("the inline variant needs no file at all", async () => {
  assertWorks(await entry("inline"));
  const loaded = await entry("inline");
  await loaded.init();
  assertWorks(loaded);
});

test("where there is only fetch, a fetch of the user's own is asked, with one warning", async () => {
  const { getConnectorType } = await entry("inline");
  const type = getConnectorType({ fetch: async () => new Response('{"result":[]}') });
  const configurationUtilities = {
    ...createConfigurationUtilities(),
    getProxySettings: () => ({ proxyUrl: "http://127.0.0.1:2" }),
  };
  const logger = createLogger();
  const params = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };
  for (let index = 0; index < 2; index++) {
    const action = { ...basic("http://127.0.0.1:1"), params, logger, configurationUtilities };
    assert.equal((await run(type, action)).status, "ok");
  }
  assert.deepEqual(
    logger.lines.filter((line) => line.startsWith("warn")),
    [
      "warn: The host's proxy and TLS settings are not applied: the connector type was given a fetch of its own.",
    ],
  );
});

test("where there is only fetch, nothing is sent another way than a host's settings say", async () => {
  const { getConnectorType } = await entry("inline");
  const type = getConnectorType();
  const run = (/** @type {object} */ settings) =>
    type.executor({
      actionId: "c-1",
      config: type.validate.config.schema.parse({ apiUrl: "http://127.0.0.1:1" }),
      secrets: type.validate.secrets.schema.parse({ username: "a", password: "b" }),
      params: type.validate.params.schema.parse({
        subAction: "getChoices",
        subActionParams: { fields: ["urgency"] },
      }),
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      configurationUtilities: {
        ensureUriAllowed() {},
        ensureHostnameAllowed() {},
        ...settings,
      },
    });
  for (const settings of [
    { getProxySettings: () => ({ proxyUrl: "http://127.0.0.1:2" }) },
    { getSSLSettings: () => ({ verificationMode: "none" }) },
    { getCustomHostSettings: () => ({ ssl: { certificateAuthoritiesData: "a" } }) },
  ]) {
    const { errorName, errorMeta, serviceMessage } = await run(settings);
    assert.equal(errorName, "network_settings");
    assert.match(String(errorMeta?.remedy), /^Give getConnectorType a fetch/);
    assert.match(String(serviceMessage), /give getConnectorType a fetch that does/);
  }
  const { errorName } = await run({ getSSLSettings: () => ({ verificationMode: "full" }) });
  assert.notEqual(errorName, "network_settings");
});

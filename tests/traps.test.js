// What happens after a fault of the module itself. The module under test is built with faults on
// purpose: whatever text it is given can name one (src/wasm/traps.rs).

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import { packageFor } from "../js/package.js";
import { BASIC, createConfigurationUtilities, createLogger } from "./support/host.js";
import { keyFile } from "./support/keys.js";

/** @import { FetchOf } from "../js/fetch.js" */

const FAULTS = ["TRAP: panic", "TRAP: stack", "TRAP: memory", "TRAP: throw"];
const MODULE = new URL("../target/traps/connector_bg.wasm", import.meta.url);
const SETTINGS = { apiUrl: "https://dev1.service-now.com", username: "elastic", password: "pw" };
const OK = JSON.stringify({ result: [] });
const CHOICES = { fields: ["urgency"] };

/** @type {Promise<any>} */
let bindings;
/** @type {WebAssembly.Module} */
let module;

before(() => {
  assert.ok(existsSync(MODULE), "npm test builds this module");
  bindings = import(new URL("connector_bg.js", MODULE).href);
  module = new WebAssembly.Module(readFileSync(MODULE));
});

/** The package, on the module with faults. */
async function start() {
  const { createBindings } = await bindings;
  /** @type {FetchOf} */
  const fetchOfHost = () => fetch;
  const loader = { load: async () => module, loadNow: () => module };
  return packageFor({ loader, createBindings, fetchOfHost, fetchOfUser: (fetch) => () => fetch });
}

/** A `fetch` whose requests wait until the test answers them. */
function script() {
  /** @type {((body: string) => void)[]} */
  const waiting = [];
  /** @type {any} */
  const fetch = () =>
    new Promise((resolve) => {
      waiting.push((body) =>
        resolve(new Response(body, { headers: { "content-type": "application/json" } })),
      );
    });
  /** @param {string} body */
  const answer = async (body) => {
    // An action asks a few turns of the event loop after it was started.
    while (waiting.length === 0) await turn();
    waiting.shift()?.(body);
  };
  return { fetch, answer, waiting };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * A fault that is told as the connector's own, and that tells nothing else.
 *
 * @param {any} error
 */
function isInternal(error) {
  assert.equal(error.name, "ConnectorError");
  assert.equal(error.code, "internal");
  assert.equal(error.retry, false);
  assert.ok(!error.message.includes("TRAP"), "nothing of what was being read is told");
  assert.ok(!error.cause);
  return true;
}

for (const fault of FAULTS) {
  test(`${fault}: a validator fails, and the next call finds a module that works`, async () => {
    const { schema } = (await start()).getConnectorType().validate.config;
    for (let round = 0; round < 3; round++) {
      assert.throws(() => schema.parse({ apiUrl: `${fault}, secret` }), isInternal);
      assert.equal(schema.parse({ apiUrl: SETTINGS.apiUrl }).apiUrl, SETTINGS.apiUrl);
    }
  });

  test(`${fault}: rendering fails, and the next rendering works`, async () => {
    const type = (await start()).getConnectorType();
    const render = (/** @type {string} */ text) =>
      type.renderParameterTemplates(createLogger(), { text }, { name: "disk" });
    assert.throws(() => render(`${fault}: {{name}}`), isInternal);
    assert.deepEqual(render("{{name}}"), { text: "disk" });
  });

  test(`${fault}: an action fails after an answer, and the next one succeeds`, async () => {
    const { fetch, answer } = script();
    const serviceNow = (await start()).createConnector({ ...SETTINGS, fetch });
    for (let round = 0; round < 3; round++) {
      const failing = serviceNow.getChoices(CHOICES);
      await answer(fault);
      await assert.rejects(failing, isInternal);
      const next = serviceNow.getChoices(CHOICES);
      await answer(OK);
      assert.deepEqual(await next, []);
    }
  });

  test(`${fault}: actions that wait for answers meanwhile fail at once, and late answers do no harm`, async () => {
    const { fetch, answer, waiting } = script();
    const serviceNow = (await start()).createConnector({ ...SETTINGS, fetch });
    const failing = serviceNow.getChoices(CHOICES);
    const others = [1, 2, 3].map(() => serviceNow.getChoices(CHOICES));
    while (waiting.length < 4) await turn();
    await answer(fault);
    for (const action of [failing, ...others]) await assert.rejects(action, isInternal);
    const next = serviceNow.getChoices(CHOICES);
    // Those of the dead instance first.
    for (let count = 0; count < 4; count++) await answer(OK);
    assert.deepEqual(await next, []);
  });
}

test("actions that wait for the token of one that failed fail too, and the next one asks for a token anew", async () => {
  const { fetch, answer, waiting } = script();
  const { password: _, username: _name, ...settings } = SETTINGS;
  const serviceNow = (await start()).createConnector({
    ...settings,
    clientId: "client-1",
    clientSecret: "secret",
    jwtKeyId: "key-1",
    userIdentifierValue: "svc",
    privateKey: keyFile("pkcs8"),
    fetch,
  });
  const actions = [1, 2, 3].map(() => serviceNow.getChoices(CHOICES));
  while (waiting.length < 1) await turn();
  await answer("TRAP: panic");
  for (const action of actions) await assert.rejects(action, isInternal);
  const next = serviceNow.getChoices(CHOICES);
  await answer(JSON.stringify({ access_token: "a", token_type: "Bearer", expires_in: 1799 }));
  await answer(OK);
  assert.deepEqual(await next, []);
});

/**
 * What a host gets of an action during which the module fails.
 *
 * @param {{ params?: object, config?: object, taskInfo?: import("../js/types.js").TaskInfo }} given
 */
async function failedAction({ params, config, taskInfo }) {
  const { fetch, answer } = script();
  const type = (await start()).getConnectorType({ fetch });
  const { validate } = type;
  const running = type.executor({
    actionId: "c-1",
    logger: createLogger(),
    configurationUtilities: createConfigurationUtilities(),
    config: validate.config.schema.parse({ apiUrl: SETTINGS.apiUrl, ...BASIC.config, ...config }),
    secrets: validate.secrets.schema.parse(BASIC.secrets),
    params: validate.params.schema.parse(
      params ?? { subAction: "getChoices", subActionParams: CHOICES },
    ),
    ...(taskInfo && { taskInfo }),
  });
  await answer("TRAP: panic");
  return running;
}

test("a host gets a result, not an exception", async () => {
  const { status, errorName, retry } = await failedAction({});
  assert.deepEqual(
    { status, errorName, retry },
    { status: "error", errorName: "internal", retry: false },
  );
});

test("an action is run again where the next attempt looks for what this one has done", async () => {
  const push = (/** @type {object} */ incident) => ({
    subAction: "pushToService",
    subActionParams: { incident: { short_description: "a", correlation_id: null, ...incident } },
  });
  const noted = { correlation_id: "c", additional_fields: { work_notes: "n" } };
  const recovery = {
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id: "c" } },
  };
  const timed = { attempts: 1, scheduled: new Date() };
  const table = { usesTableApi: true };
  for (const [params, taskInfo, expected, config] of /** @type {const} */ ([
    [push({ correlation_id: "c" }), timed, true],
    [push({ correlation_id: "c" }), undefined, false],
    [push({ externalId: "9d38" }), timed, true],
    [push({}), timed, false],
    [push(noted), timed, false],
    [push({ correlation_id: "c" }), timed, true, table],
    [push({ correlation_id: "c" }), { attempts: 1 }, false, table],
    [recovery, timed, true],
    [recovery, { attempts: 1 }, false],
    [recovery, undefined, false],
  ])) {
    const { retry } = await failedAction({ params, taskInfo, config });
    assert.equal(retry, expected, JSON.stringify([params, taskInfo, config]));
  }
});

test("a variable whose reading makes the module fail fails the rendering that reads it", async () => {
  const type = (await start()).getConnectorType();
  const logger = createLogger();
  const variables = {
    get name() {
      assert.throws(() => type.validate.config.schema.parse({ apiUrl: "TRAP: panic" }), isInternal);
      return "disk";
    },
  };
  const render = (/** @type {object} */ variables) =>
    type.renderParameterTemplates(logger, { text: "{{name}}" }, variables);
  assert.throws(() => render(variables), isInternal);
  assert.deepEqual(render({ name: "disk" }), { text: "disk" });
});

test("a member whose reading makes the module fail fails the check that reads it", async () => {
  const type = (await start()).getConnectorType();
  const configurationUtilities = createConfigurationUtilities();
  // Of no literal's make: the module reads it member by member.
  const config = Object.create(null, {
    apiUrl: { value: SETTINGS.apiUrl, enumerable: true },
    isOAuth: {
      enumerable: true,
      get() {
        const trap = { apiUrl: "TRAP: panic" };
        assert.throws(() => type.validate.config.schema.parse(trap), isInternal);
        return false;
      },
    },
  });
  const check = (/** @type {any} */ config) =>
    type.validate.config.customValidator(config, { configurationUtilities });
  assert.throws(() => check(config), isInternal);
  check({ apiUrl: SETTINGS.apiUrl });
});

test("the module that ships has no faults on purpose", () => {
  const shipped = readFileSync(new URL("../pkg/connector_bg.wasm", import.meta.url));
  assert.ok(readFileSync(MODULE).includes("TRAP: "));
  assert.ok(!shipped.includes("TRAP: "));
});

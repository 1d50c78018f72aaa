import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { ConnectorError, createConnector } from "servicenow-itsm-connector";
import { basic, oauth, simulate, tokenRequests } from "./support/simulated.js";

/**
 * @param {{ config: { usesTableApi: boolean, isOAuth?: boolean, apiUrl: string },
 *   secrets: object }} connector
 */
const direct = ({ config: { usesTableApi: _api, isOAuth: _mode, ...config }, secrets }) =>
  createConnector({ ...config, ...secrets });

test("an incident is opened, updated, asked for and closed", async (t) => {
  const simulator = await simulate(t);
  const serviceNow = direct(basic(simulator.url));
  const incident = { short_description: "Disk is full", correlation_id: "disk:web-1" };
  const comments = [{ commentId: "1", comment: "seen twice" }];
  const { id, title, url } = await serviceNow.pushToService({ incident, comments });
  assert.equal(url, `${simulator.url}/nav_to.do?uri=incident.do?sys_id=${id}`);
  assert.equal((await serviceNow.pushToService({ incident })).id, id);
  assert.equal((await serviceNow.getIncident({ externalId: id })).number, title);
  assert.deepEqual(
    await serviceNow.closeIncident({ incident }).catch(({ code }) => code),
    "invalid",
  );
  await serviceNow.closeIncident({ incident: { correlation_id: "disk:web-1" } });
  assert.equal(simulator.incident(id)?.state, "7");
});

test("what an incident can be is asked for", async (t) => {
  const simulator = await simulate(t);
  const serviceNow = direct(basic(simulator.url));
  const [choice] = await serviceNow.getChoices({ fields: ["urgency"] });
  assert.equal(choice?.element, "urgency");
  const fields = await serviceNow.getFields();
  assert.ok(fields.some(({ element }) => element === "short_description"));
});

test("a token is kept in memory, and actions that start together share its request", async (t) => {
  const simulator = await simulate(t);
  const serviceNow = direct(oauth(simulator.url));
  const pushed = await Promise.all(
    Array.from({ length: 16 }, (_, number) =>
      serviceNow.pushToService({
        incident: { short_description: "a", correlation_id: `alert-${number}` },
      }),
    ),
  );
  assert.equal(new Set(pushed.map(({ id }) => id)).size, 16);
  assert.equal(tokenRequests(simulator), 1);
  assert.equal(simulator.requests().length, 33);
});

test("an action that is ended does not take the others with it that wait for its token", async (t) => {
  const simulator = await simulate(t);
  const serviceNow = direct(oauth(simulator.url));
  const ending = new AbortController();
  const first = serviceNow.getChoices({ fields: ["urgency"] }, { signal: ending.signal });
  const second = serviceNow.getChoices({ fields: ["urgency"] });
  ending.abort();
  await assert.rejects(first, { code: "canceled" });
  assert.ok((await second).length > 0);
});

test("an action that waits for a token that others have asked for can be ended", async () => {
  const connector = oauth("https://dev1.service-now.com");
  const never = () => new Promise(() => {});
  const { config, secrets } = connector;
  const { isOAuth: _mode, ...keys } = config;
  /** @type {any} */
  const fetch = never;
  const serviceNow = createConnector({ ...keys, ...secrets, fetch });
  const [leading, following] = [new AbortController(), new AbortController()];
  const first = serviceNow.getFields({}, { signal: leading.signal });
  const second = serviceNow.getFields({}, { signal: following.signal });
  following.abort();
  await assert.rejects(second, { code: "canceled" });
  leading.abort();
  await assert.rejects(first, { code: "canceled" });
});

test("what fails says why, for programs and for people", async (t) => {
  const simulator = await simulate(t);
  const { config, secrets } = basic(simulator.url);
  const serviceNow = direct({ config, secrets: { ...secrets, password: "wrong" } });
  await assert.rejects(serviceNow.getChoices({ fields: ["urgency"] }), (error) => {
    assert.ok(error instanceof ConnectorError);
    assert.equal(error.code, "unauthenticated");
    assert.equal(error.httpStatus, 401);
    assert.equal(error.retry, false);
    assert.match(error.remedy, /credentials/);
    return true;
  });
});

test("a redirect to another host is not followed, and no setting would change that", async (t) => {
  const simulator = await simulate(t);
  simulator.faults.inject({ fault: "redirected" });
  const serviceNow = direct(basic(simulator.url));
  await assert.rejects(serviceNow.getChoices({ fields: ["urgency"] }), (error) => {
    assert.ok(error instanceof ConnectorError);
    assert.deepEqual([error.code, error.retry], ["redirected", false]);
    assert.match(error.message, /elsewhere\.example\.com is not the instance/);
    assert.doesNotMatch(error.remedy, /allowedHosts/);
    return true;
  });
});

test("settings that cannot be are refused at once", () => {
  const apiUrl = "https://dev1.service-now.com";
  const refusal = (/** @type {any} */ settings, /** @type {string} */ message) =>
    assert.throws(() => createConnector(settings), { name: "ConnectorError", message });
  refusal({ apiUrl, username: "a" }, "password must be provided when isOAuth = false");
  refusal({ apiUrl, username: "a", pasword: "b" }, '✖ Unrecognized key: "pasword"');
  refusal(
    { username: "a", password: "b" },
    "✖ Invalid input: expected string, received undefined\n  → at apiUrl",
  );
  refusal(undefined, "✖ Invalid input: expected string, received undefined\n  → at apiUrl");
  refusal({ apiUrl, clientId: "c" }, "userIdentifierValue must be provided when isOAuth = true");
});

test("a logger that cannot log is refused by what it lacks", () => {
  const settings = { apiUrl: "https://dev1.service-now.com", username: "a", password: "b" };
  const full = { debug() {}, warn() {}, error() {} };
  /** @type {[any, string][]} */
  const refused = [
    [5, "logger.debug must be a function"],
    ["x", "logger.debug must be a function"],
    [{}, "logger.debug must be a function"],
    [{ ...full, warn: undefined }, "logger.warn must be a function"],
    [{ ...full, error: "x" }, "logger.error must be a function"],
  ];
  for (const [logger, message] of refused) {
    const refusal = { name: "ConnectorError", code: "invalid", message };
    assert.throws(() => createConnector({ ...settings, logger }), refusal);
  }
  for (const logger of /** @type {any[]} */ ([undefined, null, full, console])) {
    createConnector({ ...settings, logger });
  }
});

test("HTTPS is spoken, and a certificate that is not trusted is named", async (t) => {
  const simulator = await simulate(t, { https: true });
  const serviceNow = direct(basic(String(simulator.httpsUrl)));
  await assert.rejects(serviceNow.getChoices({ fields: ["urgency"] }), (error) => {
    assert.ok(error instanceof ConnectorError);
    assert.match(error.remedy, /certificate/);
    return true;
  });
});

test("options that cannot be are refused by their names", async () => {
  const serviceNow = createConnector({ apiUrl: "https://a.test", username: "a", password: "b" });
  const refusal = { name: "ConnectorError", code: "invalid" };
  for (const signal of /** @type {any[]} */ ([{}, "abort", 1])) {
    const message = "signal must be an AbortSignal";
    await assert.rejects(serviceNow.getFields({}, { signal }), { ...refusal, message });
    await assert.rejects(serviceNow.checkHealth({ signal }), { ...refusal, message });
  }
});

test("a fetch that gives Node's streams, and headers that can only be asked for, will do", async () => {
  const answers = [
    {
      status: 307,
      headers: { get: (/** @type {string} */ name) => (name === "location" ? "/again" : null) },
      body: Readable.from(["moved"]),
    },
    {
      status: 200,
      headers: { get: () => undefined },
      body: Readable.from([Buffer.from('{"result":'), Buffer.from("[]}")]),
    },
  ];
  const serviceNow = createConnector({
    apiUrl: "https://a.test",
    username: "a",
    password: "b",
    fetch: async () => /** @type {any} */ (answers.shift()),
  });
  assert.deepEqual(await serviceNow.getChoices({ fields: ["urgency"] }), []);
  assert.equal(answers.length, 0);
});

test("an action goes on where a test has stopped the clocks", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate", "Date"] });
  const serviceNow = createConnector({
    apiUrl: "https://a.test",
    username: "a",
    password: "b",
    fetch: async () => new Response('{"result":[]}'),
  });
  assert.deepEqual(await serviceNow.getChoices({ fields: ["urgency"] }), []);
});

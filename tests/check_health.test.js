import assert from "node:assert/strict";
import { test } from "node:test";
import { createConnector, getConnectorType } from "servicenow-itsm-connector";
import { createConfigurationUtilities, createLogger } from "./support/host.js";
import { basic, oauth, simulate, tokenRequests } from "./support/simulated.js";

const APPLICATION = { name: "Elastic", version: "1.0.0", scope: "x_elas2_inc_int" };

/**
 * @param {{ config: object, secrets: object }} connector
 * @param {Partial<import("../js/types.js").HealthOptions>} [others]
 */
const check = (connector, others) =>
  getConnectorType().checkHealth({
    ...connector,
    configurationUtilities: createConfigurationUtilities(),
    logger: createLogger(),
    ...others,
  });

/** @param {Awaited<ReturnType<typeof check>>} result */
function failure(result) {
  assert.equal(result.status, "error");
  return result;
}

test("a connector that is not saved yet is checked, by password and by OAuth", async (t) => {
  const simulator = await simulate(t);
  for (const connector of [basic(simulator.url), oauth(simulator.url)]) {
    assert.deepEqual(await check(connector), { status: "ok", data: APPLICATION });
  }
});

test("a check gets its own token and leaves none behind", async (t) => {
  const simulator = await simulate(t);
  const { config, secrets } = oauth(simulator.url);
  const { isOAuth: _mode, ...settings } = config;
  const serviceNow = createConnector({ ...settings, ...secrets });
  assert.deepEqual(await serviceNow.checkHealth(), APPLICATION);
  await serviceNow.getFields();
  assert.equal(tokenRequests(simulator), 2, "nothing was kept by the check");
  simulator.setSetupStep("certificate.fits", false);
  await serviceNow.getFields();
  await assert.rejects(serviceNow.checkHealth(), { code: "token_refused" });
});

test("the cause is told, with its remedy, its status and its endpoint", async (t) => {
  const simulator = await simulate(t);
  simulator.setSetupStep("application", false);
  const missing = failure(await check(basic(simulator.url)));
  assert.deepEqual(
    [missing.code, missing.httpStatus, missing.endpoint],
    ["app_not_installed", 400, "health"],
  );
  assert.match(missing.message, /^\[Action\]\[ServiceNow\]: Unable to get application version/);
  assert.match(missing.remedy, /Install Elastic for ITSM/);
  simulator.setSetupStep("application", true);

  simulator.setSetupStep("role.x_elas2_inc_int.integration_user", false);
  const forbidden = failure(await check(basic(simulator.url)));
  assert.deepEqual([forbidden.code, forbidden.httpStatus], ["forbidden", 403]);
  assert.match(forbidden.remedy, /x_elas2_inc_int.integration_user/);
});

test("what a faulty instance, or whoever stands before it, answers is told apart", async (t) => {
  for (const [fault, code] of /** @type {const} */ ([
    ["hibernating", "hibernating"],
    ["login-page", "unexpected_answer"],
    ["edge-error", "unavailable"],
    ["rate-limited", "rate_limited"],
  ])) {
    const simulator = await simulate(t);
    simulator.faults.inject({ fault });
    const { message, remedy, ...others } = failure(await check(basic(simulator.url)));
    assert.equal(others.code, code, `${fault}: ${message}`);
    assert.ok(remedy.length > 0);
  }
});

test("an instance that cannot be reached is told apart from one that must not be", async (t) => {
  const simulator = await simulate(t, { https: true });
  const gone = await simulate(t);
  await gone.close();
  const refused = failure(await check(basic(gone.url)));
  assert.equal(refused.code, "unreachable");

  const untrusted = failure(await check(basic(String(simulator.httpsUrl))));
  assert.equal(untrusted.code, "unreachable");
  assert.match(untrusted.remedy, /certificate/);

  const configurationUtilities = createConfigurationUtilities(["dev1.service-now.com"]);
  const forbidden = failure(await check(basic(simulator.url), { configurationUtilities }));
  assert.equal(forbidden.code, "not_allowed");
  assert.match(forbidden.remedy, /allowedHosts/);
  assert.equal(simulator.requests().length, 0);
});

test("what could not be saved is not asked", async () => {
  const { config, secrets } = basic("http://127.0.0.1:1");
  const said = async (/** @type {any} */ config, /** @type {any} */ secrets) => {
    const { code, message } = failure(await check({ config, secrets }));
    return [code, message];
  };
  assert.deepEqual(await said({ ...config, apiURL: "" }, secrets), [
    "invalid",
    '✖ Unrecognized key: "apiURL"',
  ]);
  assert.deepEqual(await said({ ...config, isOAuth: true }, secrets), [
    "invalid",
    "userIdentifierValue must be provided when isOAuth = true",
  ]);
  assert.deepEqual(await said(config, { username: "a" }), [
    "invalid",
    "username and password must both be specified",
  ]);
  assert.deepEqual(await said(config, { clientSecret: "a", privateKey: "b" }), [
    "invalid",
    "username must be provided when isOAuth = false",
  ]);
  assert.deepEqual(await said(undefined, undefined), [
    "invalid",
    "✖ Invalid input: expected object, received undefined",
  ]);
  const type = getConnectorType({ schemaLibrary: "config-schema" });
  const result = await type.checkHealth({
    config: { apiUrl: 1 },
    secrets,
    configurationUtilities: createConfigurationUtilities(),
    logger: createLogger(),
  });
  assert.equal(
    failure(result).message,
    "[apiUrl]: expected value of type [string] but got [number]",
  );
});

test("a URL that is none is named as such", async () => {
  const { code, remedy } = failure(await check(basic("dev1")));
  assert.equal(code, "bad_url");
  assert.match(remedy, /full URL/);
});

test("a deprecated connector is checked by reading incidents", async (t) => {
  const simulator = await simulate(t);
  const { secrets } = basic(simulator.url);
  const config = { apiUrl: simulator.url };
  assert.deepEqual(await check({ config, secrets }), { status: "ok", data: {} });
  const wrong = failure(await check({ config, secrets: { ...secrets, password: "wrong" } }));
  assert.deepEqual([wrong.code, wrong.endpoint], ["unauthenticated", "table"]);
});

test("a check can be ended", async () => {
  const ending = new AbortController();
  /** @type {any} */
  const fetch = () => new Promise(() => {});
  const checked = getConnectorType({ fetch }).checkHealth({
    ...basic("https://dev1.service-now.com"),
    configurationUtilities: createConfigurationUtilities(),
    logger: createLogger(),
    signal: ending.signal,
  });
  ending.abort();
  assert.equal(failure(await checked).code, "canceled");
});

test("no secret is in a log line or an answer of a check", async (t) => {
  const simulator = await simulate(t);
  const logger = createLogger();
  const { config, secrets } = oauth(simulator.url);
  const wrong = { config, secrets: { ...secrets, clientSecret: "hunter2-wrong" } };
  const result = failure(await check(wrong, { logger }));
  const seen = JSON.stringify([result, logger.lines]);
  assert.ok(!seen.includes("hunter2") && !seen.includes("PRIVATE KEY"));
});

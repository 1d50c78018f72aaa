import assert from "node:assert/strict";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import { createCollectingLogger, createHost } from "servicenow-itsm-host";
import { basic, oauth, simulate, tokenRequests } from "./support/simulated.js";

const OPEN = {
  subAction: "pushToService",
  subActionParams: {
    incident: {
      short_description: "{{rule.name}}: {{alert.id}}",
      correlation_id: "{{rule.id}}:{{alert.id}}",
      additional_fields: '{"u_contact_type":"{{context.origin}}"}',
    },
    comments: [{ commentId: "1", comment: "{{context.reason}}" }],
  },
};
const CLOSE = {
  subAction: "closeIncident",
  subActionParams: { incident: { correlation_id: "{{rule.id}}:{{alert.id}}" } },
};
const VARIABLES = {
  rule: { id: "r-1", name: "Disk" },
  alert: { id: "web-1" },
  context: { origin: 'the "monitor"', reason: 'disk "/data" at 91 %' },
};
const CHOICES = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };

for (const generation of /** @type {const} */ (["9.2", "9.3", "9.4"])) {
  test(`a rule's alert becomes an incident in a host of ${generation}`, async (t) => {
    const simulator = await simulate(t);
    const host = createHost({ generation });
    host.registerType(getConnectorType());
    const { id } = await host.createConnector({
      name: "ServiceNow",
      typeId: ".servicenow",
      ...basic(simulator.url),
    });
    const rule = { connectorId: id, variables: VARIABLES };
    const opened = await host.runRuleAction({ ...rule, params: OPEN });
    assert.equal(opened.status, "ok", String(opened.serviceMessage));
    const again = await host.runRuleAction({ ...rule, params: OPEN });
    assert.equal(again.data.id, opened.data.id);
    const incident = simulator.incident(opened.data.id);
    assert.equal(incident?.short_description, "Disk: web-1");
    assert.equal(incident?.contact_type, 'the "monitor"');
    assert.deepEqual(
      incident?.journal.map(({ value }) => value),
      ['disk "/data" at 91 %', 'disk "/data" at 91 %'],
    );
    const closed = await host.runRuleAction({ ...rule, params: CLOSE });
    assert.equal(closed.status, "ok", String(closed.serviceMessage));
    assert.equal(simulator.incident(opened.data.id)?.state, "7");
    assert.equal(simulator.incidents().length, 1);
  });
}

test("a connector that cannot be is refused when it is saved", async () => {
  const host = createHost({ settings: { allowedHosts: ["dev1.service-now.com"] } });
  host.registerType(getConnectorType());
  const saved = (/** @type {object} */ config, /** @type {object} */ secrets) =>
    host.createConnector({ name: "ServiceNow", typeId: ".servicenow", config, secrets });
  const { config, secrets } = basic("https://evil.example");
  await assert.rejects(saved(config, secrets), {
    message:
      'error validating connector type config: error configuring connector action: target url "https://evil.example" is not added to the Kibana config xpack.actions.allowedHosts',
  });
  const url = "https://dev1.service-now.com";
  await assert.rejects(saved({ apiUrl: url, foo: 1 }, secrets), {
    message: 'error validating connector type config: ✖ Unrecognized key: "foo"',
  });
  await assert.rejects(saved({ apiUrl: url }, { username: "a" }), {
    message:
      "error validating connector type secrets: username and password must both be specified",
  });
  await assert.rejects(saved({ apiUrl: url, isOAuth: true }, secrets), {
    message:
      "error validating connector type config: userIdentifierValue must be provided when isOAuth = true",
  });
});

test("the host keeps the token, and gives it to the next action", async (t) => {
  const simulator = await simulate(t);
  const host = createHost();
  host.registerType(getConnectorType());
  const connector = { name: "ServiceNow", typeId: ".servicenow", ...oauth(simulator.url) };
  const { id } = await host.createConnector(connector);
  const actions = Array.from({ length: 8 }, () =>
    host.execute({ connectorId: id, params: CHOICES }),
  );
  for (const { status, serviceMessage } of await Promise.all(actions)) {
    assert.equal(status, "ok", String(serviceMessage));
  }
  assert.equal(tokenRequests(simulator), 1);
  const { connectorToken } = await host.connectorTokenClient.get({ connectorId: id });
  assert.match(String(connectorToken?.token), /^Bearer /);
  await host.execute({ connectorId: id, params: CHOICES });
  assert.equal(tokenRequests(simulator), 1);

  // A host drops the tokens of a connector that is changed.
  await host.updateConnector({ id, ...connector });
  await host.execute({ connectorId: id, params: CHOICES });
  assert.equal(tokenRequests(simulator), 2);
});

test("a token client that fails costs a request and a warning, not the action", async (t) => {
  const simulator = await simulate(t);
  const logger = createCollectingLogger();
  const host = createHost({ logger });
  host.registerType(getConnectorType());
  const connector = { name: "ServiceNow", typeId: ".servicenow", ...oauth(simulator.url) };
  const { id } = await host.createConnector(connector);
  const fail = async () => {
    throw new Error("no index");
  };
  Object.assign(host.connectorTokenClient, { get: fail, updateOrReplace: fail });
  const { status } = await host.execute({ connectorId: id, params: CHOICES });
  assert.equal(status, "ok");
  assert.ok(
    logger.entries.some(
      ({ level, message }) =>
        level === "warn" &&
        message ===
          `Not able to update connector token for connectorId: ${id} due to error: no index`,
    ),
  );
});

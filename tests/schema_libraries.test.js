// What a host's generation expects of the schemas: the texts of kibana-host.md 2.3, and what is
// accepted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import { createConfigurationUtilities, createLogger } from "./support/host.js";
import { messageOf } from "./support/message.js";

const API_URL_MISSING = {
  "config-schema": "[apiUrl]: expected value of type [string] but got [undefined]",
  zod3: 'Field "apiUrl": Required',
  zod4: "✖ Invalid input: expected string, received undefined\n  → at apiUrl",
};

test("hosts up to 9.2 call validate and get their words, later ones call parse and get theirs", () => {
  const { schema } = getConnectorType().validate.config;
  assert.equal(
    messageOf(() => schema.validate({})),
    API_URL_MISSING["config-schema"],
  );
  assert.equal(
    messageOf(() => schema.parse({})),
    API_URL_MISSING.zod4,
  );
});

test("whoever registers the type can choose the words for both", () => {
  for (const schemaLibrary of /** @type {const} */ (["config-schema", "zod3", "zod4"])) {
    const { schema } = getConnectorType({ schemaLibrary }).validate.config;
    for (const method of /** @type {const} */ (["validate", "parse"])) {
      assert.equal(
        messageOf(() => schema[method]({})),
        API_URL_MISSING[schemaLibrary],
      );
    }
  }
});

test("a library that is none is refused when the type is made", () => {
  const schemaLibrary = /** @type {any} */ ("joi");
  assert.throws(() => getConnectorType({ schemaLibrary }), {
    name: "ConnectorError",
    message: "schemaLibrary must be one of config-schema, zod3, zod4",
  });
});

test("params without a sub-action are refused in the words of each generation", () => {
  const refusal = (/** @type {any} */ schemaLibrary) => {
    const { schema } = getConnectorType({ schemaLibrary }).validate.params;
    return messageOf(() => schema.parse({}));
  };
  assert.equal(
    refusal("config-schema"),
    "types that failed validation:\n" +
      "- [0.subAction]: expected value to equal [getFields]\n" +
      "- [1.subAction]: expected value to equal [getIncident]\n" +
      "- [2.subAction]: expected value to equal [handshake]\n" +
      "- [3.subAction]: expected value to equal [pushToService]\n" +
      "- [4.subAction]: expected value to equal [getChoices]\n" +
      "- [5.subAction]: expected value to equal [closeIncident]",
  );
  assert.equal(
    refusal("zod3"),
    'Field "subAction": Invalid discriminator value. Expected ' +
      "'getFields' | 'getIncident' | 'handshake' | 'pushToService' | 'getChoices' | 'closeIncident'",
  );
  assert.equal(refusal("zod4"), "✖ Invalid input\n  → at subAction");
});

test("additional fields that are not JSON are refused with the parser's own words", () => {
  const params = {
    subAction: "pushToService",
    subActionParams: { incident: { short_description: "a", additional_fields: "{no" } },
  };
  const { schema } = getConnectorType().validate.params;
  const parserSays = messageOf(() => JSON.parse("{no"));
  assert.equal(
    messageOf(() => schema.parse(params)),
    `✖ ${parserSays}\n  → at subActionParams.incident.additional_fields`,
  );
  assert.match(
    messageOf(() => schema.validate(params)),
    /\.additional_fields\.0\]: could not parse record value from json input\n/,
  );
});

test("what a host up to 9.2 accepted is accepted there, and only there", () => {
  const { config, secrets, params } = getConnectorType().validate;
  const choices = { subAction: "getChoices", subActionParams: '{"fields":["urgency"]}' };
  assert.equal(
    config.schema.validate('{"apiUrl":"https://a.test","isOAuth":"true"}').isOAuth,
    true,
  );
  assert.equal(secrets.schema.validate(undefined).username, null);
  assert.deepEqual(params.schema.validate(choices).subActionParams, { fields: ["urgency"] });
  assert.equal(
    messageOf(() => params.schema.parse(choices)),
    "✖ Invalid input: expected object, received string\n  → at subActionParams",
  );
});

test("an action without a correlation ID has none on any host", async () => {
  const { validate, executor } = getConnectorType();
  const close = { subAction: "closeIncident", subActionParams: { incident: {} } };
  const { params } = validate;
  const correlationIdOf = (/** @type {any} */ parsed) =>
    parsed.subActionParams.incident.correlation_id;
  assert.equal(correlationIdOf(params.schema.validate(close)), null);
  assert.equal(correlationIdOf(params.schema.parse(close)), "{{rule.id}}:{{alert.id}}");
  for (const method of /** @type {const} */ (["validate", "parse"])) {
    const result = await executor({
      actionId: "c-1",
      config: validate.config.schema[method]({ apiUrl: "https://a.test", usesTableApi: false }),
      secrets: validate.secrets.schema[method]({ username: "a", password: "b" }),
      params: params.schema[method](close),
      logger: createLogger(),
      configurationUtilities: createConfigurationUtilities(["a.test"]),
    });
    assert.equal(result.errorName, "no_incident_named");
  }
});

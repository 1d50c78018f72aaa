// Config, secrets and params: what is taken, what is said of the rest.

import { equal, failureOf, ok } from "./expect.js";

/** @type {import("./suite.js").Case[]} */
export const validation = [
  [
    "the package exports what it should",
    (it) => {
      for (const name of /** @type {const} */ ([
        "createConnector",
        "describePrivateKey",
        "getConnectorType",
        "init",
        "makeCertificate",
      ])) {
        equal(typeof it[name], "function", name);
      }
      ok(Object.create(it.ConnectorError.prototype) instanceof Error, "ConnectorError is an error");
    },
  ],
  [
    "init does nothing where the module is there",
    async (it) => {
      equal(await it.init(), undefined);
    },
  ],
  [
    "the connector type has its names",
    (it) => {
      const { id, name } = it.getConnectorType();
      equal([id, name], [".servicenow", "ServiceNow ITSM"]);
      equal(it.getConnectorType({ id: "acme.servicenow" }).id, "acme.servicenow");
    },
  ],
  [
    "config is parsed, and defaults are filled in",
    (it) => {
      const { schema } = it.getConnectorType().validate.config;
      const expected = {
        apiUrl: "https://a.test",
        isOAuth: false,
        userIdentifierValue: null,
        clientId: null,
        jwtKeyId: null,
        usesTableApi: true,
      };
      equal(schema.parse({ apiUrl: "https://a.test" }), expected, "parse");
      equal(schema.validate({ apiUrl: "https://a.test" }), expected, "validate");
    },
  ],
  [
    "what is wrong with config is named in the words of the schema library",
    async (it) => {
      const { schema } = it.getConnectorType().validate.config;
      equal(
        (await failureOf(() => schema.parse({ foo: 1 }))).message,
        '✖ Unrecognized key: "foo"\n✖ Invalid input: expected string, received undefined\n  → at apiUrl',
      );
      equal(
        (await failureOf(() => schema.validate({ apiUrl: 1 }))).message,
        "[apiUrl]: expected value of type [string] but got [number]",
      );
    },
  ],
  [
    "secrets and their rules",
    async (it) => {
      const { secrets, connector } = it.getConnectorType().validate;
      const parsed = secrets.schema.parse({ username: "a", password: "b" });
      equal(parsed.privateKey, null);
      const incomplete = secrets.schema.parse({ username: "a" });
      equal(
        (await failureOf(() => secrets.customValidator(incomplete))).message,
        "username and password must both be specified",
      );
      equal(connector({ apiUrl: "https://a.test" }, { username: "a", password: "b" }), null);
    },
  ],
  [
    "params of every sub-action",
    async (it) => {
      const { schema } = it.getConnectorType().validate.params;
      const incident = { short_description: "Ünïcode 🚨", correlation_id: "a" };
      /** @type {any} */
      const pushed = schema.parse({
        subAction: "pushToService",
        subActionParams: { incident, comments: [{ commentId: "1", comment: "é" }] },
      });
      equal(pushed.subActionParams.incident.short_description, "Ünïcode 🚨");
      for (const [subAction, subActionParams] of Object.entries({
        closeIncident: { incident: { correlation_id: "a", externalId: null } },
        getIncident: { externalId: "a" },
        getChoices: { fields: ["urgency"] },
        getFields: {},
      })) {
        equal(schema.parse({ subAction, subActionParams }).subAction, subAction);
      }
      equal(
        (await failureOf(() => schema.parse({ subAction: "nope" }))).message,
        "✖ Invalid input\n  → at subAction",
      );
    },
  ],
  [
    "values that nobody expects are refused, and do not trap",
    async (it) => {
      const { config } = it.getConnectorType().validate;
      /** @type {any} */
      const itself = {};
      itself.itself = itself;
      const throwing = Object.defineProperty({}, "apiUrl", {
        enumerable: true,
        get() {
          throw new Error("a getter");
        },
      });
      for (const value of [itself, throwing, 1n, Symbol("a"), () => 1, null, [], new Map()]) {
        const error = await failureOf(() => config.schema.parse(value));
        ok(error.code !== "internal", String(error.message));
      }
    },
  ],
  [
    "direct use refuses settings with a code",
    async (it) => {
      /** @type {any} */
      const settings = { apiUrl: "https://a.test", username: "a", pasword: "b" };
      const error = await failureOf(() => it.createConnector(settings));
      ok(error instanceof it.ConnectorError, "a ConnectorError");
      equal([error.code, error.message], ["invalid", '✖ Unrecognized key: "pasword"']);
    },
  ],
];

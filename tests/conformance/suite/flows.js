// The sub-actions against a `fetch` that answers as it was told.

import { equal, failureOf, ok } from "./expect.js";

const SETTINGS = { apiUrl: "https://dev1.service-now.com", username: "elastic", password: "pw" };
const WRITTEN = [201, { result: [{ status: "inserted", sys_id: "9d38", table: "incident" }] }];
const READ = [
  200,
  { result: { sys_id: "9d38", number: "INC0042", sys_created_on: "2024-05-06 07:08:09" } },
];

const LOGGER = { debug() {}, info() {}, warn() {}, error() {} };

/** @param {import("../../../js/types.js").ConnectorType} type */
const choices = (type) =>
  type.validate.params.schema.parse({
    subAction: "getChoices",
    subActionParams: { fields: ["urgency"] },
  });

/**
 * A `fetch` that gives one answer after the other, and remembers what it was asked.
 *
 * @param {any[][]} answers
 */
function script(answers) {
  /** @type {{ method: string, path: string, body: any, authorization: string, coding: string }[]} */
  const asked = [];
  /** @type {any} */
  const fetch = async (/** @type {string} */ url, /** @type {any} */ init) => {
    const { pathname, search } = new URL(url);
    const { method, headers } = init;
    const body = init.body ? JSON.parse(init.body) : undefined;
    const { authorization, "accept-encoding": coding } = headers;
    asked.push({ method, path: pathname + search, body, authorization, coding });
    const answer = answers.shift();
    if (!answer) throw new TypeError("fetch failed");
    const [status, value] = answer;
    const type = { "content-type": "application/json" };
    return new Response(JSON.stringify(value), { status, headers: type });
  };
  return { fetch, asked };
}

/** @type {import("./suite.js").Case[]} */
export const flows = [
  [
    "an incident is opened, and a comment added",
    async (it) => {
      const { fetch, asked } = script([WRITTEN, READ, WRITTEN]);
      const serviceNow = it.createConnector({ ...SETTINGS, fetch });
      const pushed = await serviceNow.pushToService({
        incident: { short_description: "Disk is full 🚨", correlation_id: "disk:web-1" },
        comments: [{ commentId: "c-1", comment: "seen twice" }],
      });
      equal([pushed.id, pushed.title], ["9d38", "INC0042"]);
      equal(
        pushed.comments?.map(({ commentId }) => commentId),
        ["c-1"],
      );
      equal(asked.length, 3);
      equal(asked[0]?.method, "POST");
      equal(asked[0]?.body.u_short_description, "Disk is full 🚨");
      equal(asked[0]?.authorization, `Basic ${btoa("elastic:pw")}`);
      // Deno would leave to us what comes compressed all the same.
      equal(asked[0]?.coding, "Deno" in globalThis ? undefined : "identity");
    },
  ],
  [
    "an incident is asked for, and its choices",
    async (it) => {
      const choice = { label: "1 - High", value: "1", dependent_value: "", element: "urgency" };
      const { fetch, asked } = script([READ, [200, { result: [choice] }]]);
      const serviceNow = it.createConnector({ ...SETTINGS, fetch });
      equal((await serviceNow.getIncident({ externalId: "9d38" })).number, "INC0042");
      equal((await serviceNow.getChoices({ fields: ["urgency"] }))[0]?.label, "1 - High");
      ok(asked[1]?.path.includes("sys_choice"), "the choices' table is asked");
    },
  ],
  [
    "the token that the host keeps is used",
    async (it) => {
      const { fetch, asked } = script([
        [200, { result: [] }],
        [200, { result: [] }],
      ]);
      /** @type {any} */
      const utilities = { ensureUriAllowed() {}, ensureHostnameAllowed() {} };
      const type = it.getConnectorType({ fetch });
      let stored = 0;
      const connectorTokenClient = {
        async get() {
          return { hasErrors: false, connectorToken: { token: "Bearer kept" } };
        },
        async updateOrReplace() {
          stored += 1;
        },
        async deleteConnectorTokens() {},
      };
      const result = await type.executor({
        actionId: "c-1",
        config: type.validate.config.schema.parse({
          apiUrl: SETTINGS.apiUrl,
          isOAuth: true,
          clientId: "a",
          jwtKeyId: "b",
          userIdentifierValue: "c",
        }),
        secrets: type.validate.secrets.schema.parse({ clientSecret: "a", privateKey: "b" }),
        params: choices(type),
        logger: LOGGER,
        configurationUtilities: utilities,
        services: { connectorTokenClient },
      });
      equal([result.status, result.data, stored], ["ok", [], 0]);
      equal(asked[0]?.authorization, "Bearer kept");
    },
  ],
  [
    "a connector is checked before it is saved",
    async (it) => {
      const application = { name: "Elastic", version: "1.0.0", scope: "x_elas2_inc_int" };
      const { fetch, asked } = script([
        [200, { result: application }],
        [200, { result: application }],
        [404, { error: { message: "No such endpoint" } }],
      ]);
      equal(await it.createConnector({ ...SETTINGS, fetch }).checkHealth(), application);
      equal(asked[0]?.path, "/api/x_elas2_inc_int/elastic_api/health");
      /** @type {any} */
      const configurationUtilities = { ensureUriAllowed() {}, ensureHostnameAllowed() {} };
      const { apiUrl, ...secrets } = SETTINGS;
      const config = { apiUrl, usesTableApi: false };
      const options = { config, secrets, configurationUtilities, logger: LOGGER };
      const type = it.getConnectorType({ fetch });
      equal(await type.checkHealth(options), { status: "ok", data: application });
      const missing = await type.checkHealth(options);
      equal([missing.status, "code" in missing && missing.code], ["error", "app_not_installed"]);
      const broken = await type.checkHealth({ ...options, secrets: {} });
      equal("code" in broken && broken.code, "invalid");
    },
  ],
  [
    "a refusal says why, for programs and for people",
    async (it) => {
      const refusal = { error: { message: "User Not Authenticated", detail: "" } };
      const { fetch } = script([[401, refusal]]);
      const serviceNow = it.createConnector({ ...SETTINGS, fetch });
      const error = await failureOf(() => serviceNow.getFields());
      ok(error instanceof it.ConnectorError, "a ConnectorError");
      equal([error.code, error.httpStatus, error.retry], ["unauthenticated", 401, false]);
    },
  ],
  [
    "what the network does not do is an error too",
    async (it) => {
      const { fetch } = script([]);
      const serviceNow = it.createConnector({ ...SETTINGS, fetch });
      const error = await failureOf(() => serviceNow.getFields());
      ok(error instanceof it.ConnectorError && error.code !== "internal", String(error));
    },
  ],
  [
    "where a host's proxy cannot be used, nothing is sent",
    async (it) => {
      /** @type {any} */
      const configurationUtilities = {
        ensureUriAllowed() {},
        ensureHostnameAllowed() {},
        getProxySettings: () => ({ proxyUrl: "http://127.0.0.1:9" }),
      };
      const type = it.getConnectorType();
      const { errorName } = await type.executor({
        actionId: "c-1",
        config: type.validate.config.schema.parse({ apiUrl: "http://127.0.0.1:9" }),
        secrets: type.validate.secrets.schema.parse({ username: "a", password: "b" }),
        params: choices(type),
        logger: LOGGER,
        configurationUtilities,
      });
      equal(errorName, "network_settings");
    },
  ],
  [
    "an action can be ended",
    async (it) => {
      /** @type {any} */
      const fetch = () => new Promise(() => {});
      const serviceNow = it.createConnector({ ...SETTINGS, fetch });
      const ending = new AbortController();
      const ended = failureOf(() => serviceNow.getFields({}, { signal: ending.signal }));
      ending.abort();
      equal((await ended).code, "canceled");
    },
  ],
];

// Kibana's connector API, over HTTP (kibana-host.md 9).

import assert from "node:assert/strict";
import { test } from "node:test";

import { DRAFT, serve } from "./serve.js";

const SHOWN = {
  name: "One",
  connector_type_id: ".fake",
  config: { isOAuth: false, apiUrl: "https://sn.example.com" },
  is_preconfigured: false,
  is_deprecated: false,
  is_missing_secrets: false,
  is_system_action: false,
  is_connector_type_deprecated: false,
};

/** @param {number} statusCode @param {string} error @param {string} message */
function refusal(statusCode, error, message) {
  return { statusCode, error, message };
}

/** @param {string} message */
const badRequest = (message) => refusal(400, "Bad Request", message);

test("A connector is created, read, updated and deleted, and never shows its secrets", async (t) => {
  const { call } = await serve(t);
  const created = await call("POST", "/api/actions/connector", { body: DRAFT });
  assert.equal(created.status, 200);
  const { id, ...shown } = created.body;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(shown, SHOWN);

  const read = await call("GET", `/api/actions/connector/${id}`);
  assert.deepEqual(read.body, { id, ...SHOWN });

  const { connector_type_id: _type, ...update } = { ...DRAFT, name: "Other" };
  const updated = await call("PUT", `/api/actions/connector/${id}`, { body: update });
  assert.deepEqual([updated.status, updated.body], [200, { id, ...SHOWN, name: "Other" }]);

  const deleted = await call("DELETE", `/api/actions/connector/${id}`);
  assert.deepEqual([deleted.status, deleted.text], [204, ""]);
  const gone = await call("GET", `/api/actions/connector/${id}`);
  assert.deepEqual(gone.body, refusal(404, "Not Found", `Saved object [action/${id}] not found`));
  for (const { text } of [created, read, updated]) assert.doesNotMatch(text, /hunter2|"secrets"/);
});

test("A connector may have an id that was chosen, once", async (t) => {
  const { call } = await serve(t);
  const first = await call("POST", "/api/actions/connector/sn-prod_1", { body: DRAFT });
  assert.equal(first.body.id, "sn-prod_1");
  const second = await call("POST", "/api/actions/connector/sn-prod_1", { body: DRAFT });
  const taken = "A connector is already using this ID: sn-prod_1. Choose a different ID.";
  assert.deepEqual(second.body, refusal(409, "Conflict", taken));
});

test("A chosen id has at most 36 characters and the form of a slug", async (t) => {
  const { call } = await serve(t);
  for (const id of ["a".repeat(37), "Prod", "a--b", "-a", "a%20b", "a%2Fb", "__proto__"]) {
    const { status, body } = await call("POST", `/api/actions/connector/${id}`, { body: DRAFT });
    assert.equal(status, 400, id);
    assert.match(body.message, /^\[request params\.id\]: /);
  }
});

test("The list is sorted by name and has the preconfigured connectors in it", async (t) => {
  const preconfigured = {
    "my-sn": { name: "Alpha", actionTypeId: ".fake", config: {}, secrets: { password: "pre" } },
  };
  const { call } = await serve(t, { settings: { "xpack.actions.preconfigured": preconfigured } });
  await call("POST", "/api/actions/connector/z", { body: { ...DRAFT, name: "Zulu" } });
  await call("POST", "/api/actions/connector/b", { body: { ...DRAFT, name: "Bravo" } });
  const { body, text } = await call("GET", "/api/actions/connectors");
  const names = body.map((/** @type {{ name: string }} */ { name }) => name);
  assert.deepEqual(names, ["Alpha", "Bravo", "Zulu"]);
  assert.deepEqual(body[0], {
    id: "my-sn",
    name: "Alpha",
    connector_type_id: ".fake",
    is_preconfigured: true,
    is_deprecated: false,
    is_system_action: false,
    is_connector_type_deprecated: false,
    referenced_by_count: 0,
  });
  assert.doesNotMatch(text, /"pre"/);

  const { connector_type_id: _type, ...update } = DRAFT;
  const refused = [
    await call("POST", "/api/actions/connector/my-sn", { body: DRAFT }),
    await call("PUT", "/api/actions/connector/my-sn", { body: update }),
    await call("DELETE", "/api/actions/connector/my-sn"),
  ];
  assert.deepEqual(
    refused.map(({ body: error }) => error),
    [
      badRequest("This my-sn already exists in a preconfigured action."),
      badRequest("Preconfigured action my-sn can not be updated."),
      badRequest("Preconfigured action my-sn is not allowed to delete."),
    ],
  );
});

test("The types are listed, by feature too", async (t) => {
  const { call } = await serve(t);
  const { body } = await call("GET", "/api/actions/connector_types");
  assert.deepEqual(body, [
    {
      id: ".fake",
      name: "Fake",
      enabled: true,
      enabled_in_config: true,
      enabled_in_license: true,
      minimum_license_required: "gold",
      supported_feature_ids: ["alerting", "cases"],
      is_system_action_type: false,
      is_deprecated: false,
      source: "stack",
    },
  ]);
  assert.equal((await call("GET", "/api/actions/connector_types?feature_id=cases")).body.length, 1);
  assert.equal((await call("GET", "/api/actions/connector_types?feature_id=siem")).body.length, 0);
  const unknown = await call("GET", "/api/actions/connector_types?foo=1");
  const message = "[request query.foo]: definition for this key is missing";
  assert.deepEqual(unknown.body, badRequest(message));
});

/** @type {[unknown, string][]} */
const REFUSED_BODIES = [
  [{}, "[request body.name]: expected value of type [string] but got [undefined]"],
  [{ ...DRAFT, name: 5 }, "[request body.name]: expected value of type [string] but got [number]"],
  [{ ...DRAFT, name: " " }, "[request body.name]: value ' ' is not valid"],
  [
    { ...DRAFT, connector_type_id: null },
    "[request body.connector_type_id]: expected value of type [string] but got [null]",
  ],
  [
    { ...DRAFT, config: [] },
    "[request body.config]: expected value of type [object] but got [Array]",
  ],
  [{ ...DRAFT, foo: 1 }, "[request body.foo]: definition for this key is missing"],
  [{ ...DRAFT, config: { apiUrl: "" } }, "[request body.config.apiUrl]: value '' is not valid"],
  [
    { ...DRAFT, secrets: { deep: { list: ["x", "\t"] } } },
    "[request body.secrets.deep]: value '\t' is not valid",
  ],
  [[], "[request body]: expected a plain object value, but found [Array] instead."],
  ["null", "[request body]: expected a plain object value, but found [null] instead."],
  [{ ...DRAFT, connector_type_id: ".no" }, 'Action type ".no" is not registered.'],
  [{ ...DRAFT, config: {} }, "error validating connector type config: apiUrl is missing"],
  [
    { ...DRAFT, secrets: { password: "wrong" } },
    "error validating connector type secrets: password is wrong",
  ],
];

test("A body that cannot be meant is refused in Kibana's words", async (t) => {
  const { call } = await serve(t);
  for (const [body, message] of REFUSED_BODIES) {
    const answer = await call("POST", "/api/actions/connector", { body });
    assert.deepEqual(answer.body, badRequest(message));
  }
  assert.deepEqual((await call("GET", "/api/actions/connectors")).body, []);
});

test("An update takes neither a type nor less than a name", async (t) => {
  const { call } = await serve(t);
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  const withType = await call("PUT", "/api/actions/connector/c", { body: DRAFT });
  const message = "[request body.connector_type_id]: definition for this key is missing";
  assert.deepEqual(withType.body, badRequest(message));
  const empty = await call("PUT", "/api/actions/connector/c");
  assert.match(empty.body.message, /^\[request body\]: expected a plain object value/);
});

test("A type that the settings do not enable is refused after its config is checked", async (t) => {
  const settings = { "xpack.actions.enabledActionTypes": [".other"] };
  const { call } = await serve(t, { settings });
  const bad = await call("POST", "/api/actions/connector", { body: { ...DRAFT, config: {} } });
  assert.equal(bad.status, 400);
  const good = await call("POST", "/api/actions/connector", { body: DRAFT });
  assert.equal(good.status, 403);
  assert.match(good.body.message, /^action type "\.fake" is not enabled in the Kibana config/);
});

test("A run is answered with status 200, whether it succeeds or fails", async (t) => {
  /** @type {any[]} */
  const results = [
    { status: "ok", actionId: "c", data: { id: "1" } },
    {
      status: "error",
      actionId: "c",
      message: "an error occurred while running the action",
      serviceMessage: "why",
      retry: new Date(0),
      errorSource: "user",
      errorName: "CODE",
      errorMeta: { remedy: "mend it" },
    },
  ];
  const { call } = await serve(t, { type: { executor: async () => results.shift() } });
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  const run = () => call("POST", "/api/actions/connector/c/_execute", { body: PARAMS });
  const PARAMS = { params: { text: "hello" } };
  const ok = await run();
  const body = { status: "ok", connector_id: "c", data: { id: "1" } };
  assert.deepEqual([ok.status, ok.body], [200, body]);
  const failed = await run();
  assert.equal(failed.status, 200);
  assert.deepEqual(failed.body, {
    status: "error",
    connector_id: "c",
    message: "an error occurred while running the action",
    service_message: "why",
    retry: "1970-01-01T00:00:00.000Z",
    errorSource: "user",
    errorName: "CODE",
    errorMeta: { remedy: "mend it" },
  });
});

test("A run with bad params is an answer, one without params is refused", async (t) => {
  const { call } = await serve(t);
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  const path = "/api/actions/connector/c/_execute";
  const invalid = await call("POST", path, { body: { params: {} } });
  assert.deepEqual(invalid.body, {
    status: "error",
    connector_id: "c",
    message: "error validating action params: text is missing",
    retry: false,
    errorSource: "user",
  });
  const none = await call("POST", path, { body: {} });
  const message = "[request body.params]: expected value of type [object] but got [undefined]";
  assert.deepEqual(none.body, badRequest(message));
  const unknown = await call("POST", "/api/actions/connector/x/_execute", {
    body: { params: { text: "" } },
  });
  assert.equal(unknown.body.message, "Saved object [action/x] not found");
});

test("The run of a client that goes away is aborted", async (t) => {
  /** @type {(signal: AbortSignal) => void} */
  let begun = () => {};
  const signal = new Promise((/** @type {(signal: AbortSignal) => void} */ resolve) => {
    begun = resolve;
  });
  const { call, url, credentials } = await serve(t, {
    type: {
      executor: (options) => {
        const aborted = /** @type {AbortSignal} */ (options.signal);
        begun(aborted);
        return new Promise((resolve) => {
          aborted.addEventListener("abort", () => resolve({ status: "ok" }));
        });
      },
    },
  });
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  const client = new AbortController();
  const gone = fetch(`${url}/api/actions/connector/c/_execute`, {
    method: "POST",
    headers: {
      authorization: `ApiKey ${credentials.apiKey}`,
      "kbn-xsrf": "x",
      "content-type": "application/json",
    },
    body: '{"params": {"text": "x"}}',
    signal: client.signal,
  });
  const refused = assert.rejects(gone);
  const aborted = await signal;
  const ended = new Promise((resolve) => aborted.addEventListener("abort", resolve));
  client.abort();
  await Promise.all([ended, refused]);
});

test("The default space may be named, and no other is there", async (t) => {
  const { call } = await serve(t);
  await call("POST", "/s/default/api/actions/connector/c", { body: DRAFT });
  assert.equal((await call("GET", "/api/actions/connector/c")).status, 200);
  assert.equal((await call("GET", "/s/default/api/actions/connectors")).body.length, 1);
  const elsewhere = await call("GET", "/s/other/api/actions/connector/c");
  const message = "Saved object [action/c] not found";
  assert.deepEqual(elsewhere.body, refusal(404, "Not Found", message));
  assert.equal((await call("GET", "/s/other/api/actions/connectors")).status, 404);
  assert.equal((await call("GET", "/api/spaces/space/default")).body.id, "default");
  assert.equal((await call("GET", "/api/spaces/space/other")).status, 404);
});

test("A path that is no route is not found", async (t) => {
  const { call } = await serve(t);
  for (const path of ["/api/actions/action/c", "/api/actions/connector", "/internal/none"]) {
    assert.deepEqual((await call("GET", path)).body, refusal(404, "Not Found", "Not Found"));
  }
  assert.equal((await call("POST", "/api/actions/none", { body: {} })).status, 404);
});

test("A slash at the end of a path makes no difference", async (t) => {
  const { call } = await serve(t);
  const created = await call("POST", "/api/actions/connector/", { body: DRAFT });
  assert.equal(created.status, 200);
  const { body } = await call("GET", "/api/actions/connectors/");
  assert.deepEqual(
    body.map((/** @type {{ id: string }} */ { id }) => id),
    [created.body.id],
  );
  assert.equal((await call("GET", `/api/actions/connector/${created.body.id}/`)).status, 200);
});

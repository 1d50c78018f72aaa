import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { getConnectorType } from "servicenow-itsm-connector";
import { createConfigurationUtilities, createLogger, run } from "./support/host.js";
import { messageOf } from "./support/message.js";
import { oauth } from "./support/simulated.js";

const CONFIG = { apiUrl: "https://dev1.service-now.com/", usesTableApi: false };
const SECRETS = { username: "svc-elastic", password: "s3cret" };
const PUSH = {
  subAction: "pushToService",
  subActionParams: {
    incident: {
      short_description: "CPU high on web-1",
      category: "software",
      urgency: "2",
      correlation_id: "r-77:web-1",
      correlation_display: "Elastic alert",
      additional_fields: '{"u_cmdb_ci":"web-1"}',
    },
    comments: [{ commentId: "c1", comment: "seen twice" }],
  },
};

/**
 * An instance that gives these answers, one after the other, and keeps what it was asked.
 *
 * @param {[number, unknown, Record<string, string>?][]} answers
 */
function instance(answers) {
  /** @type {{ method: string, url: string, headers: Record<string, string>, body: any }[]} */
  const requests = [];
  /** @type {any} */
  const fetch = async (/** @type {string} */ url, /** @type {any} */ init) => {
    const answer = answers[requests.length];
    requests.push({ ...init, url, body: init.body && JSON.parse(init.body) });
    assert.ok(answer, `one request more than expected: ${init.method} ${url}`);
    const [status, body, headers] = answer;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return new Response(text, { status, headers });
  };
  return { type: getConnectorType({ fetch }), requests };
}

test("it is the built-in type, as far as Kibana takes it from a third party", () => {
  const { id, name, minimumLicenseRequired, supportedFeatureIds } = getConnectorType();
  assert.deepEqual(
    { id, name, minimumLicenseRequired, supportedFeatureIds },
    {
      id: ".servicenow",
      name: "ServiceNow ITSM",
      minimumLicenseRequired: "gold",
      supportedFeatureIds: ["alerting", "cases", "uptime", "siem"],
    },
  );
  assert.equal(getConnectorType({ id: "acme.itsm" }).id, "acme.itsm");
});

test("its schemas fill in what is absent, for both generations of hosts", () => {
  const { config, secrets } = getConnectorType().validate;
  for (const method of /** @type {const} */ (["validate", "parse"])) {
    assert.deepEqual(config.schema[method]({ apiUrl: "https://a.test" }), {
      apiUrl: "https://a.test",
      isOAuth: false,
      userIdentifierValue: null,
      clientId: null,
      jwtKeyId: null,
      usesTableApi: true,
    });
    assert.deepEqual(secrets.schema[method]({ username: "a", password: "b" }), {
      username: "a",
      password: "b",
      clientSecret: null,
      privateKey: null,
      privateKeyPassword: null,
    });
  }
  assert.equal(secrets.schema.validate(undefined).username, null);
});

test("validated params share nothing with what was given, and leave it as it was", () => {
  const { schema } = getConnectorType().validate.params;
  const given = () => ({
    subAction: "pushToService",
    subActionParams: {
      incident: {
        short_description: "Disk is full",
        additional_fields: { u_tags: ["a", { b: 1 }] },
      },
      comments: [{ comment: "c", commentId: "1" }],
    },
  });
  const parts = (/** @type {any} */ { subActionParams: { incident, comments } }) => [
    ...[incident, incident.additional_fields, incident.additional_fields.u_tags],
    ...[incident.additional_fields.u_tags[1], comments, comments[0]],
  ];
  const params = given();
  const validated = /** @type {any} */ (schema.parse(params));
  assert.deepEqual(params, given());
  const own = parts(params);
  for (const part of parts(validated)) assert.ok(!own.includes(part));
  assert.equal(validated.subActionParams.incident.description, null);
});

test("what does not fit a schema is named", () => {
  const { config, secrets, params } = getConnectorType().validate;
  assert.equal(
    messageOf(() => config.schema.parse({ foo: 1 })),
    '✖ Unrecognized key: "foo"\n✖ Invalid input: expected string, received undefined\n  → at apiUrl',
  );
  assert.equal(
    messageOf(() => secrets.schema.parse({ password: 5 })),
    "✖ Invalid input: expected string, received number\n  → at password",
  );
  assert.equal(
    messageOf(() => params.schema.parse({ subAction: "nope" })),
    "✖ Invalid input\n  → at subAction",
  );
});

test("a page that has lists and objects written otherwise than as JSON changes nothing", () => {
  const { schema } = getConnectorType().validate.params;
  const incident = { short_description: "a", additional_fields: { u_list: [1, { a: "b" }] } };
  const params = {
    subAction: "pushToService",
    subActionParams: { incident, comments: [{ commentId: "1", comment: "c" }] },
  };
  const expected = schema.parse(params);
  for (const prototype of /** @type {any[]} */ ([Array.prototype, Object.prototype])) {
    Object.defineProperty(prototype, "toJSON", { value: () => "x", configurable: true });
    try {
      assert.deepEqual(schema.parse(params), expected);
    } finally {
      delete prototype.toJSON;
    }
  }
});

test("a config of another make than a literal's is read as well, and one that cannot be is told of", () => {
  const { schema } = getConnectorType().validate.config;
  const config = Object.assign(Object.create(null), CONFIG);
  assert.deepEqual(schema.parse(config), schema.parse(CONFIG));
  const unreadable = {
    get apiUrl() {
      throw new Error("it is locked");
    },
  };
  assert.equal(
    messageOf(() => schema.parse(unreadable)),
    "The member apiUrl cannot be read",
  );
});

test("a value that throws whenever it is touched is told of, and no fault of the module's", () => {
  const { config, secrets, params, connector } = getConnectorType().validate;
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const refuse = () => {
    throw new Error("it is locked");
  };
  const traps = ["get", "getPrototypeOf", "ownKeys", "getOwnPropertyDescriptor", "has"];
  const hostile = [
    revoked,
    new Proxy([1], { get: refuse }),
    new Proxy([1], { get: (_list, key) => (key === "length" ? Symbol("many") : 1) }),
    ...[{}, [], () => {}].map(
      (target) => new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, refuse]))),
    ),
  ];
  for (const value of /** @type {any[]} */ (hostile)) {
    const asIncident = { subAction: "pushToService", subActionParams: { incident: value } };
    const calls = [
      ...[config, secrets, params].map(
        ({ schema }) =>
          () =>
            schema.parse(value),
      ),
      () => config.schema.parse({ ...CONFIG, apiUrl: value }),
      () => secrets.schema.parse({ ...SECRETS, password: value }),
      () => params.schema.parse(asIncident),
      () => secrets.customValidator(value),
    ];
    for (const call of calls) {
      // A fault of the module is a ConnectorError.
      assert.throws(call, { name: "Error" });
    }
  }
  for (const call of [() => params.schema.parse(revoked), () => connector(revoked, SECRETS)]) {
    assert.equal(messageOf(call), "The members of a value cannot be read");
  }
});

test("params that throw whenever they are touched end their own action, and no other", async () => {
  const { type } = instance([[200, { result: [] }]]);
  /** @type {{ proxy: any, revoke: () => void }} */
  const { proxy: params, revoke } = Proxy.revocable({}, {});
  revoke();
  /** @type {any} */
  const action = { actionId: "c-1", config: CONFIG, secrets: SECRETS, logger: createLogger() };
  const host = { ...action, configurationUtilities: createConfigurationUtilities() };
  /** @type {any} */
  const choices = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };
  const other = type.executor({ ...host, params: choices });
  const result = await type.executor({ ...host, params });
  assert.equal(result.errorName, "invalid");
  assert.equal(result.serviceMessage, "The members of a value cannot be read");
  assert.equal((await other).status, "ok");
});

test("the rules between the keys are those of the built-in type", () => {
  const { config, secrets, connector } = getConnectorType().validate;
  const services = { configurationUtilities: createConfigurationUtilities(["a.test"]) };
  const configured = (/** @type {object} */ of) => () =>
    config.customValidator(config.schema.parse(of), services);
  assert.equal(messageOf(configured({ apiUrl: "https://a.test" })), "nothing was thrown");
  assert.equal(
    messageOf(configured({ apiUrl: "https://b.test" })),
    'error configuring connector action: target url "https://b.test" is not added to the Kibana config xpack.actions.allowedHosts',
  );
  // What may be a password is not quoted, whatever the URL looks like.
  for (const apiUrl of [
    "svc:s3cret@b.test",
    "ssvc://svc:s3cret@b.test",
    "https://svc:s3cret@b.test/a?b#c",
    "b.test?key=s3cret",
    "https://b.test/?key=s3cret",
  ]) {
    assert.throws(() => {
      const ensureUriAllowed = (/** @type {string} */ url) => {
        throw new Error(`${url} is not added`);
      };
      const configurationUtilities = { ...services.configurationUtilities, ensureUriAllowed };
      config.customValidator(config.schema.parse({ apiUrl }), { configurationUtilities });
    }, /action: (https:\/\/)?b\.test(\/a?)? is not added$/);
  }
  assert.equal(
    messageOf(configured({ apiUrl: "https://a.test", isOAuth: true, clientId: "c" })),
    "userIdentifierValue must be provided when isOAuth = true",
  );
  const secret = (/** @type {object} */ of) => () =>
    secrets.customValidator(secrets.schema.parse(of));
  assert.equal(messageOf(secret({})), "Either basic auth or OAuth credentials must be specified");
  assert.equal(
    messageOf(secret({ username: "a" })),
    "username and password must both be specified",
  );
  assert.equal(
    messageOf(secret({ privateKey: "a" })),
    "clientSecret and privateKey must both be specified",
  );
  assert.equal(connector({ apiUrl: "https://a.test" }, SECRETS), null);
  assert.equal(
    connector({ isOAuth: true, userIdentifierValue: "a", clientId: "b", jwtKeyId: "c" }, SECRETS),
    "clientSecret must be provided when isOAuth = true",
  );
  assert.equal(
    connector({ clientId: "b" }, SECRETS),
    "clientId, clientSecret, userIdentifierValue, jwtKeyId and privateKey should not be provided with isOAuth = false",
  );
});

test("an incident is pushed with two requests, and a comment with one more", async () => {
  const { type, requests } = instance([
    [201, { result: [{ status: "inserted", sys_id: "9d38", table: "incident" }] }],
    [200, { result: { sys_id: "9d38", number: "INC0042", sys_created_on: "2024-05-06 07:08:09" } }],
    [201, { result: [{ status: "updated", sys_id: "9d38", table: "incident" }] }],
  ]);
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params: PUSH });
  assert.deepEqual(result, {
    status: "ok",
    actionId: "c-1",
    data: {
      title: "INC0042",
      id: "9d38",
      pushedDate: "2024-05-06T07:08:09.000Z",
      url: "https://dev1.service-now.com/nav_to.do?uri=incident.do?sys_id=9d38",
      comments: [{ commentId: "c1", pushedDate: "2024-05-06T07:08:09.000Z" }],
    },
  });
  const [write, read, comment] = requests;
  const importUrl = "https://dev1.service-now.com/api/now/import/x_elas2_inc_int_elastic_incident";
  assert.equal(`${write?.method} ${write?.url}`, `POST ${importUrl}`);
  assert.equal(write?.headers.authorization, "Basic c3ZjLWVsYXN0aWM6czNjcmV0");
  assert.equal(write?.headers["content-type"], "application/json");
  assert.equal(
    JSON.stringify(write?.body),
    '{"u_cmdb_ci":"web-1","u_short_description":"CPU high on web-1","u_description":null,' +
      '"u_category":"software","u_subcategory":null,"u_correlation_id":"r-77:web-1",' +
      '"u_correlation_display":"Elastic alert","u_severity":null,"u_urgency":"2",' +
      '"u_impact":null,"u_caller_id":"svc-elastic","u_opened_by":"svc-elastic"}',
  );
  assert.match(
    String(read?.url),
    /^https:\/\/dev1\.service-now\.com\/api\/now\/v2\/table\/incident\/9d38\?sysparm_fields=/,
  );
  assert.deepEqual(comment?.body, { u_work_notes: "seen twice", elastic_incident_id: "9d38" });
});

test("what goes wrong comes back in the words of the built-in type, with a remedy", async () => {
  const denied = {
    error: {
      message: "User Not Authenticated",
      detail: "Required to provide Auth information",
    },
    status: "failure",
  };
  const { type } = instance([[401, denied]]);
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params: PUSH });
  assert.deepEqual(result, {
    status: "error",
    actionId: "c-1",
    message: "an error occurred while running the action",
    serviceMessage:
      "[Action][ServiceNow]: Unable to create incident. Error: Request failed with status code 401 " +
      "Reason: User Not Authenticated: Required to provide Auth information " +
      "[status=401] [method=post] [endpoint=import_set]",
    retry: false,
    errorSource: "user",
    errorName: "unauthenticated",
    errorMeta: {
      remedy:
        "Check the connector's credentials, that the user is active, and that the instance allows this way of signing in.",
      httpStatus: 401,
      endpoint: "import_set",
    },
  });
});

test("an instance that is busy says when to come again", async () => {
  const busy = { error: { message: "Rate limit exceeded", detail: "…" }, status: "failure" };
  const { type } = instance([[429, busy, { "retry-after": "120" }]]);
  const before = Date.now();
  const { retry } = await run(type, { config: CONFIG, secrets: SECRETS, params: PUSH });
  assert.ok(retry instanceof Date);
  assert.ok(retry.getTime() >= before + 120_000 && retry.getTime() <= Date.now() + 120_000);
  const later = new Date(Math.ceil(before / 1000) * 1000 + 600_000);
  for (const headers of /** @type {Record<string, string>[]} */ ([
    { "retry-after": later.toUTCString() },
    { "x-ratelimit-reset": String(later.getTime() / 1000) },
  ])) {
    const { type } = instance([[503, busy, headers]]);
    const result = await run(type, { config: CONFIG, secrets: SECRETS, params: PUSH });
    assert.deepEqual(result.retry, later);
  }
});

test("a sleeping instance is named for what it is", async () => {
  const { type } = instance([[200, "<h1>Your instance is hibernating</h1>"]]);
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params: PUSH });
  assert.equal(result.errorName, "hibernating");
  assert.match(String(result.serviceMessage), /Please check dev1\.service-now\.com\./);
  assert.equal(result.retry, true);
});

test("other people's incidents are never closed", async () => {
  const { type, requests } = instance([
    [200, { result: [{ sys_id: "1", state: "1", correlation_id: "another" }] }],
  ]);
  const params = {
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id: "r-77:web-1" } },
  };
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params });
  assert.equal(result.errorName, "other_incidents");
  assert.equal(requests.length, 1);
});

test("the newest open incident of a correlation ID is the one that is closed", async () => {
  const record = (/** @type {string} */ sys_id, /** @type {string} */ state) => ({
    sys_id,
    state,
    number: `INC${sys_id}`,
    correlation_id: "r-77:web-1",
    sys_updated_on: "2024-05-06 07:08:09",
  });
  const { type, requests } = instance([
    [200, { result: [record("4", "7"), record("3", "8"), record("2", "6"), record("1", "1")] }],
    [201, { result: [{ status: "updated", sys_id: "2", table: "incident" }] }],
    [200, { result: record("2", "7") }],
  ]);
  const params = {
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id: "r-77:web-1" } },
  };
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params });
  assert.equal(result.data.title, "INC2");
  assert.deepEqual(requests[1]?.body, {
    u_state: "7",
    u_close_code: "Closed/Resolved by Caller",
    u_close_notes: "Closed by Caller",
    elastic_incident_id: "2",
  });
});

test("nothing to close is no error", async () => {
  const { type } = instance([[200, { result: [] }]]);
  const logger = createLogger();
  const params = {
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id: "r-77:web-1" } },
  };
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params, logger });
  assert.deepEqual(result, { status: "ok", actionId: "c-1", data: {} });
  assert.ok(
    logger.lines.includes(
      "warn: [ServiceNow][CloseIncident] No incident found with correlation_id: r-77:web-1 or incidentId: null.",
    ),
  );
});

test("no credential gets into a log line or a result", async () => {
  const { type } = instance([[500, "s3cret c3ZjLWVsYXN0aWM6czNjcmV0"]]);
  const logger = createLogger();
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params: PUSH, logger });
  assert.doesNotMatch(JSON.stringify(result) + logger.lines.join(), /s3cret|c3ZjLWVs/);
});

test("a host that lacks all that may be lacking is enough", async () => {
  const { type } = instance([[200, { result: [] }]]);
  const choices = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params: choices });
  assert.equal(result.status, "ok");
});

test("a host that cannot log or count ends no action, whether it throws or rejects", async () => {
  const throwing = () => {
    throw new Error("disk full");
  };
  const choices = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };
  for (const fail of [throwing, async () => throwing()]) {
    const { type } = instance([[200, { result: [] }]]);
    const logger = { debug: fail, warn: fail, error: fail };
    const host = {
      logger,
      connectorUsageCollector: { addRequestBodyBytes: fail },
      configurationUtilities: {
        ...createConfigurationUtilities(),
        // Is warned of: the type has a fetch of its own.
        getProxySettings: () => ({ proxyUrl: "http://proxy.test:3128" }),
      },
    };
    const result = await run(type, { config: CONFIG, secrets: SECRETS, params: choices, ...host });
    assert.equal(result.status, "ok");
    type.renderParameterTemplates(logger, { a: "{{#EvalMath}}x{{/EvalMath}}" }, {});
    // What is rejected and not caught is told one turn later, and fails the test.
    await nextTurn();
  }
});

test("a host that refuses a URL by whatever it throws is obeyed", async () => {
  const unreadable = new Proxy({}, { get: () => assert.fail("not to be read") });
  const { type, requests } = instance([]);
  const params = /** @type {const} */ ({ subAction: "getFields", subActionParams: {} });
  for (const thrown of [null, undefined, "denied", {}, unreadable]) {
    const configurationUtilities = {
      ...createConfigurationUtilities(),
      ensureUriAllowed() {
        throw thrown;
      },
    };
    const config = type.validate.config.schema.parse(CONFIG);
    const secrets = type.validate.secrets.schema.parse(SECRETS);
    const host = { actionId: "c-1", logger: createLogger(), configurationUtilities };
    const { errorName, retry } = await type.executor({ ...host, config, secrets, params });
    assert.deepEqual([errorName, retry], ["not_allowed", false]);
    assert.throws(
      () => type.validate.config.customValidator(config, { configurationUtilities }),
      /^Error: error configuring connector action: /,
    );
  }
  assert.equal(requests.length, 0);
});

test("a task that cannot be read is told nothing of, and the action runs", async () => {
  const params = { subAction: "getFields", subActionParams: {} };
  const unreadable = /** @type {any} */ ({
    get attempts() {
      throw new Error("gone");
    },
  });
  for (const taskInfo of [unreadable, { attempts: Symbol("1") }, { scheduled: Symbol("now") }]) {
    const { type } = instance([[200, { result: [] }]]);
    const { status } = await run(type, { config: CONFIG, secrets: SECRETS, params, taskInfo });
    assert.equal(status, "ok");
  }
});

test("handshake is refused, in the words it was always refused in", async () => {
  const { type } = instance([]);
  const handshake = { subAction: "handshake", subActionParams: {} };
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params: handshake });
  assert.equal(
    result.serviceMessage,
    "[Action][ExternalService] subAction handshake not implemented.",
  );
});

test("options that cannot be are refused by their names, when the type is made", () => {
  /** @type {[any, RegExp][]} */
  const refused = [
    [{ fetch: "x" }, /^fetch must be a function$/],
    [{ actionTimeout: "x" }, /^actionTimeout must be a number from 0 on$/],
    [{ actionTimeout: -1 }, /^actionTimeout must be/],
    [{ id: "" }, /^id must be a text that is not empty$/],
    [{ id: 5 }, /^id must be/],
    [{ timeout: 5 }, /^timeout is no option of getConnectorType$/],
    [{ schemaLibrary: "zod5" }, /^schemaLibrary must be one of config-schema, zod3, zod4$/],
  ];
  for (const [options, message] of refused) {
    const refusal = { name: "ConnectorError", code: "invalid", message };
    assert.throws(() => getConnectorType(options), refusal);
  }
  for (const options of /** @type {any[]} */ ([undefined, null, {}, { id: undefined }])) {
    assert.equal(getConnectorType(options).id, ".servicenow");
  }
});

/** An instance that gives tokens, and accepts them as long as it is told to. */
function givingTokens() {
  const instance = { accepts: true, tokens: 0 };
  /** @type {any} */
  const fetch = async (/** @type {string} */ url) => {
    if (!url.endsWith("/oauth_token.do")) {
      return new Response('{"result":[]}', { status: instance.accepts ? 200 : 401 });
    }
    instance.tokens += 1;
    return new Response(JSON.stringify({ access_token: `t-${instance.tokens}` }));
  };
  const type = getConnectorType({ fetch });
  const params = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };
  const act = (/** @type {object} */ host = {}) =>
    run(type, { ...oauth("https://dev1.service-now.com"), params, ...host });
  return { instance, type, act };
}

test("a connector that is saved or deleted gets a new token", async () => {
  const { instance, type, act } = givingTokens();
  for (const { status } of [await act(), await act()]) assert.equal(status, "ok");
  assert.equal(instance.tokens, 1);
  for (const hook of /** @type {const} */ (["postSaveHook", "postDeleteHook"])) {
    /** @type {number} */
    const before = instance.tokens;
    await type[hook](/** @type {any} */ ({ connectorId: "c-2" }));
    assert.equal((await act()).status, "ok");
    assert.equal(instance.tokens, before, "it was another connector");
    await type[hook](/** @type {any} */ ({ connectorId: "c-1" }));
    assert.equal((await act()).status, "ok");
    assert.equal(instance.tokens, before + 1);
  }
});

test("a token that is refused though it is new does not stay with the host", async () => {
  const { instance, act } = givingTokens();
  instance.accepts = false;
  /** @type {string[]} */
  const calls = [];
  const called = (/** @type {string} */ name) => async () => {
    calls.push(name);
    return {};
  };
  const connectorTokenClient = {
    get: called("get"),
    updateOrReplace: called("updateOrReplace"),
    deleteConnectorTokens: called("deleteConnectorTokens"),
  };
  const result = await act({ services: { connectorTokenClient } });
  assert.equal(result.errorName, "unauthenticated", String(result.serviceMessage));
  assert.equal(instance.tokens, 2);
  assert.equal(calls.at(-1), "deleteConnectorTokens");
});

test("a token that an answer repeats is told nobody, though another one is in use at the end", async () => {
  let tokens = 0;
  /** @type {any} */
  const fetch = async (
    /** @type {string} */ url,
    /** @type {RequestInit} */ { method, headers },
  ) => {
    if (url.endsWith("/oauth_token.do")) {
      tokens += 1;
      return new Response(JSON.stringify({ access_token: `repeated-${tokens}` }));
    }
    const authorization = new Headers(headers).get("authorization");
    if (method === "POST")
      return new Response(JSON.stringify({ error: { message: authorization } }));
    return new Response('{"result":[]}', { status: authorization?.endsWith("1") ? 401 : 200 });
  };
  const incident = { short_description: "a", correlation_id: "b" };
  const params = { subAction: "pushToService", subActionParams: { incident } };
  const { config, secrets } = oauth("https://repeats.service-now.com");
  const action = { config: { ...config, usesTableApi: true }, secrets, params };
  const result = await run(getConnectorType({ fetch }), action);
  assert.equal(tokens, 2);
  assert.match(String(result.serviceMessage), /Error: \[secret\]/);
});

const never = () => new Promise(() => {});
const SILENT_CLIENT = {
  get: never,
  updateOrReplace: never,
  deleteConnectorTokens: never,
};

test("a token client that does not answer in time is done without, and warned of", async () => {
  const { instance, act } = givingTokens();
  const logger = createLogger();
  const services = { connectorTokenClient: SILENT_CLIENT };
  const configurationUtilities = createConfigurationUtilities(["*"], { timeout: 20 });
  const host = { services, configurationUtilities, logger };
  assert.equal((await act(host)).status, "ok");
  const late = "connector token for connectorId: c-1 due to error: timeout of 20ms exceeded";
  const warnings = () => logger.lines.splice(0).filter((line) => line.startsWith("warn: Not able"));
  assert.deepEqual(warnings(), [
    `warn: Not able to get ${late}`,
    `warn: Not able to update ${late}`,
  ]);
  instance.accepts = false;
  assert.equal((await act(host)).errorName, "unauthenticated");
  assert.equal(warnings().at(-1), `warn: Not able to delete ${late}`);
});

test("a token is used as long as it is good, however its client tells the time", async () => {
  const { instance, act } = givingTokens();
  const [past, future] = [-3_600_000, 3_600_000].map((after) => Date.now() + after);
  const forms = [Number, (/** @type {any} */ time) => new Date(time).toISOString()];
  for (const form of [...forms, (/** @type {any} */ time) => new Date(time)]) {
    /** @type {number} */
    const before = instance.tokens;
    for (const [expiresAt, taken] of /** @type {const} */ ([
      [future, 0],
      [past, 1],
    ])) {
      const connectorToken = {
        token: "Bearer of the client",
        expiresAt: form(expiresAt),
        createdAt: form(past),
      };
      const get = async () => ({ connectorToken });
      const update = async () => {};
      const connectorTokenClient = { get, updateOrReplace: update, deleteConnectorTokens: update };
      assert.equal((await act({ services: { connectorTokenClient } })).status, "ok");
      assert.equal(instance.tokens - before, taken, String(form(expiresAt)));
    }
  }
});

test("a token that its client quotes is not told", async () => {
  const { act } = givingTokens();
  const logger = createLogger();
  const connectorTokenClient = {
    ...SILENT_CLIENT,
    get: async () => ({}),
    updateOrReplace: async (/** @type {{ newToken: string }} */ { newToken }) => {
      throw new Error(`no room for ${newToken}`);
    },
  };
  assert.equal((await act({ services: { connectorTokenClient }, logger })).status, "ok");
  assert.match(logger.lines.join("\n"), /Not able to update .* no room for Bearer \[secret\]/);
});

test("an action that is outdated ends though its token client does not answer", async () => {
  const { type, act } = givingTokens();
  const get = async () => {
    await type.postSaveHook?.(/** @type {any} */ ({ connectorId: "c-1" }));
    return {};
  };
  const services = { connectorTokenClient: { ...SILENT_CLIENT, get } };
  const configurationUtilities = createConfigurationUtilities(["*"], { timeout: 20 });
  assert.equal((await act({ services, configurationUtilities })).status, "ok");
});

test("an action that ends while it waits for its token client sets the others free", async () => {
  const { instance, type, act } = givingTokens();
  await type.postSaveHook?.(/** @type {any} */ ({ connectorId: "c-1" }));
  const ending = new AbortController();
  const logger = createLogger();
  const services = { connectorTokenClient: SILENT_CLIENT };
  const first = act({ services, signal: ending.signal, logger });
  const second = act();
  ending.abort();
  const result = await first;
  assert.equal(result.errorName, "canceled");
  assert.match(String(result.serviceMessage), /Unable to get choices. Error: canceled/);
  assert.deepEqual(
    logger.lines.filter((line) => line.startsWith("warn: Not able")),
    [],
  );
  assert.equal((await second).status, "ok");
  assert.equal(instance.tokens, 1);
});

test("an action waits for the token of another until its own end, and no longer", async () => {
  const { act } = givingTokens();
  const [leading, following] = [new AbortController(), new AbortController()];
  const services = { connectorTokenClient: SILENT_CLIENT };
  const leader = act({ services, signal: leading.signal });
  const hasty = getConnectorType({ actionTimeout: 20, fetch: async () => assert.fail("sent") });
  const params = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };
  const action = { ...oauth("https://dev1.service-now.com"), params };
  const late = await run(hasty, action);
  assert.match(String(late.serviceMessage), /choices. Error: deadline of 20ms exceeded/);
  assert.equal(late.errorName, "no_answer");
  const ended = act({ signal: following.signal });
  following.abort();
  assert.equal((await ended).errorName, "canceled");
  assert.equal((await act({ signal: AbortSignal.abort() })).errorName, "canceled");
  leading.abort();
  assert.equal((await leader).errorName, "canceled");
});

test("neither the executor nor the health check ever rejects", async () => {
  const type = getConnectorType();
  const broken = {
    actionId: "c-1",
    get config() {
      throw new Error("s3cret");
    },
  };
  const withoutSettings = {
    actionId: "c-1",
    get configurationUtilities() {
      throw runInNewContext("new RangeError('s3cret')");
    },
  };
  const throwingNothing = {
    actionId: "c-1",
    get secrets() {
      throw null;
    },
  };
  for (const options of /** @type {any[]} */ ([
    undefined,
    null,
    broken,
    withoutSettings,
    throwingNothing,
  ])) {
    const { status, errorName, serviceMessage } = await type.executor(options);
    assert.deepEqual([status, errorName], ["error", "internal"]);
    assert.doesNotMatch(String(serviceMessage), /s3cret/);
    assert.equal((await type.checkHealth(options)).status, "error");
  }
});

test("a signal that is none is refused by its name, and nothing is sent", async () => {
  const { type, requests } = instance([]);
  /** @type {any} */
  const signal = new AbortController();
  const result = await run(type, { config: CONFIG, secrets: SECRETS, params: PUSH, signal });
  assert.equal(result.serviceMessage, "signal must be an AbortSignal");
  assert.deepEqual(
    [result.errorName, result.retry, result.errorMeta?.remedy],
    ["invalid", false, "Correct the named field."],
  );
  const configurationUtilities = createConfigurationUtilities();
  const options = { config: CONFIG, secrets: SECRETS, configurationUtilities, signal };
  /** @type {any} */
  const health = await type.checkHealth({ ...options, logger: createLogger() });
  assert.deepEqual([health.code, health.message], ["invalid", "signal must be an AbortSignal"]);
  assert.equal(requests.length, 0);
});

test("a secret that stands in any text is not told by being struck out of it", async () => {
  for (const [password, expected] of [
    ["p", /import set report/],
    ["report", /import set \[secret\]/],
  ]) {
    const { type } = instance([[500, { error: { message: "import set report", detail: "" } }]]);
    const secrets = { ...SECRETS, password };
    const result = await run(type, { config: CONFIG, secrets, params: PUSH });
    assert.match(String(result.serviceMessage), /** @type {RegExp} */ (expected));
  }
});

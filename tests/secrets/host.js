// Everything a host can be asked over HTTP, with secrets that are canaries.

import assert from "node:assert/strict";
import { ruleOf } from "../faults/table.js";
import { draftOf, mistakesOf } from "./mistakes.js";

/** @import { HostSecrets } from "./host_settings.js" */
/** @import { RunningHost } from "./hosts.js" */
/** @import { Planted } from "./planted.js" */
/** @import { Traces } from "./traces.js" */

/**
 * @typedef {object} Scene
 * @property {RunningHost} host
 * @property {Planted} planted
 * @property {Traces} traces
 * @property {HostSecrets} secrets
 */

/**
 * @typedef {object} Call
 * @property {unknown} [body]
 * @property {Record<string, string>} [headers]
 * @property {string} [authorization] the API key when left out
 */

/** How long a task may take, in milliseconds. */
const DEADLINE = 30_000;

/** Faults that keep a caller waiting for as long as it likes. */
const ENDLESS = 1000;

const PUSH = {
  subAction: "pushToService",
  subActionParams: { incident: { short_description: "a", correlation_id: "disk:web-1" } },
};
const CLOSE = {
  subAction: "closeIncident",
  subActionParams: { incident: { correlation_id: "disk:web-1" } },
};
const FIELDS = { subAction: "getFields", subActionParams: {} };

/** @param {Scene} scene */
export function clientOf({ host, planted, traces }) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {Call} [call]
   */
  return async (method, path, { body, headers, authorization = `ApiKey ${host.apiKey}` } = {}) => {
    const response = await fetch(`${host.url}${path}`, {
      method,
      headers: {
        "kbn-xsrf": "true",
        ...(authorization !== "" && { authorization }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body: typeof body === "string" || body === undefined ? body : JSON.stringify(body),
      redirect: "manual",
    });
    const text = await response.text();
    const place = `the answer to ${method} ${path.split("?")[0]?.replace(/[0-9a-f-]{30,}/, "…")}`;
    const isLogin = path.endsWith("/login");
    let cookie = "";
    for (const [name, value] of response.headers) {
      if (isLogin && name === "set-cookie" && response.status === 200) {
        // The one place where it may be: the answer that it is made for.
        const [, session = ""] = /^sid=([^;]+)/.exec(value) ?? [];
        cookie = `sid=${planted.canaries.text("the session", session)}`;
      } else traces.add(`${place}, ${name}`, value);
    }
    traces.add(place, text);
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, body: isJson ? JSON.parse(text) : undefined, cookie };
  };
}

/**
 * A connector from its creation to its end, whatever comes of each step.
 *
 * @param {ReturnType<typeof clientOf>} call
 * @param {object} draft
 * @param {object[]} actions
 */
async function live(call, draft, actions) {
  const { config, secrets } = /** @type {any} */ (draft);
  await call("POST", "/internal/console/health_check", { body: { config, secrets } });
  const body = { name: "One", connector_type_id: ".servicenow", ...draft };
  const created = await call("POST", "/api/actions/connector", { body });
  /** @type {(number | string)[]} */
  const statuses = [created.status];
  if (created.status !== 200) return statuses;
  const path = `/api/actions/connector/${created.body.id}`;
  for (const params of actions) {
    const { body } = await call("POST", `${path}/_execute`, { body: { params } });
    statuses.push(body.status);
  }
  await call("GET", path);
  const { connector_type_id: _, ...replacement } = body;
  await call("PUT", path, { body: { ...replacement, name: "Two" } });
  await call("POST", `${path}/_execute`, { body: { params: FIELDS } });
  await call("GET", "/api/actions/connectors");
  await call("DELETE", path);
  return statuses;
}

/**
 * Every way to sign in, and every mistake.
 *
 * @param {Scene} scene
 */
export async function useConnectorsOfHost(scene) {
  const { planted } = scene;
  const call = clientOf(scene);
  for (const [signIn, credentials] of Object.entries(planted.signIns)) {
    const statuses = await live(call, draftOf(planted, credentials), [PUSH, FIELDS, CLOSE]);
    assert.deepEqual(statuses, [200, "ok", "ok", "ok"], signIn);
  }
  let refused = 0;
  for (const entered of Object.values(mistakesOf(planted))) {
    const draft = draftOf(planted, entered);
    if (entered.apiUrl !== undefined) {
      // A URL is config, which is stored and shown as it is; what goes wrong with it is not.
      const { body } = await call("POST", "/internal/console/health_check", { body: draft });
      if (body.ok !== true) refused += 1;
      continue;
    }
    const statuses = await live(call, draft, [FIELDS]);
    if (statuses.some((status) => status !== 200 && status !== "ok")) refused += 1;
  }
  assert.ok(refused > 20, `only ${refused} mistakes were noticed`);
}

/**
 * Faults of the instance, each in its first form, while a connector signs in and acts.
 *
 * @param {Scene} scene
 */
export async function sufferFaultsInHost(scene) {
  const { planted } = scene;
  const { simulator } = planted;
  const call = clientOf(scene);
  const start = simulator.save();
  let happened = 0;
  for (const fault of simulator.faults.catalogue()) {
    // Certificates are not asked for over HTTP.
    if (fault.delay >= ENDLESS || fault.id === "certificate-bad") continue;
    const signIn = fault.place.includes("token") ? "encrypted key" : "basic";
    const body = {
      name: fault.id,
      connector_type_id: ".servicenow",
      ...draftOf(planted, planted.signIns[signIn]),
    };
    const { id } = (await call("POST", "/api/actions/connector", { body })).body;
    simulator.load(start);
    simulator.faults.inject(ruleOf(fault, fault.variants[0]));
    for (const params of [PUSH, CLOSE]) {
      await call("POST", `/api/actions/connector/${id}/_execute`, { body: { params } });
    }
    if (simulator.faults.list().some((active) => active.happened > 0)) happened += 1;
    simulator.faults.clear();
    await call("DELETE", `/api/actions/connector/${id}`);
  }
  simulator.load(start);
  assert.ok(happened > 30, `only ${happened} faults happened`);
}

/**
 * Who comes in and who does not: with sessions, passwords, keys, and what is none of them.
 *
 * @param {Scene} scene
 */
export async function signInToHost(scene) {
  const { host, secrets } = scene;
  const { username, password } = host;
  const call = clientOf(scene);
  const login = "/internal/security/login";
  const { cookie } = await call("POST", login, { body: { username, password }, authorization: "" });
  assert.ok(cookie, "a session begins");
  const me = await call("GET", "/internal/security/me", { authorization: "", headers: { cookie } });
  assert.deepEqual([me.status, me.body], [200, { username }]);
  const basic = (/** @type {string} */ text) => `Basic ${Buffer.from(text).toString("base64")}`;
  const wrong = { username, password: secrets.wrongPassword };
  for (const [expected, path, given] of /** @type {[number, string, Call][]} */ ([
    [200, "/internal/security/me", { authorization: basic(`${username}:${password}`) }],
    [401, "/internal/security/me", { authorization: basic(`elastic:${secrets.wrongPassword}`) }],
    [401, "/internal/security/me", { authorization: `ApiKey ${secrets.wrongKey}` }],
    [401, "/internal/security/me", { authorization: `Token ${host.apiKey}` }],
    [401, "/internal/security/me", { authorization: `ApiKey ${host.apiKey}x, ${host.apiKey}` }],
    [
      401,
      "/internal/security/me",
      { authorization: "", headers: { cookie: `sid=${secrets.stray}` } },
    ],
    [401, `/internal/security/me?apiKey=${host.apiKey}`, { authorization: "" }],
    [404, `/api/none?password=${encodeURIComponent(password)}`, {}],
  ])) {
    const { status } = await call("GET", path, given);
    assert.equal(status, expected, path.split("?")[0]);
  }
  for (const [expected, body] of /** @type {[number, unknown][]} */ ([
    [401, wrong],
    [400, { ...wrong, more: password }],
    [400, { username, password: [password] }],
    [400, `{"password": ${JSON.stringify(password)}`],
    [400, password],
  ])) {
    const { status } = await call("POST", login, { body, authorization: "" });
    assert.equal(status, expected);
  }
  const out = { authorization: "", headers: { cookie } };
  assert.equal((await call("POST", "/internal/security/logout", out)).status, 204);
}

/**
 * Alerts, and secrets of a connector where alerts belong.
 *
 * @param {Scene} scene
 */
export async function sendAlerts(scene) {
  const { host, planted, secrets } = scene;
  const { password, keys } = planted;
  const call = clientOf(scene);
  const alert = { status: "firing", id: "backup", title: "Backup failed" };
  const bearer = `Bearer ${host.apiKey}`;
  const taken = await call("POST", "/api/webhooks/json", { body: alert, authorization: bearer });
  assert.equal(taken.status, 202);
  await ended(call, taken.body.task_ids);
  for (const [expected, path, given] of /** @type {[number, string, Call][]} */ ([
    [503, "lost", { body: alert }],
    [404, "none", { body: { ...alert, secrets: { password } } }],
    [400, "json", { body: { status: password, id: "a" } }],
    [400, "json", { body: { password, privateKey: keys.pkcs8 } }],
    [400, "json", { body: [password] }],
    [400, "json", { body: `{"password": ${JSON.stringify(password)}` }],
    [400, "json", { body: JSON.stringify(keys.pkcs8) }],
    [400, "prod", { body: { version: password, alerts: [] } }],
    [400, "prod", { body: { version: "4", alerts: password } }],
    [400, "prod", { body: { version: "4", alerts: [{ status: password }] } }],
    [401, "json", { body: alert, authorization: `Bearer ${secrets.wrongKey}` }],
    [401, "json", { body: { ...alert, token: host.apiKey }, authorization: "" }],
    [401, `json?token=${host.apiKey}`, { body: alert, authorization: "" }],
  ])) {
    const { status } = await call("POST", `/api/webhooks/${path}`, given);
    assert.equal(status, expected, `${path.split("?")[0]} ${Object.keys(given)}`);
  }
}

/**
 * Requests about connectors that are none.
 *
 * @param {Scene} scene
 */
export async function askWrongly(scene) {
  const { planted } = scene;
  const { password, keys, signIns } = planted;
  const call = clientOf(scene);
  const draft = { name: "a", connector_type_id: ".servicenow", ...draftOf(planted, signIns.basic) };
  const connector = "/api/actions/connector";
  for (const [method, path, body] of /** @type {[string, string, unknown][]} */ ([
    ["POST", connector, { ...draft, password }],
    ["POST", connector, { ...draft, secrets: password }],
    ["POST", connector, { ...draft, secrets: [password] }],
    ["POST", connector, { ...draft, config: { ...draft.config, ...draft.secrets } }],
    ["POST", connector, { ...draft, connector_type_id: [password] }],
    ["POST", connector, JSON.stringify(draft).slice(0, -1)],
    ["POST", `${connector}/sn`, draft],
    ["PUT", `${connector}/sn`, { ...draft, connector_type_id: undefined }],
    ["PUT", `${connector}/none`, { name: "a", config: draft.config, secrets: draft.secrets }],
    ["DELETE", `${connector}/sn`, undefined],
    ["POST", `${connector}/sn/_execute`, { params: { subAction: password, subActionParams: {} } }],
    ["POST", `${connector}/sn/_execute`, { params: { ...FIELDS, secrets: draft.secrets } }],
    ["POST", `${connector}/sn/_execute`, { params: FIELDS, secrets: draft.secrets }],
    ["POST", `${connector}/broken/_execute`, { params: FIELDS }],
    ["POST", "/internal/console/health_check", { config: keys.pkcs8, secrets: draft.secrets }],
    ["POST", "/internal/console/health_check", { config: draft.config, secrets: password }],
    ["POST", "/internal/console/rule_actions", { connector_id: "sn", params: password }],
  ])) {
    const { status, body: answer } = await call(method, path, { body });
    const failed = status >= 400 || answer?.status === "error";
    assert.ok(failed, `${method} ${path} with ${Object.keys(Object(body))}: ${status}`);
  }
}

/**
 * What a host tells of itself, after all that.
 *
 * @param {Scene} scene
 */
export async function askAboutHost(scene) {
  const call = clientOf(scene);
  const body = { connector_id: "sn", params: PUSH, variables: {} };
  const scheduled = await call("POST", "/internal/console/rule_actions", { body });
  await ended(call, [scheduled.body.task_id]);
  for (const path of [
    "/api/actions/connectors",
    "/api/actions/connector/sn",
    "/api/actions/connector_types",
    "/api/status",
    "/internal/console/context",
    "/internal/console/incidents",
    "/internal/console/events?limit=1000",
    "/metrics",
    "/status",
    "/",
  ]) {
    assert.equal((await call("GET", path)).status, 200, path);
  }
  const { events } = (await call("GET", "/internal/console/events?limit=1000")).body;
  const failed = events.filter((/** @type {any} */ event) => event.outcome === "failure");
  assert.ok(failed.length > 50, `only ${failed.length} failures among the events`);
}

/**
 * @param {ReturnType<typeof clientOf>} call
 * @param {string[]} taskIds
 */
async function ended(call, taskIds) {
  const end = performance.now() + DEADLINE;
  for (const id of taskIds) {
    while (
      !["succeeded", "failed"].includes(
        (await call("GET", `/internal/console/tasks/${id}`)).body.state,
      )
    ) {
      assert.ok(performance.now() < end, `the task ${id} does not end`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

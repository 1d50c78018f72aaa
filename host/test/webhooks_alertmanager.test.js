import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { parse } from "yaml";

import { startAlertmanager } from "./alertmanager.js";
import { serveWebhooks, until } from "./webhook_host.js";

const PROMETHEUS = { connector: "sn", format: "alertmanager" };
const MINUTE = 60_000;

/** Soon, and again only after a time that no test takes. */
const ROUTE = {
  group_by: ["alertname"],
  group_wait: "0s",
  group_interval: "1s",
  repeat_interval: "4h",
};

/**
 * @param {string} url of the webhook
 * @param {object} httpConfig how Alertmanager signs in
 */
const receiver = (url, httpConfig) => ({
  name: url,
  webhook_configs: [{ url, send_resolved: true, http_config: httpConfig }],
});

/**
 * @param {string} instance
 * @param {object} [times]
 */
const alert = (instance, times) => ({
  labels: { alertname: "DiskFull", instance },
  annotations: { summary: `Disk of ${instance} is full` },
  generatorURL: "http://prometheus.test/graph",
  ...times,
});

/** @param {string} instance */
const over = (instance) => alert(instance, { endsAt: new Date().toISOString() });

/** @param {{ incidents: () => Record<string, unknown>[] }} host */
const seen = (host) =>
  host
    .incidents()
    .map(({ short_description, state }) => `${short_description}: ${state}`)
    .sort();

test("Alertmanager's alerts open incidents, and close them when they are over", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const url = `${host.url}/api/webhooks/prod`;
  const authorization = { type: "ApiKey", credentials: host.credentials.apiKey };
  const alertmanager = await startAlertmanager(t, {
    route: { receiver: url, ...ROUTE },
    receivers: [receiver(url, { authorization })],
  });
  await alertmanager.post([alert("web-1"), alert("web-2")]);
  await until("there are two incidents", () => host.incidents().length === 2);
  assert.deepEqual(seen(host), ["Disk of web-1 is full: 1", "Disk of web-2 is full: 1"]);

  // The group is sent again, with what still fires.
  await alertmanager.post([over("web-1")]);
  await until("one incident is closed", () => host.incidents().some(({ state }) => state === "7"));
  assert.deepEqual(seen(host), ["Disk of web-1 is full: 7", "Disk of web-2 is full: 1"]);

  await alertmanager.post([over("web-2")]);
  await until("both are closed", () => host.incidents().every(({ state }) => state === "7"));
  assert.equal(host.incidents().length, 2);
  assert.deepEqual(
    host.simulator.requests().filter(({ status }) => status >= 400),
    [],
  );
});

test("Alertmanager signs in by each way that it knows", async (t) => {
  const host = await serveWebhooks(t, { key: PROMETHEUS, bearer: PROMETHEUS, basic: PROMETHEUS });
  const { apiKey, username, password } = host.credentials;
  const url = (/** @type {string} */ id) => `${host.url}/api/webhooks/${id}`;
  const receivers = [
    receiver(url("key"), { authorization: { type: "ApiKey", credentials: apiKey } }),
    receiver(url("bearer"), { authorization: { credentials: apiKey } }),
    receiver(url("basic"), { basic_auth: { username, password } }),
  ];
  const routes = receivers.map(({ name }) => ({ receiver: name, continue: true }));
  const alertmanager = await startAlertmanager(t, {
    route: { receiver: url("key"), ...ROUTE, routes },
    receivers,
  });
  await alertmanager.post([alert("web-1")]);
  await until("each has opened its incident", () => host.incidents().length === 3);
  const origins = host.incidents().map(({ correlation_id: id }) => String(id).split(":")[0]);
  assert.deepEqual(origins.sort(), ["basic", "bearer", "key"]);
});

test("Alertmanager repeats what could not be taken, and it opens one incident", async (t) => {
  const host = await serveWebhooks(t, { prod: { ...PROMETHEUS, connector: "later" } });
  const url = `${host.url}/api/webhooks/prod`;
  const alertmanager = await startAlertmanager(t, {
    route: { receiver: url, ...ROUTE },
    receivers: [receiver(url, { authorization: { credentials: host.credentials.apiKey } })],
  });
  await alertmanager.post([
    alert("web-1", { startsAt: new Date(Date.now() - MINUTE).toISOString() }),
  ]);
  await until("it was refused", () =>
    host.lines().some((line) => line.includes("cannot go to connector later")),
  );
  const { config, secrets } = host.connector;
  const draft = { id: "later", name: "Later", typeId: ".servicenow", config, secrets };
  await host.host.createConnector(draft);
  await until("there is an incident", () => host.incidents().length > 0);
  await alertmanager.post([over("web-1")]);
  await until("it is closed", () => host.incidents().every(({ state }) => state === "7"));
  assert.equal(host.incidents().length, 1);
});

test("the alertmanager.yml of the documentation is one", async (t) => {
  const page = readFileSync(new URL("../../docs/webhooks.md", import.meta.url), "utf8");
  const [, yaml = ""] = /```yaml\n# alertmanager.yml\n([\s\S]*?)```/.exec(page) ?? [];
  const config = parse(yaml);
  assert.ok(config.receivers.length > 0);
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const [documented] = config.receivers;
  const [webhook] = documented.webhook_configs;
  webhook.url = `${host.url}${new URL(webhook.url).pathname}`;
  delete webhook.http_config.authorization.credentials_file;
  webhook.http_config.authorization.credentials = host.credentials.apiKey;
  config.route.group_wait = "0s";
  const alertmanager = await startAlertmanager(t, config);
  await alertmanager.post([alert("web-1")]);
  await until("there is an incident", () => host.incidents().length === 1);
});

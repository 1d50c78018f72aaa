import assert from "node:assert/strict";
import { test } from "node:test";

import { createCollectingLogger } from "servicenow-itsm-host";
import { createServer } from "servicenow-itsm-host/server";
import { basic, temporaryFolder } from "./serve.js";
import { ALERT, notification, serveWebhooks } from "./webhook_host.js";

const PROMETHEUS = { connector: "sn", format: "alertmanager" };
const PLAIN = { connector: "sn", format: "json" };

/** @param {object} [changes] */
const resolved = (changes) => ({ ...ALERT, status: "resolved", ...changes });

test("an alert of Alertmanager opens an incident, and its end closes it", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const answer = await host.deliver("prod", notification([ALERT]));
  assert.equal(answer.status, 202);
  assert.deepEqual(Object.keys(answer.body), ["accepted", "task_ids"]);
  assert.equal(answer.body.accepted, 1);
  const [incident] = host.incidents();
  assert.equal(incident?.short_description, "Disk of web-1 is full");
  assert.equal(
    incident?.description,
    `91 % of /data

Firing since 2026-11-24T10:00:00Z
alertname: DiskFull
instance: web-1
severity: critical
Source: http://prometheus.test/graph?g0.expr=disk
Alertmanager: http://alertmanager.test`,
  );
  assert.equal(incident?.correlation_id, "prod:0a1b2c3d4e5f6071");
  assert.equal(incident?.correlation_display, "Alertmanager");

  await host.deliver("prod", notification([resolved()]));
  assert.deepEqual(
    host.incidents().map(({ state }) => state),
    ["7"],
  );
});

test("a notification that is repeated changes the incident and opens no other", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const other = { ...ALERT, fingerprint: "ff", annotations: { summary: "Another" } };
  await host.deliver("prod", notification([ALERT]));
  await host.deliver("prod", notification([ALERT, other]));
  await host.deliver("prod", notification([ALERT, other]));
  assert.deepEqual(
    host.incidents().map(({ short_description }) => short_description),
    ["Disk of web-1 is full", "Another"],
  );
});

test("an alert that fires again after it was over has an incident of its own", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const again = { ...ALERT, startsAt: "2026-11-24T12:00:00Z" };
  for (const notified of [[ALERT], [ALERT], [resolved()], [resolved()], [again], [again]]) {
    await host.deliver("prod", notification(notified));
  }
  const seen = () => host.incidents().map(({ correlation_id: id, state }) => [id, state]);
  assert.deepEqual(seen(), [
    ["prod:0a1b2c3d4e5f6071", "7"],
    ["prod.2:0a1b2c3d4e5f6071", "1"],
  ]);
  await host.deliver("prod", notification([resolved()]));
  assert.deepEqual(
    seen().map(([, state]) => state),
    ["7", "7"],
  );
});

test("the beginning of an alert that arrives after its end opens no second incident", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS, cron: PLAIN });
  const start = { startsAt: ALERT.startsAt };
  const [begin, end] = ["firing", "resolved"].map((status) => ({ ...start, status, id: "backup" }));
  for (const [id, first, last] of [
    ["prod", notification([ALERT]), notification([resolved()])],
    ["cron", begin, end],
  ]) {
    for (const body of [first, last]) await host.deliver(String(id), body);
    const late = await host.deliver(String(id), first);
    assert.deepEqual([late.status, late.body], [202, { accepted: 0, task_ids: [] }]);
  }
  assert.deepEqual(
    host.incidents().map(({ correlation_id: id, state }) => [id, state]),
    [
      ["prod:0a1b2c3d4e5f6071", "7"],
      ["cron:backup", "7"],
    ],
  );
  const lines = host.lines().filter((line) => line.includes("said once more to fire"));
  assert.equal(lines.length, 2);
});

test("an alert without a summary goes by its name", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const { annotations: _none, generatorURL: _neither, ...bare } = ALERT;
  await host.deliver("prod", notification([bare]));
  const [incident] = host.incidents();
  assert.equal(incident?.short_description, "DiskFull");
  assert.match(String(incident?.description), /^Firing since/);
  assert.doesNotMatch(String(incident?.description), /Source/);
});

test("an end overtakes no beginning, and the end of nothing is no failure", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  await host.deliver("prod", notification([ALERT, resolved(), resolved({ fingerprint: "ee" })]));
  assert.deepEqual(
    host.incidents().map(({ state }) => state),
    ["7"],
  );
});

test("a webhook has its own templates, which see the alert and its group", async (t) => {
  const trigger = {
    subAction: "pushToService",
    subActionParams: {
      incident: {
        short_description: "{{labels.instance}}: {{annotations.summary}} ({{receiver}})",
        urgency: "{{#labels.severity}}1{{/labels.severity}}",
        correlation_id: "{{groupLabels.alertname}}/{{fingerprint}}",
        additional_fields: '{"u_cmdb_ci": "{{labels.instance}}"}',
      },
      comments: [{ commentId: "1", comment: "{{status}} since {{startsAt}}" }],
    },
  };
  const resolve = {
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id: "{{groupLabels.alertname}}/{{fingerprint}}" } },
  };
  const host = await serveWebhooks(t, { prod: { ...PROMETHEUS, trigger, resolve } });
  await host.deliver("prod", notification([ALERT]));
  const [incident] = host.incidents();
  assert.equal(incident?.short_description, "web-1: Disk of web-1 is full (servicenow)");
  assert.equal(incident?.urgency, "1");
  assert.equal(incident?.correlation_id, "DiskFull/0a1b2c3d4e5f6071");
  await host.deliver("prod", notification([resolved()]));
  assert.equal(host.incidents()[0]?.state, "7");
});

test("what an alert says is a text and no template", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const annotations = { summary: '{{externalURL}} "quoted" <b>' };
  await host.deliver("prod", notification([{ ...ALERT, annotations }]));
  assert.equal(host.incidents()[0]?.short_description, '{{externalURL}} "quoted" <b>');
});

test("the plain form takes one alert or a list", async (t) => {
  const host = await serveWebhooks(t, { cron: PLAIN });
  const backup = { status: "firing", id: "backup", title: "Backup failed", description: "rc 1" };
  await host.deliver("cron", backup);
  await host.deliver("cron", { alerts: [{ status: "resolved", id: "backup" }] });
  await host.deliver("cron", { alerts: [{ status: "firing", id: "disk", mount: "/data" }] });
  assert.deepEqual(
    host
      .incidents()
      .map(({ short_description, description, correlation_id, state }) => [
        short_description,
        description,
        correlation_id,
        state,
      ]),
    [
      ["Backup failed", "rc 1", "cron:backup", "7"],
      ["disk", "", "cron:disk", "1"],
    ],
  );
  const nothing = await host.deliver("cron", { alerts: [] });
  assert.deepEqual([nothing.status, nothing.body], [202, { accepted: 0, task_ids: [] }]);
});

test("a payload that is none is refused by name, and nothing of it is taken", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS, cron: PLAIN });
  /** @type {[string, unknown, RegExp][]} */
  const cases = [
    ["prod", null, /expected value of type \[object\] but got \[null\]/],
    ["prod", {}, /\[request body.version\]: expected "4"/],
    ["prod", notification([], { version: "3" }), /version/],
    ["prod", notification([ALERT, { ...ALERT, fingerprint: "" }]), /alerts.1.fingerprint/],
    ["prod", notification([{ ...ALERT, status: "pending" }]), /alerts.0.status/],
    ["prod", notification([{ ...ALERT, labels: { a: 1 } }]), /alerts.0.labels.a/],
    [
      "prod",
      { ...notification([]), alerts: {} },
      /body.alerts\]: expected value of type \[array\]/,
    ],
    ["cron", { id: "a" }, /body.status/],
    ["cron", { alerts: [{ status: "firing" }] }, /alerts.0.id/],
    ["cron", "no json", /Invalid request payload JSON format/],
  ];
  for (const [id, body, message] of cases) {
    const answer = await host.deliver(id, body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.match(answer.body.message, message);
  }
  assert.equal(host.incidents().length, 0);
});

test("alerts that the sender left out are told of", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const answer = await host.deliver("prod", notification([ALERT], { truncatedAlerts: 12 }));
  assert.equal(answer.status, 202);
  assert.equal(host.incidents().length, 1);
  assert.ok(
    host.lines().some((line) => /webhook prod: .* left out 12 alerts.*max_alerts/.test(line)),
    host.lines().join("\n"),
  );
});

test("alerts that cannot be stored now are to be sent again", async (t) => {
  const host = await serveWebhooks(t, { prod: { ...PROMETHEUS, connector: "later" } });
  assert.ok(
    host.lines().some((line) => /webhooks.prod.connector.*Create or correct it/.test(line)),
  );
  const refused = await host.deliver("prod", notification([ALERT]));
  assert.equal(refused.status, 503);
  assert.match(refused.body.message, /webhooks.prod.connector/);
  const { config, secrets } = host.connector;
  await host.host.createConnector({
    id: "later",
    name: "Later",
    typeId: ".servicenow",
    config,
    secrets,
  });
  assert.equal((await host.deliver("prod", notification([ALERT]))).status, 202);
  assert.equal(host.incidents().length, 1);
});

test("alerts for a connector that would not find their incidents again are refused", async (t) => {
  const host = await serveWebhooks(t, { prod: { ...PROMETHEUS, connector: "old" } });
  const { config, secrets } = host.connector;
  const { usesTableApi: _no, ...byDefault } = config;
  const old = { id: "old", name: "Old", secrets };
  await host.host.createConnector({ ...old, typeId: ".servicenow", config: byDefault });
  const refused = await host.deliver("prod", notification([ALERT]));
  assert.equal(refused.status, 503);
  const remedy = /usesTableApi: false.*Elastic for ITSM.*webhooks.prod.connector/;
  assert.match(refused.body.message, remedy);
  assert.ok(host.lines().some((line) => /webhook prod: .*usesTableApi: false/.test(line)));
  assert.equal(host.incidents().length, 0);

  await host.host.updateConnector({ ...old, config });
  assert.equal((await host.deliver("prod", notification([ALERT]))).status, 202);
  assert.equal(host.incidents().length, 1);
});

test("of such a connector the log warns at the start, and one in the settings stops it", async (t) => {
  const { folder } = temporaryFolder(t);
  const connector = {
    name: "Old",
    config: { apiUrl: "https://dev1.service-now.com" },
    secrets: { username: "a", password: "b" },
  };
  const settings = {
    "server.port": 0,
    "path.data": folder,
    webhooks: { prod: { ...PROMETHEUS, connector: "old" } },
  };
  const first = await createServer({ settings });
  await first.host.createConnector({ id: "old", typeId: ".servicenow", ...connector });
  await first.close();
  const logger = createCollectingLogger();
  const second = await createServer({ settings, logger });
  await second.close();
  const lines = logger.entries.map(({ message }) => message);
  assert.ok(lines.some((line) => /^webhooks.prod.connector: .*usesTableApi: false/.test(line)));

  const old = { ...connector, actionTypeId: ".servicenow" };
  const preconfigured = { "xpack.actions.preconfigured": { old } };
  await assert.rejects(createServer({ settings: { ...settings, ...preconfigured } }), {
    name: "SettingsError",
    message:
      /^settings: webhooks.prod.connector: .*usesTableApi: false.* or name another connector/,
  });
});

test("an alert is retried for a day, which its task shows", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const answer = await host.deliver("prod", notification([ALERT]));
  const { createdAt, retryUntil } = await host.host.getTask(answer.body.task_ids[0]);
  assert.equal(Date.parse(String(retryUntil)) - Date.parse(createdAt), 24 * 60 * 60 * 1000);
});

test("who has no key or password is not let in, nor is another site's page", async (t) => {
  const host = await serveWebhooks(t, { prod: PROMETHEUS });
  const { apiKey, username, password } = host.credentials;
  const send = async (/** @type {Record<string, string>} */ headers, path = "prod") => {
    const body = notification([ALERT]);
    const options = { body, auth: /** @type {const} */ ("none"), headers };
    return (await host.call("POST", `/api/webhooks/${path}`, options)).status;
  };
  for (const authorization of [`ApiKey ${apiKey}`, `Bearer ${apiKey}`, basic(username, password)]) {
    assert.equal(await send({ authorization }), 202);
  }
  assert.equal(await send({}), 401);
  assert.equal(await send({ authorization: "Bearer bm90OmdpdmVu" }), 401);
  const authorization = `ApiKey ${apiKey}`;
  assert.equal(await send({ authorization, origin: "https://evil.test" }), 403);
  assert.equal(await send({ authorization, "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await send({ authorization }, "unknown"), 404);
  assert.equal(await send({ authorization }, "__proto__"), 404);
  assert.equal(await send({ authorization, "content-type": "text/plain" }), 415);
});

test("a webhook's settings that cannot be meant stop the start", async (t) => {
  const { folder } = temporaryFolder(t);
  const start = (/** @type {unknown} */ webhooks) =>
    createServer({ settings: { "server.port": 0, "path.data": folder, webhooks } });
  const push = { subAction: "pushToService" };
  /** @type {[unknown, RegExp][]} */
  const cases = [
    [{ "a b": PLAIN }, /webhooks.a b: expected an id of up to 36/],
    [{ a: { format: "json" } }, /webhooks.a.connector: expected value of type \[string\]/],
    [{ a: { connector: "sn" } }, /webhooks.a.format: expected one of alertmanager, json/],
    [{ a: { ...PLAIN, secret: "x" } }, /webhooks.a.secret: definition for this key is missing/],
    [{ a: { ...PLAIN, trigger: "x" } }, /webhooks.a.trigger: expected value of type \[object\]/],
    [{ a: { ...PLAIN, trigger: push } }, /webhooks.a.trigger: .*params of a rule action/s],
    [{ a: { ...PLAIN, resolve: { subAction: "close" } } }, /webhooks.a.resolve: .*docs/s],
    [[], /webhooks: expected value of type \[object\]/],
  ];
  for (const [webhooks, message] of cases) {
    await assert.rejects(start(webhooks), { name: "SettingsError", message });
  }
});

// The settings of the server: Kibana's names, a file and the environment (kibana-host.md 6.2).

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { readServerSettings, SettingsError } from "../server/settings/read.js";
import { temporaryFolder } from "./serve.js";

/**
 * @param {import("node:test").TestContext} t
 * @param {string} yaml
 * @param {NodeJS.ProcessEnv} [env]
 */
function read(t, yaml, env) {
  const file = join(temporaryFolder(t).folder, "kibana.yml");
  writeFileSync(file, yaml);
  return readServerSettings({ file, env });
}

/**
 * @param {() => unknown} start
 * @returns {string[]} what is wrong, without the folder of the file
 */
function problems(start) {
  try {
    start();
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.problems.map((problem) => problem.replace(/\S*\/(?=kibana\.yml)/g, ""));
    }
    throw error;
  }
  return [];
}

test("Nothing has to be set", () => {
  const settings = readServerSettings({});
  assert.equal(settings["server.host"], "127.0.0.1");
  assert.equal(settings["server.port"], 5601);
  assert.equal(settings["server.maxPayload"], 1024 * 1024);
  assert.equal(settings["path.data"], "data");
});

test("Keys are flat, nested, or anything between", (t) => {
  const settings = read(
    t,
    `
server.port: 1
server:
  maxPayload: 2mb
xpack.actions:
  allowedHosts: [a.example.com]
  ssl.verificationMode: certificate
xpack:
  actions.proxyUrl: http://proxy.example.com:8080
  actions:
    run: {maxAttempts: 5}
    responseTimeout: 90s
    maxResponseContentLength: 3mb
`,
  );
  assert.equal(settings["server.port"], 1);
  assert.equal(settings["server.maxPayload"], 2 * 1024 * 1024);
  assert.deepEqual(settings.actions.allowedHosts, ["a.example.com"]);
  assert.equal(settings.actions.ssl?.verificationMode, "certificate");
  assert.equal(settings.actions.proxyUrl, "http://proxy.example.com:8080");
  assert.equal(settings.actions.run?.maxAttempts, 5);
  assert.equal(settings.actions.responseTimeout, 90_000);
  assert.equal(settings.actions.maxResponseContentLength, 3 * 1024 * 1024);
});

test("A preconfigured connector may be written in parts", (t) => {
  const { actions } = read(
    t,
    `
xpack.actions.preconfigured.sn.name: Prod
xpack.actions.preconfigured:
  sn:
    actionTypeId: .servicenow
    config: {apiUrl: "https://sn.example.com", a.b: kept}
xpack.actions.preconfigured.sn.secrets.password: "\${SN_PASSWORD}"
xpack.actions.preconfigured.sn.secrets.username: "\${SN_USER:elastic}"
`,
    { SN_PASSWORD: "hunter2" },
  );
  assert.deepEqual(actions.preconfigured, {
    sn: {
      name: "Prod",
      actionTypeId: ".servicenow",
      config: { apiUrl: "https://sn.example.com", "a.b": "kept" },
      secrets: { password: "hunter2", username: "elastic" },
      exposeConfig: undefined,
    },
  });
});

test("A group may be an alias, and one whose settings are all commented out is none", (t) => {
  const settings = read(
    t,
    `
xpack.actions.preconfigured.sn:
  name: x
  actionTypeId: .servicenow
  config: &ssl {verificationMode: none}
xpack.actions.ssl: *ssl
xpack.actions.run:
#  maxAttempts: 5
webhooks:
`,
  );
  assert.equal(settings.actions.ssl?.verificationMode, "none");
  assert.equal(settings.actions.run?.maxAttempts, undefined);
  assert.deepEqual(settings.webhooks, {});
});

test("The environment goes before the file, in the names of Kibana's container image", (t) => {
  const settings = read(t, "server.port: 1\nxpack.actions.allowedHosts: [a]\n", {
    SERVER_PORT: "2",
    XPACK_ACTIONS_ALLOWEDHOSTS: '["b"]',
    XPACK_ACTIONS_SSL_VERIFICATIONMODE: "none",
    XPACK_ACTIONS_RESPONSETIMEOUT: "5s",
    XPACK_ACTIONS_PRECONFIGURED: '{"sn": {"name": "x", "actionTypeId": ".servicenow"}}',
    XPACK_ENCRYPTEDSAVEDOBJECTS_ENCRYPTIONKEY: "k".repeat(32),
    SERVER_NAME: "some other program's",
    LOGGING_ROOT_LEVEL: "",
  });
  assert.equal(settings["server.port"], 2);
  assert.deepEqual(settings.actions.allowedHosts, ["b"]);
  assert.equal(settings.actions.ssl?.verificationMode, "none");
  assert.equal(settings.actions.responseTimeout, 5000);
  assert.deepEqual(Object.keys(settings.actions.preconfigured ?? {}), ["sn"]);
  assert.equal(settings["xpack.encryptedSavedObjects.encryptionKey"], "k".repeat(32));
});

test("The switches of 8.x are taken, and the newer go before them", (t) => {
  const { actions } = read(
    t,
    `
xpack.actions:
  rejectUnauthorized: false
  proxyRejectUnauthorizedCertificates: true
  customHostSettings:
    - {url: "https://a.example.com", ssl: {rejectUnauthorized: false}}
    - {url: "https://b.example.com", ssl: {rejectUnauthorized: false, verificationMode: full}}
    - {url: "https://c.example.com", ssl: {certificateAuthoritiesFiles: /ca.pem}}
`,
  );
  assert.deepEqual(actions.ssl, { verificationMode: "none", proxyVerificationMode: "full" });
  const modes = actions.customHostSettings?.map(({ ssl }) => ssl?.verificationMode);
  assert.deepEqual(modes, ["none", "full", undefined]);
  const newer = readServerSettings({
    given: { xpack: { actions: { rejectUnauthorized: false, ssl: { verificationMode: "full" } } } },
  });
  assert.equal(newer.actions.ssl?.verificationMode, "full");
});

/** A few lines that stand for a thousand million values. */
const BOMB = Array.from({ length: 10 }, (_, level) => {
  const before = level === 0 ? "x" : `*a${level - 1}`;
  return `  a${level}: &a${level} [${Array(10).fill(before).join(", ")}]`;
}).join("\n");

/** @type {[string, string[]][]} */
const WRONG = [
  [
    "server.port: 1\nxpack.actions.alowedHosts: []\n",
    [
      "kibana.yml:2: xpack.actions.alowedHosts is not a setting of this host. Did you mean " +
        "xpack.actions.allowedHosts?",
    ],
  ],
  [
    "elasticsearch:\n  hosts: [a]\n",
    [
      "kibana.yml:1: elasticsearch is not a setting of this host. Remove it; docs/host.md lists " +
        "the settings there are.",
    ],
  ],
  [
    "xpack.actions:\n\n  responseTimeout: sixty\n  maxResponseContentLength: 1tb\n",
    [
      "kibana.yml:4: xpack.actions.maxResponseContentLength: expected a size such as 1mb or " +
        "500kb, or a number of bytes",
      "kibana.yml:3: xpack.actions.responseTimeout: expected a duration such as 60s, 500ms or " +
        "2m, or a number of milliseconds",
    ],
  ],
  [
    "xpack.actions.allowedHosts: a.example.com\n",
    ["kibana.yml:1: xpack.actions.allowedHosts: expected a list, such as [a.example.com]"],
  ],
  [
    "xpack.actions.allowedHosts: ['a.example.com:443']\n",
    [
      "kibana.yml:1: xpack.actions.allowedHosts.0: expected a host name or an IP address, without " +
        "a port",
    ],
  ],
  [
    "xpack.actions.ssl.verificationMode: strict\n",
    ["kibana.yml:1: xpack.actions.ssl.verificationMode: expected one of none, certificate, full"],
  ],
  [
    "server.port: 1\nserver: {port: 2}\n",
    ["kibana.yml:2: server.port is given twice, here and at kibana.yml:1. Remove one of them."],
  ],
  [
    "server: 5\n",
    [
      "kibana.yml:1: server is not a setting of this host. Remove it; docs/host.md lists the settings there are.",
    ],
  ],
  [
    "xpack.actions.preconfigured: {__proto__: {name: a}}\n",
    ['kibana.yml:1: xpack.actions.preconfigured: invalid preconfigured action id "__proto__"'],
  ],
  [
    "xpack.actions.preconfigured.constructor.name: a\n",
    ['kibana.yml:1: xpack.actions.preconfigured: invalid preconfigured action id "constructor"'],
  ],
  [
    "xpack.actions.preconfigured: {sn: {name: a}}\n",
    [
      "kibana.yml:1: xpack.actions.preconfigured.sn.actionTypeId: expected value of type [string] " +
        "but got [undefined]",
    ],
  ],
  [
    "xpack.actions.run.maxAttempts: 11\n",
    ["kibana.yml:1: xpack.actions.run.maxAttempts: expected a whole number from 1 to 10"],
  ],
  [
    "server.publicBaseUrl: https://a.example.com/path/\n",
    [
      "kibana.yml:1: server.publicBaseUrl: expected scheme, host and port only, such as " +
        "https://host.example.com",
    ],
  ],
  [
    `xpack.actions.proxyUrl: '\${NOT_SET}'\n`,
    [
      "kibana.yml:1: xpack.actions.proxyUrl refers to the environment variable NOT_SET, which is " +
        "not set. Set it.",
      "kibana.yml:1: xpack.actions.proxyUrl: expected a URL such as https://host.example.com",
    ],
  ],
  [
    "server.ssl.enabled: true\nserver.ssl.key: key.pem\n",
    [
      "kibana.yml:1: server.ssl.enabled: server.ssl.certificate is missing. Set it to the path of " +
        "a PEM file.",
    ],
  ],
  [
    "xpack.actions.allowedHosts:\n#  - a.example.com\nserver.port: ~\n",
    [
      "kibana.yml:3: server.port: no value is given. Give one ([] is an empty list), or remove the " +
        "setting to have what it is by default.",
      "kibana.yml:1: xpack.actions.allowedHosts: no value is given. Give one ([] is an empty list), " +
        "or remove the setting to have what it is by default.",
    ],
  ],
  [
    `xpack.actions.proxyHeaders:\n${BOMB}\n`,
    [
      "kibana.yml:1: xpack.actions.proxyHeaders refers to anchors that are not there, or too often " +
        "to be meant. Write out what the aliases (*name) stand for.",
    ],
  ],
  ["- a\n", ["kibana.yml:1: expected settings, each with its name"]],
];

test("What cannot be meant stops the start, with its place and what to do", (t) => {
  for (const [yaml, expected] of WRONG) {
    assert.deepEqual(
      problems(() => read(t, yaml)),
      expected,
      yaml,
    );
  }
});

test("No message shows a value that may be secret", (t) => {
  const secret = "hunter2-hunter2";
  const files = [
    `xpack.encryptedSavedObjects.encryptionKey: ${secret}\n`,
    `xpack.actions.proxyUrl: "user:${secret}@proxy"\n`,
    `xpack.actions.proxyHeaders: [${secret}]\n`,
    `xpack.actions.preconfigured.sn.secrets: ${secret}\n`,
    `xpack.actions.preconfigured: {sn: {secrets: {password: "${secret}}}\n`,
    `server.ssl.keyPassphrase: {a: ${secret}}\n`,
    `xpack.actions.preconfigured: {sn: {secrets: ${secret}: ${secret}: x\n`,
  ];
  for (const yaml of files) {
    const found = problems(() => read(t, yaml));
    assert.notEqual(found.length, 0, yaml);
    assert.ok(!found.join().includes(secret), found.join());
  }
  const env = { XPACK_ACTIONS_PRECONFIGURED: secret, XPACK_ACTIONS_PROXYHEADERS: `{"a": 5}` };
  const found = problems(() => readServerSettings({ env }));
  assert.deepEqual(found, [
    "environment variable XPACK_ACTIONS_PRECONFIGURED: expected JSON, such as " +
      '["one", "two"] or {"key": "value"}',
    "environment variable XPACK_ACTIONS_PROXYHEADERS: xpack.actions.proxyHeaders.a: expected " +
      "value of type [string] but got [number]",
  ]);
});

test("A variable that is meant for this host and unknown to it stops the start", () => {
  const env = { XPACK_ACTIONS_ALLOWED_HOSTS: '["a"]' };
  assert.deepEqual(
    problems(() => readServerSettings({ env })),
    [
      "environment variable XPACK_ACTIONS_ALLOWED_HOSTS: XPACK_ACTIONS_ALLOWED_HOSTS is not a " +
        "setting of this host. Did you mean XPACK_ACTIONS_ALLOWEDHOSTS?",
    ],
  );
});

test("An address that others reach has to be meant", () => {
  for (const host of ["0.0.0.0", "::", "192.0.2.1", "host.example.com"]) {
    const given = { "server.host": host };
    const [problem = "", ...others] = problems(() => readServerSettings({ given }));
    assert.equal(others.length, 0);
    assert.match(problem, /can be reached from other machines: .*server\.allowRemote: true/);
    readServerSettings({ given: { ...given, server: { allowRemote: true } } });
  }
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) {
    readServerSettings({ given: { "server.host": host } });
  }
});

test("A settings file that is not there stops the start", () => {
  const found = problems(() => readServerSettings({ file: "/nowhere/host.yml" }));
  assert.match(found.join(), /^the settings file cannot be read: ENOENT/);
});

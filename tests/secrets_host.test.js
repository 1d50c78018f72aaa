// Secrets that are planted everywhere a host has them, and looked for in all that it answers, logs,
// prints and stores. What is stored of them is encrypted, or a hash.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createServer } from "servicenow-itsm-host/server";
import { readServerSettings } from "../host/server/settings/read.js";
import {
  askAboutHost,
  askWrongly,
  sendAlerts,
  signInToHost,
  sufferFaultsInHost,
  useConnectorsOfHost,
} from "./secrets/host.js";
import {
  hostSecrets,
  proxyCredentials,
  settingsOf,
  wrongSettings,
} from "./secrets/host_settings.js";
import { readData, startHere, startProgram } from "./secrets/hosts.js";
import { startLine } from "./secrets/line.js";
import { plant } from "./secrets/planted.js";
import { Traces } from "./secrets/traces.js";

/** @import { HostSecrets } from "./secrets/host_settings.js" */
/** @import { Planted } from "./secrets/planted.js" */

describe("a host", () => {
  /** @type {Planted} */
  let planted;
  /** @type {HostSecrets} */
  let secrets;
  /** @type {Awaited<ReturnType<typeof startLine>>} */
  let line;
  /** @type {string} */
  let folder;
  before(async () => {
    planted = await plant();
    secrets = hostSecrets(planted);
    line = await startLine(planted, proxyCredentials(secrets));
    folder = mkdtempSync(join(tmpdir(), "secrets-"));
  });
  after(async () => {
    line.close();
    await planted.simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, isProgram] of /** @type {const} */ ([
    ["a program, with its encryption key among the settings", true],
    ["a part of a program, with its encryption key in a file", false],
  ])) {
    test(`shows nothing as ${name}`, async () => {
      const traces = new Traces();
      const data = join(folder, isProgram ? "program" : "part");
      const place = { folder: data, proxyHost: line.host, keyFile: !isProgram };
      const settings = settingsOf(planted, secrets, place);
      const passed = line.passed();
      const host = isProgram
        ? await startProgram(planted, traces, folder, settings)
        : await startHere(planted, traces, settings);
      try {
        const scene = { host, planted, traces, secrets };
        await signInToHost(scene);
        await useConnectorsOfHost(scene);
        await sufferFaultsInHost(scene);
        await sendAlerts(scene);
        await askWrongly(scene);
        await askAboutHost(scene);
        const files = readData(traces, "while it runs", data);
        assert.ok(files.includes("host.db-wal"), `only ${files}`);
      } finally {
        await host.stop();
      }
      assert.ok(readData(traces, "after its end", data).includes("host.db"));
      assert.ok(line.passed() - passed > 100, `only ${line.passed()} requests`);
      assert.deepEqual(traces.leaks(planted.canaries), []);
      assert.ok(traces.size > 300, `only ${traces.size} texts were looked at`);
    });
  }

  test("says nothing of a secret in settings that stop its start", async () => {
    const traces = new Traces();
    for (const [name, { yaml, given, env }] of Object.entries(wrongSettings(planted, secrets))) {
      const file = join(folder, "wrong.yml");
      if (yaml !== undefined) writeFileSync(file, yaml);
      const from = { ...(yaml !== undefined && { file }), given, env };
      const start = async () => {
        const readSettings = readServerSettings(from);
        const data = join(folder, "wrong");
        await createServer({ readSettings: { ...readSettings, "path.data": data } });
      };
      assert.ok(await traces.keep(name, start), `${name} stops no start`);
    }
    assert.deepEqual(traces.leaks(planted.canaries), []);
  });

  test("says nothing of a key of its own that it cannot use", async () => {
    const traces = new Traces();
    const { keys, passphrase } = planted;
    mkdirSync(join(folder, "tls"));
    const texts = { ...keys.encrypted, ...keys.broken };
    for (const [name, text] of Object.entries(texts)) {
      const file = join(folder, "tls", "key.pem");
      writeFileSync(file, text);
      for (const keyPassphrase of [undefined, secrets.keyPassphrase, passphrase]) {
        const ssl = { enabled: true, key: file, certificate: file, keyPassphrase };
        const settings = { "path.data": join(folder, "tls"), server: { port: 0, ssl } };
        assert.ok(await traces.keep(name, () => createServer({ settings })), name);
      }
    }
    assert.deepEqual(traces.leaks(planted.canaries), []);
  });
});

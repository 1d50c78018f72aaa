import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { compileFunction } from "node:vm";
import { archiveOf } from "../scripts/kibana/archive.js";
import { installCommand } from "../scripts/kibana/install.js";
import { pluginFiles, pluginName } from "../scripts/kibana/plugin.js";
import { readTarget } from "../scripts/kibana/target.js";
import { entriesOf, install, manifestOf } from "./kibana/installer.js";
import { answering } from "./support/acting.js";
import { serveTls } from "./support/server.js";
import { basic, oauth, simulate } from "./support/simulated.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

const OPEN = {
  subAction: "pushToService",
  subActionParams: { incident: { short_description: "Disk is full", correlation_id: "web-1" } },
};
const CHOICES = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };

/** What each Kibana calls, and says of a key that the schema does not know. */
const KIBANAS = /** @type {const} */ ([
  {
    version: "8.15.0",
    generation: "9.2",
    isOldest: true,
    refusal: "error validating action type config: [unknown]: definition for this key is missing",
  },
  {
    version: "9.2.1",
    generation: "9.2",
    refusal: "error validating action type config: [unknown]: definition for this key is missing",
  },
  {
    version: "9.3.0",
    generation: "9.3",
    refusal: "error validating connector type config: Unrecognized key(s) in object: 'unknown'",
  },
  {
    version: "9.4.2",
    generation: "9.4",
    refusal: 'error validating connector type config: ✖ Unrecognized key: "unknown"',
  },
]);

/** @param {{ kibanaVersion: string, connectorId?: string }} given */
const build = (given) => archiveOf(pluginFiles(readTarget(given)));

/**
 * A folder of plugins in which nothing else is installed, the project's own packages least of all.
 *
 * @param {import("node:test").TestContext} t
 */
function pluginsFolder(t) {
  const folder = mkdtempSync(path.join(tmpdir(), "plugins-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/**
 * Starts the plugin in a process that cannot `require` ES modules, as Kibana's cannot.
 *
 * @param {string} folder
 * @param {object} task
 */
async function start(folder, task) {
  const flag = "--no-experimental-require-module";
  const flags = process.allowedNodeEnvironmentFlags.has(flag) ? [flag] : [];
  const script = path.join(ROOT, "tests/kibana/start.js");
  const args = [...flags, script, folder, JSON.stringify(task)];
  const { stdout } = await run(process.execPath, args, { timeout: 30_000 });
  return JSON.parse(stdout);
}

for (const { version, refusal, ...kibana } of KIBANAS) {
  test(`Kibana ${version} installs the plugin, validates and executes with it`, async (t) => {
    const simulator = await simulate(t);
    const archive = build({ kibanaVersion: version });
    const folder = await install(archive, pluginsFolder(t), version);
    const tasks = [basic(simulator.url), oauth(simulator.url)].map((connector) =>
      start(folder, { ...kibana, connector, params: OPEN }),
    );
    for (const { typeIds, refused, result } of await Promise.all(tasks)) {
      assert.deepEqual(typeIds, ["servicenowConnector.itsm"]);
      assert.equal(refused, refusal);
      assert.equal(result.status, "ok", result.serviceMessage);
    }
    assert.equal(simulator.incidents().length, 1);
  });
}

test("the manifest asks for the actions plugin, and for nothing in the browser", async (t) => {
  const folder = await install(build({ kibanaVersion: "9.2.1" }), pluginsFolder(t), "9.2.1");
  assert.equal(path.basename(folder), "servicenowConnector");
  const { server, ui, requiredPlugins, kibanaVersion } = manifestOf(folder);
  const expected = { server: true, ui: false, requiredPlugins: ["actions"] };
  assert.deepEqual({ server, ui, requiredPlugins }, expected);
  assert.equal(kibanaVersion, "9.2.1");
});

test("a Kibana of another version refuses it", async (t) => {
  const archive = build({ kibanaVersion: "9.2.1" });
  await assert.rejects(install(archive, pluginsFolder(t), "9.2.2"), {
    message: "Plugin servicenowConnector [9.2.1] is incompatible with Kibana [9.2.2]",
  });
  await install(archive, pluginsFolder(t), "9.2.1-SNAPSHOT");
});

test("all files are for everyone to read, and all scripts are CommonJS", async () => {
  const entries = await entriesOf(build({ kibanaVersion: "9.2.1" }));
  for (const { name, mode, contents } of entries) {
    assert.equal(mode, 0o100644, name);
    if (/\.c?js$/.test(name)) {
      assert.doesNotThrow(() => compileFunction(String(contents)), name);
    }
  }
});

test("a host's TLS settings are obeyed with what the plugin brings along", async (t) => {
  const { url, ca } = await serveTls(t, answering);
  const folder = await install(build({ kibanaVersion: "8.15.0" }), pluginsFolder(t), "8.15.0");
  const { result } = await start(folder, {
    generation: "9.2",
    connector: basic(url),
    params: CHOICES,
    settings: { customHostSettings: [{ url, ssl: { certificateAuthoritiesData: ca } }] },
  });
  assert.equal(result.status, "ok", result.serviceMessage);
});

test("the connector type can have another ID", async (t) => {
  const simulator = await simulate(t);
  const archive = build({ kibanaVersion: "9.2.1", connectorId: ".servicenow" });
  const folder = await install(archive, pluginsFolder(t), "9.2.1");
  const connector = basic(simulator.url);
  const { typeIds } = await start(folder, { generation: "9.2", connector, params: CHOICES });
  assert.deepEqual(typeIds, [".servicenow"]);
});

test("the same sources make the same bytes, wherever that is", async () => {
  const zones = ["UTC", "Pacific/Apia", "America/Los_Angeles"];
  const script = `
    import { createHash } from "node:crypto";
    import { archiveOf } from "./scripts/kibana/archive.js";
    import { pluginFiles, pluginName } from "./scripts/kibana/plugin.js";
    import { readTarget } from "./scripts/kibana/target.js";
    const archive = archiveOf(pluginFiles(readTarget({ kibanaVersion: "9.2.1" })));
    console.log(createHash("sha256").update(archive).digest("hex"));
  `;
  const digests = await Promise.all(
    zones.map(async (TZ) => {
      const args = ["--input-type=module", "--eval", script];
      return (await run(process.execPath, args, { cwd: ROOT, env: { ...process.env, TZ } })).stdout;
    }),
  );
  assert.equal(new Set(digests).size, 1, digests.join());
});

test("what it cannot be built for is refused with a remedy", () => {
  const remedies = /** @type {const} */ ([
    [{}, /--kibana-version is missing/, /GET \/api\/status/],
    [{ kibanaVersion: "" }, /"" is no version of Kibana/, /all three numbers/],
    [{ kibanaVersion: "9.2" }, /"9.2" is no version of Kibana/, /all three numbers/],
    [{ kibanaVersion: "v9.2.1" }, /"v9.2.1" is no version of Kibana/, /all three numbers/],
    [{ kibanaVersion: "9.02.1" }, /no version of Kibana/, /all three numbers/],
    [{ kibanaVersion: "9.2.1-SNAPSHOT" }, /no version of Kibana/, /and nothing else/],
    [{ kibanaVersion: "kibana" }, /installer refuses/, /all three numbers/],
    [{ kibanaVersion: "8.14.3" }, /8\.15 or later/, /Update Kibana/],
    [{ kibanaVersion: "7.17.0" }, /8\.15 or later/, /Update Kibana/],
    [{ kibanaVersion: "9.2.1", connectorId: "" }, /connector type's ID/, /letters, digits/],
    [{ kibanaVersion: "9.2.1", connectorId: "a b" }, /connector type's ID/, /letters, digits/],
    [{ kibanaVersion: "9.2.1", connectorId: "a/../b" }, /connector type's ID/, /letters, digits/],
    [{ kibanaVersion: "9.2.1", connectorId: "__proto__" }, /connector type's ID/, /letters/],
  ]);
  for (const [given, message, remedy] of remedies) {
    assert.throws(() => readTarget(given), { message, remedy }, JSON.stringify(given));
  }
});

test("the command says what is wrong with its arguments", async () => {
  const script = path.join(ROOT, "scripts/kibana.js");
  const failures = /** @type {const} */ ([
    [["--kibana-version", "9.2"], 1, /"9.2" is no version of Kibana\.\n {2}Give all three numbers/],
    [["--kibana-version", "--connector-id", "a.b"], 2, /^--kibana-version needs a value\n/],
    [
      ["--kibana-version", "9.2.1", "--kibana-version", "9.2.2"],
      2,
      /^--kibana-version is given twice\n/,
    ],
    [["--version", "9.2.1"], 2, /^Unknown argument: --version\n/],
  ]);
  for (const [args, code, stderr] of failures) {
    await assert.rejects(run(process.execPath, [script, ...args]), { code, stderr });
  }
});

test("the command that installs it can be pasted, wherever the project is", async () => {
  for (const file of ["/tmp/a/b.zip", "/tmp/ä b 文/it's $HOME `id` & # %41.zip"]) {
    const { stdout } = await run("sh", ["-c", `printf '%s\n' ${installCommand(file)}`]);
    const [program, verb, url] = stdout.trimEnd().split("\n");
    assert.deepEqual([program, verb], ["bin/kibana-plugin", "install"]);
    assert.match(String(url), /^file:[!-~]+$/);
    assert.equal(fileURLToPath(String(url)), file);
  }
});

test("the file's name says which Kibana it is for, and which connector type if it is not the usual one", () => {
  const name = (/** @type {{ connectorId?: string }} */ given) =>
    pluginName(readTarget({ kibanaVersion: "9.2.1", ...given }));
  assert.match(name({}), /^servicenowConnector-[\d.]+-kibana-9\.2\.1$/);
  assert.equal(name({ connectorId: ".servicenow" }), `${name({})}-.servicenow`);
});

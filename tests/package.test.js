import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { install, run } from "./package/packed.js";

const USE = `
  const type = getConnectorType();
  console.log(type.id, type.validate.config.schema.parse({ apiUrl: "https://a.test" }).isOAuth);
`;

/** An empty project, with the package installed from its tarball. */
let project = "";

before(() => {
  project = install();
});

test("every entry has its types first, and names files that are there", () => {
  const folder = path.join(project, "node_modules/servicenow-itsm-connector");
  const { exports, sideEffects } = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  );
  assert.equal(sideEffects, false);
  /** @param {Record<string, any> | string} target */
  const check = (target) => {
    if (typeof target === "string") {
      assert.ok(existsSync(path.join(folder, target)), target);
      return;
    }
    if (target.types) assert.deepEqual(Object.keys(target), ["types", "default"]);
    Object.values(target).forEach(check);
  };
  check(exports);
});

test("each runtime has its own entry", () => {
  const entry = (/** @type {string[]} */ ...conditions) => resolved("", conditions);
  const inline = (/** @type {string[]} */ ...conditions) => resolved("/inline", conditions);
  /**
   * @param {string} subpath
   * @param {string[]} conditions
   */
  const resolved = (subpath, conditions) => {
    const script = `console.log(import.meta.resolve("servicenow-itsm-connector${subpath}"))`;
    const named = conditions.map((condition) => `--conditions=${condition}`);
    const args = [...named, "--input-type=module", "--eval", script];
    return path.basename(run(process.execPath, args, project).trim());
  };
  assert.equal(entry(), "index.js");
  assert.equal(entry("browser"), "web.js");
  assert.equal(entry("workerd", "browser"), "workerd.js");
  assert.equal(inline(), "inline_node.js");
  assert.equal(inline("browser"), "inline.js");
});

test("tools that read no exports find the entries for Node and for pages", () => {
  const file = path.join(project, "node_modules/servicenow-itsm-connector/package.json");
  const { main, browser, exports } = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(main, exports["."].node.require.default);
  assert.equal(browser, exports["."].browser.default);
});

test("import loads the package", () => {
  const script = `import { getConnectorType } from "servicenow-itsm-connector"; ${USE}`;
  const args = ["--input-type=module", "--eval", script];
  assert.equal(run(process.execPath, args, project), ".servicenow false\n");
});

test("require loads the package, without help for requiring ES modules", () => {
  const script = `const { getConnectorType } = require("servicenow-itsm-connector"); ${USE}`;
  const help = "--no-experimental-require-module";
  const withoutHelp = process.allowedNodeEnvironmentFlags.has(help) ? [help] : [];
  const args = [...withoutHelp, "--eval", script];
  assert.equal(run(process.execPath, args, project), ".servicenow false\n");
});

test("it is the only package that is installed", () => {
  const installed = readdirSync(path.join(project, "node_modules"));
  assert.deepEqual(
    installed.filter((name) => !name.startsWith(".")),
    ["servicenow-itsm-connector"],
  );
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
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

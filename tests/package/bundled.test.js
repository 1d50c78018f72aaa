// A program for Node that a bundler has put into one CommonJS file, away from the package.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { build } from "esbuild";
import { install, run } from "./packed.js";

const WORKS = `
  const { schema } = getConnectorType().validate.config;
  console.log(schema.parse({ apiUrl: "https://a.test" }).apiUrl);
`;
const IMPORTED = 'import { getConnectorType, init } from "servicenow-itsm-connector";';
const REQUIRED = 'const { getConnectorType, init } = require("servicenow-itsm-connector");';

let project = "";
let count = 0;

before(() => {
  project = install();
});

/**
 * @param {string} source
 * @returns {Promise<string>} the program, in a folder of its own
 */
async function bundle(source) {
  const folder = path.join(project, `bundled-${count++}`);
  mkdirSync(folder);
  const [entry, outfile] = [path.join(folder, "use.js"), path.join(folder, "out/use.cjs")];
  writeFileSync(entry, source);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    external: ["undici"],
    // It warns of what the module's place is without `import.meta`.
    logLevel: "silent",
  });
  return outfile;
}

/** @param {string} program */
const output = (program) => run(process.execPath, [program], path.dirname(program));

/** @param {string} program */
function putModuleBeside(program) {
  const module = path.join(project, "node_modules/servicenow-itsm-connector/pkg/connector_bg.wasm");
  copyFileSync(module, path.join(path.dirname(program), "connector_bg.wasm"));
}

for (const [how, use] of /** @type {const} */ ([
  ["import", IMPORTED],
  ["require", REQUIRED],
])) {
  test(`bundled by ${how} without the module, a program starts, and is told what to do`, async () => {
    const program = await bundle(`${use}
      const say = ({ code, message, remedy }) => console.log(code, message, remedy);
      try { getConnectorType().validate.config.schema.parse({}); } catch (error) { say(error); }
      init().catch(say);
    `);
    const lines = output(program).trim().split("\n");
    assert.equal(lines.length, 2);
    for (const line of lines) {
      assert.match(line, /^module_load_failed .*(bundle|ENOENT)/);
      assert.match(line, /Leave this package out of the bundle, or take .*\/inline/);
    }
  });

  test(`bundled by ${how}, a program can give init the module`, async () => {
    const program = await bundle(`${use}
      const bytes = require("node:fs").readFileSync(__dirname + "/connector_bg.wasm");
      init(bytes).then(() => { ${WORKS} });
    `);
    putModuleBeside(program);
    assert.equal(output(program), "https://a.test\n");
  });
}

test("bundled by require, a program finds the module beside itself", async () => {
  const program = await bundle(`${REQUIRED} ${WORKS}`);
  putModuleBeside(program);
  assert.equal(output(program), "https://a.test\n");
});

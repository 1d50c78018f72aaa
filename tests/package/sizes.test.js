import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { table } from "../../scripts/lib/table.js";
import { install } from "./packed.js";

const NAME = "servicenow-itsm-connector";

/** Bytes, compressed by gzip at its best. */
const BUDGETS = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8"));

let project = "";

before(() => {
  project = install();
  writeFileSync(path.join(project, "use.mjs"), `export * from ${JSON.stringify(NAME)};\n`);
});

/** @param {Uint8Array} bytes */
const size = (bytes) => gzipSync(bytes, { level: 9 }).length;

/**
 * @param {import("node:test").TestContext} test that says what the size is
 * @param {string} name of a budget
 * @param {[string, number][]} parts
 */
function assertWithin(test, name, parts) {
  const { limit, what } = BUDGETS[name];
  const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  const rows = [...parts, ["in all", total], ["at most", limit]].map(([part, bytes]) => [
    String(part),
    bytes.toLocaleString("en"),
  ]);
  test.diagnostic(`${total.toLocaleString("en")} of ${limit.toLocaleString("en")} bytes`);
  assert.ok(total <= limit, `${what}: bytes, gzipped\n${table(rows, { right: [1] })}`);
}

/**
 * The package's main entry as a bundler makes it for Node. What is imported later is left apart.
 *
 * @param {{ minify: boolean }} options
 */
async function bundle(options) {
  const { metafile, outputFiles } = await build({
    ...options,
    absWorkingDir: project,
    entryPoints: ["use.mjs"],
    outdir: "bundled",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["undici"],
    write: false,
    metafile: true,
  });
  return { metafile, outputFiles };
}

/**
 * The entry and all that it imports before anything of it runs.
 *
 * @param {Record<string, { imports: { path: string, kind: string, external?: boolean }[] }>} files
 * @param {string} entry
 * @param {Set<string>} [found]
 */
function loadedBy(files, entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const { path, kind, external } of files[entry]?.imports ?? []) {
    if (!external && kind !== "dynamic-import") loadedBy(files, path, found);
  }
  return found;
}

test("the module is within its budget", (t) => {
  const file = path.join(project, "node_modules", NAME, "pkg/connector_bg.wasm");
  assertWithin(t, "module", [[path.basename(file), size(readFileSync(file))]]);
});

test("the JavaScript is within its budget, minified", async (t) => {
  const { metafile, outputFiles } = await bundle({ minify: true });
  const loaded = [...loadedBy(metafile.outputs, "bundled/use.js")];
  const parts = loaded.map((name) => {
    const output = outputFiles.find(({ path: file }) => file === path.join(project, name));
    return /** @type {[string, number]} */ ([name, size(output?.contents ?? new Uint8Array())]);
  });
  assertWithin(t, "minified", parts);
});

test("the JavaScript is within its budget, as it is shipped", async (t) => {
  const { metafile } = await bundle({ minify: false });
  const [, ...loaded] = loadedBy(metafile.inputs, "use.mjs");
  const parts = loaded.map((name) => {
    const contents = readFileSync(path.join(project, name));
    return /** @type {[string, number]} */ ([
      path.relative(`node_modules/${NAME}`, name),
      size(contents),
    ]);
  });
  assert.ok(parts.length > 0);
  assertWithin(t, "shipped", parts);
});

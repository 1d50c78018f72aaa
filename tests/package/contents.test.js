import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { assertListed } from "./lists.js";
import { pack, ROOT } from "./packed.js";

const read = (/** @type {string} */ file) => readFileSync(path.join(ROOT, file), "utf8");

test("the tarball holds what it is meant to hold, and nothing else", () => {
  assertListed(pack().files, "files.json");
});

test("the package depends on nothing", () => {
  const { dependencies, optionalDependencies, bundleDependencies } = JSON.parse(
    read("package.json"),
  );
  assert.deepEqual(
    { dependencies, optionalDependencies, bundleDependencies },
    {
      dependencies: undefined,
      optionalDependencies: undefined,
      bundleDependencies: undefined,
    },
  );
});

test("the module asks JavaScript for what it is meant to ask for, and nothing else", () => {
  const module = new WebAssembly.Module(readFileSync(path.join(ROOT, "pkg/connector_bg.wasm")));
  const bindings = read("pkg/connector_bg.js");
  const asked = WebAssembly.Module.imports(module).map(({ name }) => inWords(name, bindings));
  assertListed(asked, "imports.json");
});

/**
 * What an import does, in JavaScript: its own name has a number in it that every build changes.
 *
 * @param {string} name
 * @param {string} bindings
 */
function inWords(name, bindings) {
  const [intrinsic] = /^__wbindgen_(?!generic).*/.exec(name) ?? [];
  if (intrinsic) return intrinsic;
  const start = bindings.indexOf(`function ${name}(`);
  assert.notEqual(start, -1, `the bindings have no ${name}`);
  const body = bindings.slice(start, bindings.indexOf("\n}", start));
  const [, cast] = /\/\/ Cast intrinsic for `(.*)`/.exec(body) ?? [];
  if (cast) return `cast ${cast.replace(/shim_idx: \d+, /, "")}`;
  const [, does] =
    /^ +result = (.* instanceof .*);$/m.exec(body) ??
    /^ {4}(?:const ret = )?(.*);$/m.exec(body) ??
    [];
  assert.ok(does, body);
  return does;
}

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { install, ROOT } from "./packed.js";

const MODULES = path.join(ROOT, "node_modules");

const COMPILERS = {
  "TypeScript 7": path.join(MODULES, "typescript/bin/tsc"),
  "TypeScript 6": path.join(ROOT, "docs/reference/node_modules/typescript/bin/tsc"),
};

/** How a project finds packages, and what the file is called in which it uses one. */
const PROJECTS = {
  "an ES module in Node": { file: "use.mts", options: { module: "node16" } },
  "a CommonJS module in Node": { file: "use.cts", options: { module: "node16" } },
  "the newest Node": { file: "use.cts", options: { module: "nodenext" } },
  "a service that knows no browser": {
    file: "use.mts",
    options: {
      module: "node16",
      lib: ["es2022"],
      types: ["node"],
      typeRoots: [path.join(MODULES, "@types")],
    },
  },
  "a bundler": { file: "use.ts", options: { module: "esnext", moduleResolution: "bundler" } },
};

let project = "";

before(() => {
  project = install();
});

for (const [compiler, tsc] of Object.entries(COMPILERS)) {
  for (const [kind, { file, options }] of Object.entries(PROJECTS)) {
    test(`the declarations say the same in ${kind}, to ${compiler}`, () => {
      const folder = path.join(project, `${compiler} ${kind}`.replaceAll(" ", "-"));
      mkdirSync(folder);
      copyFileSync(new URL("consumer/use.ts", import.meta.url), path.join(folder, file));
      const compilerOptions = {
        target: "es2022",
        lib: ["es2022", "dom"],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        ...options,
      };
      const config = JSON.stringify({ compilerOptions, files: [file] });
      writeFileSync(path.join(folder, "tsconfig.json"), config);
      assert.equal(compile(tsc, folder), "");
    });
  }
}

test("the declarations hold nothing that TypeScript 4.7 does not know", () => {
  const folder = path.join(project, "node_modules/servicenow-itsm-connector/types");
  for (const file of readdirSync(folder)) {
    const text = readFileSync(path.join(folder, file), "utf8");
    assert.doesNotMatch(text, /export type \*|<const |\baccessor |\bsatisfies /, file);
    assert.doesNotMatch(text, /WebAssembly\.Module(?!`)|BufferSource|typeof globalThis/, file);
  }
});

test("what a bundler gives for the module's file is a URL for init", () => {
  const folder = path.join(project, "file");
  mkdirSync(folder);
  const source = `import { init } from "servicenow-itsm-connector";
    import file from "servicenow-itsm-connector/connector.wasm";
    init(new URL(file, "https://a.test"));`;
  writeFileSync(path.join(folder, "use.ts"), source);
  const options = { module: "esnext", moduleResolution: "bundler", types: [], noEmit: true };
  const config = { compilerOptions: { target: "es2022", ...options }, files: ["use.ts"] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  assert.equal(compile(COMPILERS["TypeScript 7"], folder), "");
});

/**
 * @param {string} tsc
 * @param {string} folder
 * @returns {string} what it complains about
 */
function compile(tsc, folder) {
  try {
    return execFileSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  } catch (error) {
    return String(/** @type {any} */ (error).stdout);
  }
}

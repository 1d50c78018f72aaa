import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { install, ROOT } from "./packed.js";

const COMPILERS = {
  "TypeScript 7": path.join(ROOT, "node_modules/typescript/bin/tsc"),
  "TypeScript 6": path.join(ROOT, "docs/reference/node_modules/typescript/bin/tsc"),
};

/** How a project finds packages, and what the file is called in which it uses one. */
const PROJECTS = {
  "an ES module in Node": { file: "use.mts", options: { module: "node16" } },
  "a CommonJS module in Node": { file: "use.cts", options: { module: "node16" } },
  "the newest Node": { file: "use.cts", options: { module: "nodenext" } },
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
        ...options,
        target: "es2022",
        lib: ["es2022", "dom"],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
      };
      const config = JSON.stringify({ compilerOptions, files: [file] });
      writeFileSync(path.join(folder, "tsconfig.json"), config);
      assert.equal(compile(tsc, folder), "");
    });
  }
}

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

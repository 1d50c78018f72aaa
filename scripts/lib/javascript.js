// What is made of the JavaScript: the bundle that `require()` loads, and the module as a text.

import { readFile, writeFile } from "node:fs/promises";
import { CommandFailed } from "./failure.js";
import { working } from "./progress.js";
import { inProject, root } from "./root.js";

/** Makes `pkg/connector_inline.js`, for programs of a single file. */
export async function makeInline() {
  const base64 = (await readFile(inProject("pkg/connector_bg.wasm"))).toString("base64");
  await writeFile(inProject("pkg/connector_inline.js"), `export const base64 = "${base64}";\n`);
  await writeFile(
    inProject("pkg/connector_inline.d.ts"),
    "/** The module. */\nexport const base64: string;\n",
  );
}

/** Makes `pkg/index.cjs`: not every Node that we run on can `require()` an ES module. */
export async function makeCommonJs() {
  // Only now: on a clean clone it was not yet installed when this file was loaded.
  const esbuild = await import("esbuild");
  const bundle = () =>
    esbuild.build({
      absWorkingDir: root,
      entryPoints: ["js/index.js"],
      outfile: "pkg/index.cjs",
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "node20",
      packages: "external",
      logLevel: "silent",
      plugins: [{ name: "module beside the bundle", setup: findBesideBundle }],
    });
  try {
    await working("Bundle the CommonJS entry", bundle);
  } catch (error) {
    throw new CommandFailed("esbuild could not bundle js/index.js", String(error));
  }
}

/**
 * CommonJS has no `import.meta.url`: the module is looked for beside the bundle, in words by which
 * tools that collect a program's files know it.
 *
 * @param {import("esbuild").PluginBuild} build
 */
function findBesideBundle(build) {
  build.onLoad({ filter: /load.node\.js$/ }, async ({ path: file }) => {
    const text = await readFile(file, "utf8");
    const [esm, ...others] = text.match(/new URL\([^()]*import\.meta\.url\)/g) ?? [];
    if (!esm || others.length > 0) throw new Error(`${file} names the module otherwise`);
    const commonJs = 'require("node:url").pathToFileURL(__dirname + "/connector_bg.wasm")';
    return { contents: text.replace(esm, commonJs) };
  });
}

/**
 * A program that an npm package brings.
 * @param {string} name
 */
export function localProgram(name) {
  return inProject("node_modules/.bin", name);
}

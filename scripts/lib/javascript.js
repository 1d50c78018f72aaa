// What is made of the JavaScript: the bundle that `require()` loads, and the module as a text.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
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
      banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename);' },
      plugins: [{ name: "module URLs", setup: keepModuleUrls }],
    });
  try {
    await working("Bundle the CommonJS entry", bundle);
  } catch (error) {
    throw new CommandFailed("esbuild could not bundle js/index.js", String(error));
  }
}

/**
 * CommonJS has no `import.meta.url`. Each file gets its own, as seen from the bundle, so that what
 * it finds beside itself is found by the bundle as well.
 *
 * @param {import("esbuild").PluginBuild} build
 */
function keepModuleUrls(build) {
  build.onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
    const fromBundle = path.relative(inProject("pkg"), file).replaceAll(path.sep, "/");
    const url = `new URL(${JSON.stringify(fromBundle)}, bundleUrl).href`;
    return { contents: (await readFile(file, "utf8")).replaceAll("import.meta.url", url) };
  });
}

/**
 * A program that an npm package brings.
 * @param {string} name
 */
export function localProgram(name) {
  return inProject("node_modules/.bin", name);
}

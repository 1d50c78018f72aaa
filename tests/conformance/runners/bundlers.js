// Puts the page together as users do: by Vite, by webpack, by esbuild, or not at all.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { build as esbuild } from "esbuild";
import * as vite from "vite";
import webpack from "webpack";

/**
 * How a page is put together, and where it is then.
 *
 * @type {[how: string, build: (folder: string) => Promise<string>][]}
 */
export const bundlers = [
  ["unbundled, with an import map", async () => "unbundled.html"],
  ["bundled by Vite", byVite],
  ["bundled by webpack", byWebpack],
  ["bundled by esbuild", byEsbuild],
  ["in a single script, by esbuild", inASingleScript],
];

/**
 * The same of programs for Node.
 *
 * @type {[how: string, build: (folder: string) => Promise<string>][]}
 */
export const nodeBundlers = [
  [
    "bundled by webpack",
    async (folder) => {
      await pack(folder, { target: "node", entry: "./import.mjs" }, "dist/webpack-node");
      return "dist/webpack-node/main.cjs";
    },
  ],
  [
    "bundled by webpack, by `require`",
    async (folder) => {
      await pack(folder, { target: "node", entry: "./require.cjs" }, "dist/webpack-require");
      return "dist/webpack-require/main.cjs";
    },
  ],
  [
    "in a single file, by esbuild",
    async (folder) => {
      const outfile = "dist/single.cjs";
      const of = { absWorkingDir: folder, entryPoints: ["inline.mjs"], outfile };
      await esbuild({ ...of, bundle: true, format: "cjs", platform: "node", logLevel: "silent" });
      return outfile;
    },
  ],
];

/** @param {string} folder */
async function byVite(folder) {
  await vite.build({
    root: folder,
    base: "/dist/vite/",
    configFile: false,
    logLevel: "silent",
    build: { outDir: path.join(folder, "dist/vite") },
  });
  return "dist/vite/index.html";
}

/** @param {string} folder */
async function byWebpack(folder) {
  const place = "dist/webpack";
  await pack(folder, { entry: "./page.js" }, place);
  return page(folder, place, "main.js");
}

/**
 * @param {string} folder
 * @param {import("webpack").Configuration} configuration
 * @param {string} place
 */
async function pack(folder, configuration, place) {
  // What is packed for Node is CommonJS.
  const extension = configuration.target === "node" ? "cjs" : "js";
  const compiler = webpack({
    ...configuration,
    mode: "production",
    context: folder,
    output: { path: path.join(folder, place), filename: `main.${extension}` },
    performance: false,
  });
  /** @type {import("webpack").Stats | undefined} */
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, stats) => (error ? reject(error) : resolve(stats)));
  });
  if (!stats || stats.hasErrors()) throw new Error(stats?.toString("errors-only"));
}

/** @param {string} folder */
async function byEsbuild(folder) {
  await esbuild({
    absWorkingDir: folder,
    entryPoints: ["page_with_url.js"],
    outdir: "dist/esbuild",
    bundle: true,
    minify: true,
    format: "esm",
    loader: { ".wasm": "file" },
    logLevel: "silent",
  });
  return page(folder, "dist/esbuild", "page_with_url.js", "module");
}

/** @param {string} folder */
async function inASingleScript(folder) {
  await esbuild({
    absWorkingDir: folder,
    entryPoints: ["page_inline.js"],
    outdir: "dist/inline",
    bundle: true,
    minify: true,
    format: "iife",
    logLevel: "silent",
  });
  return page(folder, "dist/inline", "page_inline.js");
}

/**
 * @param {string} folder
 * @param {string} place
 * @param {string} script
 * @param {string} [type]
 */
function page(folder, place, script, type = "text/javascript") {
  const html = `<!doctype html><meta charset="utf-8"><script type="${type}" src="${script}"></script>`;
  writeFileSync(path.join(folder, place, "index.html"), html);
  return `${place}/index.html`;
}

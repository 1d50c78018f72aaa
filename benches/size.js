// How much there is to install and to ship, beside the libraries that do the same work.

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { install } from "../tests/package/packed.js";
import { counted, OURS } from "./report/types.js";
import { installedLibraries, LIBRARIES, NAMES } from "./size/libraries.js";

/** @import { Group, Report, Series } from "./report/types.js" */

const NAME = "servicenow-itsm-connector";
const KB = 1000;

const ABOUT = `What an empty project gets by \`npm install\` of the packed package, beside ${NAMES}: the libraries that
the built-in type needs for the same work. Then what has to be shipped: the JavaScript as esbuild bundles
and minifies it for Node, and with it the WebAssembly module.`;

/** @returns {Promise<Report>} */
export async function run() {
  const ours = install();
  const { project: theirs, bundle } = await installedLibraries();
  const shipped = { ours: await bundleOfOurs(ours), theirs: [readFileSync(bundle)] };
  const group = (
    /** @type {string} */ name,
    /** @type {number} */ own,
    /** @type {number} */ other,
  ) => ({
    name,
    figures: { [OURS]: counted(own), [LIBRARIES]: counted(other) },
  });
  const bytes = (
    /** @type {string} */ name,
    /** @type {(bytes: Uint8Array) => number} */ measure,
  ) => group(name, sum(shipped.ours, measure) / KB, sum(shipped.theirs, measure) / KB);
  return {
    name: "size",
    title: "Size",
    about: ABOUT,
    series: [
      smaller("size-packages", "Packages installed", "packages", [
        group("npm install", packagesIn(ours), packagesIn(theirs)),
      ]),
      smaller("size-bytes", "Bytes", "kB", [
        group("installed", installedBytes(ours) / KB, installedBytes(theirs) / KB),
        bytes("shipped", (file) => file.length),
        bytes("shipped, gzip", (file) => gzipSync(file, { level: 9 }).length),
        bytes("shipped, brotli", (file) => brotliCompressSync(file).length),
      ]),
    ],
    goals: [],
    notes: ["[What the module weighs](sizes.md) says what its bytes are for."],
  };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {string} unit
 * @param {Group[]} groups
 * @returns {Series}
 */
function smaller(id, title, unit, groups) {
  return { id, title, unit, better: "shorter", groups };
}

/**
 * The bundle, and the module that it loads.
 *
 * @param {string} project
 * @returns {Promise<Uint8Array[]>}
 */
async function bundleOfOurs(project) {
  const { outputFiles } = await build({
    absWorkingDir: project,
    stdin: { contents: `export * from "${NAME}";`, resolveDir: project },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["undici"],
    write: false,
    logLevel: "silent",
  });
  const module = readFileSync(path.join(project, "node_modules", NAME, "pkg/connector_bg.wasm"));
  return [...outputFiles.map(({ contents }) => contents), module];
}

/** @param {string} project */
function packagesIn(project) {
  const lock = JSON.parse(readFileSync(path.join(project, "package-lock.json"), "utf8"));
  return Object.keys(lock.packages).filter((place) => place !== "").length;
}

/** @param {string} project */
function installedBytes(project) {
  const folder = path.join(project, "node_modules");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return sum(files, (file) => {
    const found = statSync(path.join(folder, file));
    return found.isFile() ? found.size : 0;
  });
}

/**
 * @template T
 * @param {T[]} parts
 * @param {(part: T) => number} measure
 */
function sum(parts, measure) {
  return parts.reduce((total, part) => total + measure(part), 0);
}

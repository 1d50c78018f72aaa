// The Kibana plugin as files (kibana-host.md 8): what is in it, and where from.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { inProject, root } from "../lib/root.js";
import { DEFAULT_CONNECTOR_ID } from "./target.js";

/** @import { Target } from "./target.js" */

/** What Kibana knows the plugin by: the folder that it is installed in is called so too. */
export const PLUGIN_ID = "servicenowConnector";

/** @typedef {Map<string, Buffer>} Files by path */

/**
 * What a file is called that holds the plugin: it says which one it is, and for whom.
 *
 * @param {Target} target
 */
export function pluginName({ kibanaVersion, connectorId }) {
  const id = connectorId === DEFAULT_CONNECTOR_ID ? "" : `-${connectorId}`;
  return `${PLUGIN_ID}-${packageJson().version}-kibana-${kibanaVersion}${id}`;
}

/**
 * @param {Target} target
 * @returns {Files} in the order of their paths
 */
export function pluginFiles(target) {
  const { name, version, description, license } = packageJson();
  const { connectorId, kibanaVersion, schemaLibrary } = target;
  const manifest = {
    id: PLUGIN_ID,
    version,
    kibanaVersion,
    type: "standard",
    server: true,
    ui: false,
    requiredPlugins: ["actions"],
    optionalPlugins: [],
    requiredBundles: [],
    owner: { name },
    description,
  };
  /** @type {Files} */
  const files = new Map([
    ["kibana.json", json(manifest)],
    ["package.json", json({ name: PLUGIN_ID, version, license, private: true, type: "commonjs" })],
    ["server/index.js", read("kibana/server.cjs")],
    ["server/registration.json", json({ id: connectorId, schemaLibrary })],
    ["LICENSE", read("LICENSE")],
    ...within(`node_modules/${name}`, connectorPackage()),
    ...within("node_modules/undici", undiciPackage()),
  ]);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The package, as far as `require` reaches: Kibana turns requiring ES modules off. */
function connectorPackage() {
  const { name, version, license } = packageJson();
  const entry = createRequire(inProject("package.json")).resolve(name);
  const main = path.relative(root, entry).replaceAll(path.sep, "/");
  return new Map([
    ["package.json", json({ name, version, license, main })],
    ["LICENSE", read("LICENSE")],
    [main, read(main)],
    ["pkg/connector_bg.wasm", read("pkg/connector_bg.wasm")],
  ]);
}

/**
 * For a host's proxy and TLS settings. Version 6, because Kibana 8.15 runs on a Node that later ones
 * do not support.
 */
function undiciPackage() {
  const folder = "node_modules/undici6";
  const library = readdirSync(inProject(folder, "lib"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => path.relative(inProject(folder), path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, "/"));
  const files = ["package.json", "LICENSE", "index.js", ...library];
  return new Map(files.map((file) => [file, read(`${folder}/${file}`)]));
}

/**
 * @param {string} folder
 * @param {Files} files
 * @returns {[string, Buffer][]}
 */
function within(folder, files) {
  return [...files].map(([file, contents]) => [`${folder}/${file}`, contents]);
}

/** @param {string} file of the project */
function read(file) {
  return readFileSync(inProject(file));
}

function packageJson() {
  return JSON.parse(String(read("package.json")));
}

/** @param {object} value */
function json(value) {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

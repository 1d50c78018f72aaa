/** Installs a plugin by the rules of Kibana's installer and of its start (kibana-host.md 8). */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import yauzl from "yauzl";

const MANIFEST_KEYS = [
  "id",
  "version",
  "kibanaVersion",
  "type",
  "configPath",
  "requiredPlugins",
  "optionalPlugins",
  "requiredBundles",
  "runtimePluginDependencies",
  "server",
  "ui",
  "extraPublicDirs",
  "serviceFolders",
  "owner",
  "description",
  "enabledOnAnonymousPages",
];

/** @typedef {{ name: string, mode: number, contents: Buffer }} Entry */

/**
 * @param {Uint8Array} archive
 * @param {string} plugins the folder of all plugins
 * @param {string} kibanaVersion
 * @returns {Promise<string>} the plugin's folder
 */
export async function install(archive, plugins, kibanaVersion) {
  const entries = await entriesOf(archive);
  const manifestName = entries
    .map(({ name }) => name)
    .find((name) => /^kibana\/[^/]+\/kibana\.json$/.test(name));
  assert.ok(manifestName, "No kibana plugins found in archive");
  const root = path.posix.dirname(manifestName);
  const manifest = JSON.parse(String(entries.find(({ name }) => name === manifestName)?.contents));
  checkManifest(manifest, kibanaVersion);

  const folder = path.join(plugins, manifest.id);
  for (const { name, mode, contents } of entries) {
    assert.ok(name.startsWith(`${root}/`), `${name} is outside of the plugin`);
    const file = path.join(folder, name.slice(root.length));
    mkdirSync(path.dirname(file), { recursive: true });
    // Literally: without a mode in the archive nobody could read the file.
    writeFileSync(file, contents, { mode });
  }
  return folder;
}

/**
 * @param {any} manifest
 * @param {string} kibanaVersion
 */
function checkManifest(manifest, kibanaVersion) {
  const { id } = manifest;
  for (const key of Object.keys(manifest)) assert.ok(MANIFEST_KEYS.includes(key), `extra ${key}`);
  assert.match(
    id,
    /^[a-z][a-zA-Z0-9]*$/,
    `Invalid plugin name [${id}] in kibana.json, expected it to be valid camelCase`,
  );
  assert.equal(typeof manifest.version, "string");
  const builtFor = manifest.kibanaVersion ?? manifest.version;
  const released = (/** @type {string} */ version) => version.replace(/-.*$/, "");
  assert.ok(
    released(builtFor) === released(kibanaVersion),
    `Plugin ${id} [${builtFor}] is incompatible with Kibana [${kibanaVersion}]`,
  );
  assert.equal(typeof manifest.owner?.name, "string");
  assert.ok(manifest.server === true || manifest.ui === true);
}

/**
 * By the library that Kibana's installer reads archives with.
 *
 * @param {Uint8Array} archive
 * @returns {Promise<Entry[]>}
 */
export function entriesOf(archive) {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(archive), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      /** @type {Entry[]} */
      const entries = [];
      zip.on("error", reject);
      zip.on("end", () => resolve(entries));
      zip.on("entry", (entry) => {
        zip.openReadStream(entry, async (error, stream) => {
          if (error) return reject(error);
          const contents = Buffer.concat(await stream.toArray());
          const mode = entry.externalFileAttributes >>> 16;
          entries.push({ name: entry.fileName, mode, contents });
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
}

/** @param {string} folder of an installed plugin */
export function manifestOf(folder) {
  return JSON.parse(readFileSync(path.join(folder, "kibana.json"), "utf8"));
}

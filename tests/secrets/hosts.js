// The two ways in which a host is run: as a program of its own, and in this process with a logger
// that keeps everything. Both are talked to over HTTP alone.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "servicenow-itsm-host/server";

/** @import { Planted } from "./planted.js" */
/** @import { Traces } from "./traces.js" */

const CLI = fileURLToPath(new URL("../../host/server/cli.js", import.meta.url));

/**
 * What is printed on a first start, and the only place where its secrets may be.
 */
const SHOWN_ONCE =
  /^These are shown this once:\n {2}user elastic, password (?<password>\S+)\n {2}API key (?<apiKey>\S+)\n/m;

/**
 * @typedef {object} RunningHost
 * @property {string} url
 * @property {string} username
 * @property {string} password
 * @property {string} apiKey
 * @property {() => Promise<void>} stop
 */

/**
 * @param {Planted} planted
 * @param {Traces} traces
 * @param {string} folder
 * @param {Record<string, unknown>} settings
 * @returns {Promise<RunningHost>}
 */
export async function startProgram(planted, traces, folder, settings) {
  const config = join(folder, "kibana.yml");
  // JSON is YAML, too.
  writeFileSync(config, JSON.stringify(settings));
  const child = spawn(process.execPath, [CLI, "--config", config]);
  const exit = once(child, "close");
  let output = "";
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  await new Promise((resolve, reject) => {
    exit.then(() => reject(new Error(`the host has ended: ${errors}`)), reject);
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Stop it with Ctrl+C")) resolve(undefined);
    });
  });
  const { password = "", apiKey = "" } = SHOWN_ONCE.exec(output)?.groups ?? {};
  return {
    url: /^http:\S+$/m.exec(output)?.[0] ?? "",
    username: "elastic",
    ...known(planted, { password, apiKey }),
    async stop() {
      child.kill("SIGTERM");
      await exit;
      const logged = output.replace(SHOWN_ONCE, "");
      assert.ok(logged.length < output.length, "the first start shows its credentials");
      assert.match(logged, /\[DEBUG\]/, "every level is logged");
      traces.add("what the program prints", logged);
      traces.add("what the program prints as errors", errors);
    },
  };
}

/**
 * @param {Planted} planted
 * @param {Traces} traces
 * @param {Record<string, unknown>} settings
 * @returns {Promise<RunningHost>}
 */
export async function startHere(planted, traces, settings) {
  /** @type {any} */
  const logger = traces.logger();
  const server = await createServer({ settings, logger });
  if (server.credentials === undefined) throw new Error("this is no first start");
  return {
    url: server.url,
    ...server.credentials,
    ...known(planted, server.credentials),
    async stop() {
      await server.close();
      assert.ok(logger.entries > 100, `only ${logger.entries} entries`);
    },
  };
}

/**
 * @param {Planted} planted
 * @param {{ password: string, apiKey: string }} credentials
 */
function known({ canaries }, { password, apiKey }) {
  canaries.text("the user's password", password);
  canaries.text("the API key as it is sent", apiKey);
  const [, key = ""] = String(Buffer.from(apiKey, "base64")).split(":");
  canaries.text("the API key", key);
  return { password, apiKey };
}

/**
 * All bytes of a host's data.
 *
 * @param {Traces} traces
 * @param {string} when
 * @param {string} folder
 */
export function readData(traces, when, folder) {
  const files = readdirSync(folder);
  for (const file of files) {
    // The one place of that key; without it nothing could be read after a start.
    if (file !== "encryption.key") traces.add(`${file}, ${when}`, readFileSync(join(folder, file)));
  }
  return files;
}

/** Actions in a process of their own: for what Node reads when it starts. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** @import { ExecutorResult } from "../../js/types.js" */

const run = promisify(execFile);

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Two actions, one after the other. The process has to end by itself.
 *
 * @param {string} apiUrl
 * @param {object} [options]
 * @param {import("../../host/js/types.js").Settings} [options.settings]
 * @param {string[]} [options.trusted] certificates that Node trusts besides its own
 * @param {string} [options.entry] of the connector
 * @param {string} [options.hooks] a module of hooks for what the process imports
 * @returns {Promise<ExecutorResult[]>}
 */
export async function actTwice(apiUrl, { settings = {}, trusted = [], entry, hooks } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "act-"));
  try {
    const authorities = path.join(folder, "authorities.pem");
    writeFileSync(authorities, trusted.join("\n"));
    const script = path.join(ROOT, "tests/support/act.js");
    const hooked = hooks ? ["--import", dataUrl(registering(dataUrl(hooks)))] : [];
    const args = [script, entry ?? path.join(ROOT, "js/index.js"), apiUrl];
    const { stdout } = await run(process.execPath, [...hooked, ...args, JSON.stringify(settings)], {
      env: { ...process.env, ...(trusted.length > 0 && { NODE_EXTRA_CA_CERTS: authorities }) },
      timeout: 30_000,
    });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const dataUrl = (/** @type {string} */ module) =>
  `data:text/javascript,${encodeURIComponent(module)}`;

const registering = (/** @type {string} */ url) =>
  `import { register } from "node:module"; register(${JSON.stringify(url)});`;

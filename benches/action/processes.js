// Starts the server and the clients, each a process, and talks with them.

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { answerOf } from "../child.js";

/**
 * @import { ChildProcess } from "node:child_process"
 * @import { Order, Outcome } from "./client.js"
 * @import { Counts, Served } from "./server.js"
 */

/** @param {string} name */
const script = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * @param {"simulator" | "recorded"} kind
 * @param {number} [delay] milliseconds that bytes take each way
 */
export async function startServer(kind, delay = 0) {
  const child = fork(script("server.js"), [kind, String(delay)], { execArgv: [] });
  const served = /** @type {Served} */ (await answerOf(child));
  return {
    served,
    counts: () => /** @type {Promise<Counts>} */ (asked(child, "counts")),
    end: () => ended(child),
  };
}

/**
 * @param {string} contender
 * @param {Served} [served] without it the network is stubbed out
 */
export async function startClient(contender, served) {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const authorities = path.join(folder, "authorities.pem");
  writeFileSync(authorities, served?.certificate ?? "");
  const child = fork(script("client.js"), [contender, ...(served ? [served.url] : [])], {
    execArgv: ["--expose-gc"],
    env: { ...process.env, ...(served && { NODE_EXTRA_CA_CERTS: authorities }) },
  });
  await answerOf(child);
  return {
    perform: (/** @type {Order} */ order) => /** @type {Promise<Outcome>} */ (asked(child, order)),
    async end() {
      await ended(child);
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * @param {ChildProcess} child
 * @param {import("node:child_process").Serializable} message
 */
function asked(child, message) {
  const answer = answerOf(child);
  child.send(message);
  return answer;
}

/** @param {ChildProcess} child */
async function ended(child) {
  // One that has failed is gone.
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill();
  await exit;
}

// `npm run bench -w servicenow-simulator [-- incidents]`: how many requests a second the simulator answers
// over connections that are kept, each kind of request for some seconds. Nothing is asserted. The
// simulator runs in a process of its own; on a machine with one core it shares that with the
// client, and the numbers are less than half of what it can do.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { Pool } from "undici";

const CLI = fileURLToPath(new URL("../js/cli.js", import.meta.url));
const SECONDS = 3;
const CONNECTIONS = 8;
const IMPORT = "/api/now/import/x_elas2_inc_int_elastic_incident";
const INCIDENTS = "/api/now/v2/table/incident";

const headers = {
  authorization: `Basic ${Buffer.from("elastic:changeme").toString("base64")}`,
  accept: "application/json",
  "content-type": "application/json",
};

const incidents = Number(process.argv[2] ?? 1_000);
const child = spawn(process.execPath, [CLI, "--port=0", "--seed=1"]);
const pool = new Pool(await address(), { connections: CONNECTIONS, pipelining: 4 });
try {
  await measure();
} finally {
  await pool.close();
  child.kill();
}

async function measure() {
  let made = 0;
  const open = () => imported({ u_short_description: "Load", u_correlation_id: `id-${made++}` });
  await Promise.all(
    Array.from({ length: CONNECTIONS * 4 }, async () => {
      while (made < incidents) await open();
    }),
  );
  const found = await (await get(`${INCIDENTS}?sysparm_query=correlation_id=id-1`)).json();
  const { sys_id: id, number } = /** @type {any} */ (found).result[0];
  console.log(`With ${made} incidents, requests a second:`);
  const kinds = /** @type {const} */ ([
    ["health", () => get("/api/x_elas2_inc_int/elastic_api/health")],
    ["incident by sys_id", () => get(`${INCIDENTS}/${id}`)],
    ["by correlation ID", () => get(`${INCIDENTS}?sysparm_query=correlation_id=id-1`)],
    ["by number", () => get(`${INCIDENTS}?sysparm_query=number=${number}`)],
    ["update by import", () => imported({ u_correlation_id: "id-1", u_description: "again" })],
    ["insert by import", open],
  ]);
  for (const [name, ask] of kinds) console.log(`  ${name.padEnd(20)} ${await rate(ask)}`);
}

/** @param {() => Promise<{ dump: () => Promise<unknown> }>} ask */
async function rate(ask) {
  const before = performance.now();
  const end = before + SECONDS * 1_000;
  let count = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS * 4 }, async () => {
      while (performance.now() < end) {
        await (await ask()).dump();
        count += 1;
      }
    }),
  );
  return Math.round((count * 1_000) / (performance.now() - before));
}

/** @param {string} path */
function get(path) {
  return sent({ path, method: "GET", headers });
}

/** @param {object} row */
function imported(row) {
  return sent({ path: IMPORT, method: "POST", headers, body: JSON.stringify(row) });
}

/** @param {import("undici").Dispatcher.RequestOptions} options */
async function sent(options) {
  const { statusCode, body } = await pool.request(options);
  if (statusCode >= 400) throw new Error(`${options.path}: ${statusCode} ${await body.text()}`);
  return body;
}

async function address() {
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes("Ctrl+C")) break;
  }
  child.stdout.resume();
  const [url] = /http:\S+/.exec(text) ?? [];
  if (!url) throw new Error("The simulator did not start.");
  return url;
}

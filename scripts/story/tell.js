// Tells the story on the terminal: sets the instance and the host up, prints what happens, and says how it ended.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { getConnectorType } from "servicenow-itsm-connector";
import { createServer } from "servicenow-itsm-host/server";
import { startSimulator } from "servicenow-simulator";
import { working } from "../lib/progress.js";
import { createConnectors, makeCast } from "./cast.js";
import { play } from "./play.js";
import { chapterText, faultsOf } from "./report.js";

/** @typedef {Awaited<ReturnType<typeof createServer>>} Server */
/** @typedef {Awaited<ReturnType<typeof startSimulator>>} Simulator */
/** @typedef {import("./cast.js").Cast} Cast */

const PROLOGUE = `\
A rule watches the CPU load of three servers. It fires for each, fires again with a comment, and two
recover. A case is pushed, and pushed again with a comment. Twice: with a connector that signs in
with a password, and with one that signs in with OAuth.`;

const CHECKED = `\
Checked after every action: that the instance holds the incidents of the story and no other, each
with its state, close code, texts, urgency, caller and correlation ID; that every comment is there
once, as a work note; that the answer names the right incident. And that OAuth took one token.`;

/**
 * @param {{ once: boolean }} options
 * @returns {Promise<number>} the exit status
 */
export async function tell({ once }) {
  const cast = await working("Make an RSA-3072 key and its certificate", makeCast);
  const simulator = await startSimulator(cast.instance);
  // What the host keeps ends with the story: nothing of it is anybody's own.
  const folder = await mkdtemp(path.join(tmpdir(), "servicenow-itsm-host-"));
  try {
    console.log(`✓ Start the simulated ServiceNow instance  ${simulator.url}`);
    const server = await startHost(cast, simulator, folder);
    try {
      console.log(`✓ Start the host, with a connector of each kind  ${server.url}\n\n${PROLOGUE}`);
      const status = (await told({ cast, simulator, host: server.host })) ? 0 : 1;
      if (!once) {
        console.log(`\n${invitation(simulator.url, cast.visitor, server)}`);
        await interruption();
      }
      return status;
    } finally {
      await server.close();
      if (!once) console.log("\nStopped.");
    }
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Cast} cast
 * @param {Simulator} simulator
 * @param {string} folder
 * @returns {Promise<Server>}
 */
async function startHost(cast, simulator, folder) {
  const connectorType = getConnectorType();
  const server = await createServer({
    connectorType,
    settings: {
      "server.port": 0,
      "path.data": path.join(folder, "data"),
      "console.simulatorUrl": simulator.url,
      "xpack.actions.allowedHosts": [new URL(simulator.url).hostname],
    },
  });
  const where = { host: server.host, typeId: connectorType.id, apiUrl: simulator.url };
  await createConnectors(cast, where);
  return server;
}

/**
 * @param {Parameters<typeof play>[0]} stage
 * @returns {Promise<boolean>} whether all was as it should be
 */
async function told(stage) {
  let faults = 0;
  for await (const chapter of play(stage)) {
    console.log(`\n${chapterText(chapter)}`);
    faults += faultsOf(chapter);
  }
  const count = stage.simulator.incidents().length;
  console.log(`\n${CHECKED}`);
  console.log(
    faults === 0
      ? `✓ All ${count} incidents are as the story says.`
      : `✗ ${faults} ${faults === 1 ? "thing is" : "things are"} not as the story says, see above.`,
  );
  return faults === 0;
}

/**
 * @param {string} url
 * @param {{ userName: string, password: string }} visitor
 * @param {Server} server
 */
function invitation(url, { userName, password }, server) {
  const console = server.credentials;
  return `The console is at ${server.url}
Sign in as ${console?.username} with password ${console?.password}
It creates, tests and updates connectors, and has a playground for rules. Its API is Kibana's:

  curl -H 'Authorization: ApiKey ${console?.apiKey}' ${server.url}/api/actions/connectors

The instance is at ${url} and shows its incidents. Its API takes user ${userName} with
password ${password}:

  curl -u ${userName}:${password} '${url}/api/now/table/incident?sysparm_fields=number,state'

Both end with Ctrl+C, and what they hold with them.`;
}

/**
 * Resolves when somebody wants the program to end. It goes on listening: on Ctrl+C the terminal
 * sends one signal and npm another, and the second must not cut the end short.
 */
function interruption() {
  return new Promise((resolve) => {
    process.on("SIGINT", resolve);
    process.on("SIGTERM", resolve);
    // The terminal is closed.
    process.on("SIGHUP", resolve);
  });
}

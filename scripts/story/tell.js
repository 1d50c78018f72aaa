// Tells the story on the terminal: sets the instance up, prints what happens, and says how it ended.

import { startSimulator } from "servicenow-simulator";
import { working } from "../lib/progress.js";
import { makeCast } from "./cast.js";
import { play } from "./play.js";
import { chapterText, faultsOf } from "./report.js";

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
  try {
    console.log(`✓ Start the simulated ServiceNow instance  ${simulator.url}\n\n${PROLOGUE}`);
    const status = (await told({ cast, simulator })) ? 0 : 1;
    if (!once) {
      console.log(`\n${invitation(simulator.url, cast.visitor)}`);
      await interruption();
      console.log("\nStopped.");
    }
    return status;
  } finally {
    await simulator.close();
  }
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
 */
function invitation(url, { userName, password }) {
  return `The instance is still there: ${url} shows its incidents. Its API takes user
${userName} with password ${password}:

  curl -u ${userName}:${password} '${url}/api/now/table/incident?sysparm_fields=number,state'

Stop it with Ctrl+C.`;
}

/**
 * Resolves when somebody wants the program to end. It goes on listening: on Ctrl+C the terminal
 * sends one signal and npm another, and the second must not cut the end short.
 */
function interruption() {
  return new Promise((resolve) => {
    process.on("SIGINT", resolve);
    process.on("SIGTERM", resolve);
  });
}

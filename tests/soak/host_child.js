// The host of a soak, as a process that can be killed: it runs the package's connector for whoever
// started it, tells what became of each action, and keeps everything in its database.
//
//   node --expose-gc host_child.js        with an IPC channel, on which it is told the rest

import { existsSync } from "node:fs";
import path from "node:path";
import { fastClock, SPEED } from "./clock.js";
import { takeSample, watchModuleMemory } from "./memory.js";

/** @import { Store } from "servicenow-itsm-host" */
/** @import { Ask, Ended, Said, Start, Told } from "./host_process.js" */

/** What waits longer than a retry ever does in one go is a limit of real time. */
const LONGEST_WAIT = 60_000;
/** How many actions end between two samples of the memory. */
const BETWEEN_SAMPLES = 100;
const DAY = 24 * 60 * 60 * 1000;
/** Of the newest tasks, as many as surely hold those that somebody waits for. */
const LOOKED_AT = 5_000;

/** @param {Said} said to somebody who may be gone, which `disconnect` tells as well */
const say = (said) => process.send?.(said, () => {});

const moduleMemory = watchModuleMemory();
process.once("message", (/** @type {{ start: Start }} */ { start }) => serve(start));
// Who has nobody to work for any more ends.
process.once("disconnect", () => process.exit());

/** @param {Start} start */
async function serve(start) {
  const now = fastClock(start.epoch);
  // Before the connector takes it for its own.
  Date.now = now;
  const { createHost, encryptionKeyFrom, openStore } = await import("servicenow-itsm-host");
  const { getConnectorType } = await import("servicenow-itsm-connector");
  const file = path.join(start.folder, "host.db");
  const stored = await storedTasks(file);
  const encryptionKey = encryptionKeyFrom({ file: path.join(start.folder, "key") });
  const store = openStore({ file, encryptionKey });
  tellOfEnds(store);
  const host = createHost({
    store,
    now,
    concurrency: start.concurrency,
    setTimer(callback, milliseconds) {
      const isWait = milliseconds <= LONGEST_WAIT;
      const timer = setTimeout(callback, isWait ? milliseconds / SPEED : milliseconds);
      return () => clearTimeout(timer);
    },
    settings: {
      responseTimeout: start.patienceMs,
      customHostSettings: [
        { url: start.url, ssl: { certificateAuthoritiesData: start.certificateAuthority } },
      ],
    },
  });
  // The connector measures by the fast clock what an action may take.
  host.registerType(getConnectorType({ actionTimeout: start.actionMs * SPEED }));
  const there = new Set((await host.listConnectors()).map(({ id }) => id));
  for (const connector of start.connectors.filter(({ id }) => !there.has(id))) {
    await host.createConnector({ typeId: ".servicenow", ...connector });
  }
  /** @param {Ask} ask */
  const schedule = ({ id, connectorId, params, patient }) =>
    host.scheduleRuleAction({
      connectorId,
      params,
      variables: {},
      source: { type: "NOTIFICATION", source: id },
      retryForMs: patient ? DAY : undefined,
    });

  // What was asked of the process before this one: only the database knows what it had taken.
  for (const ask of start.open) {
    const task = stored.get(ask.id);
    if (task === undefined) await schedule(ask);
    else if (task.hasEnded) say({ ended: task });
  }
  stored.clear();
  process.on("message", async (/** @type {Told} */ told) => {
    if ("ask" in told) await schedule(told.ask);
    else if ("eventsOf" in told) {
      const lists = told.eventsOf.map((taskId) => host.events({ taskId }));
      say({ events: (await Promise.all(lists)).flatMap((list) => list.toReversed()) });
    }
  });
  host.start();
  say({ ready: true });
}

/**
 * Tells of each task that has ended, once that is stored.
 *
 * @param {Store} store
 */
function tellOfEnds({ tasks }) {
  let count = 0;
  const { end } = tasks;
  tasks.end = (id, state, result) => {
    end(id, state, result);
    const task = tasks.get(id);
    if (task === undefined) return;
    const { source, attempts } = task;
    const ended = { askId: String(source?.source), taskId: id, attempts, state, result };
    count += 1;
    const isDue = count % BETWEEN_SAMPLES === 0;
    // It is stored with more, and all of that before anything else happens.
    setImmediate(() => {
      say({ ended: /** @type {Ended} */ (ended) });
      if (isDue) say({ memory: takeSample(moduleMemory) });
    });
  };
}

/**
 * What the database holds, before the host has it for itself.
 *
 * @param {string} file
 * @returns {Promise<Map<string, Ended & { hasEnded: boolean }>>} by what was asked
 */
async function storedTasks(file) {
  if (!existsSync(file)) return new Map();
  const { Database } = await import("../../host/js/store/database.js");
  const database = new Database(file);
  const rows = database.all(
    "SELECT id, source, state, attempts, result FROM tasks ORDER BY sequence DESC LIMIT ?",
    [LOOKED_AT],
  );
  database.close();
  return new Map(
    rows.map(({ id, source, state, attempts, result }) => {
      const askId = String(JSON.parse(source).source);
      const hasEnded = state === "succeeded" || state === "failed";
      return [askId, { askId, taskId: id, attempts, state, result: JSON.parse(result), hasEnded }];
    }),
  );
}

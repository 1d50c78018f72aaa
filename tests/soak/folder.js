// Where the host of a soak keeps its database: in memory where the machine has a file system of that
// kind. What a process that is killed has written is there in either case, and a disk makes every
// action wait for it.

import { readdirSync, rmSync } from "node:fs";
import { mkdtemp, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const IN_MEMORY = "/dev/shm";
/** Bytes, more than the host keeps of tasks and events. */
const ENOUGH = 1 << 30;
/** @type {NodeJS.Signals[]} */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const NAME = "servicenow-soak-";

/**
 * A folder that nobody else has, and that goes when it is removed, or somebody ends the soak. Those of
 * soaks that were killed go as well.
 *
 * @returns {Promise<{ folder: string, remove: () => void }>}
 */
export async function makeFolder() {
  const place = (await hasRoom(IN_MEMORY)) ? IN_MEMORY : tmpdir();
  removeLeftovers(place);
  const folder = await mkdtemp(path.join(place, `${NAME}${process.pid}-`));
  const remove = () => {
    for (const signal of SIGNALS) process.off(signal, end);
    process.off("exit", remove);
    rmSync(folder, { recursive: true, force: true });
  };
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    remove();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  // Where nobody reads on, or the terminal is closed, a line of output can end it before a signal does.
  process.once("exit", remove);
  return { folder, remove };
}

/** @param {string} place */
function removeLeftovers(place) {
  for (const name of readdirSync(place)) {
    const owner = name.startsWith(NAME) ? Number.parseInt(name.slice(NAME.length), 10) : Number.NaN;
    if (!(owner > 0) || isAlive(owner)) continue;
    try {
      rmSync(path.join(place, name), { recursive: true, force: true });
    } catch {
      // Another user's is for that one to remove.
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user's process nothing else is told.
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} folder */
async function hasRoom(folder) {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize > ENOUGH;
  } catch {
    return false;
  }
}

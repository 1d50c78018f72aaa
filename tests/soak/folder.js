// Where the host of a soak keeps its database: in memory where the machine has a file system of that
// kind. What a process that is killed has written is there in either case, and a disk makes every
// action wait for it.

import { rmSync } from "node:fs";
import { mkdtemp, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const IN_MEMORY = "/dev/shm";
/** Bytes, more than the host keeps of tasks and events. */
const ENOUGH = 1 << 30;
/** @type {NodeJS.Signals[]} */
const SIGNALS = ["SIGINT", "SIGTERM"];

/**
 * A folder that nobody else has, and that goes when it is removed, or somebody ends the soak.
 *
 * @returns {Promise<{ folder: string, remove: () => void }>}
 */
export async function makeFolder() {
  const place = (await hasRoom(IN_MEMORY)) ? IN_MEMORY : tmpdir();
  const folder = await mkdtemp(path.join(place, "servicenow-soak-"));
  const remove = () => {
    for (const signal of SIGNALS) process.off(signal, end);
    rmSync(folder, { recursive: true, force: true });
  };
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    remove();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  return { folder, remove };
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

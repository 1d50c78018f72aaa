// Where the host of a soak keeps its database: in memory where the machine has a file system of that
// kind. What a process that is killed has written is there in either case, and a disk makes every
// action wait for it.

import { mkdtemp, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const IN_MEMORY = "/dev/shm";
/** Bytes, more than the host keeps of tasks and events. */
const ENOUGH = 1 << 30;

/** @returns {Promise<string>} a folder that nobody else has */
export async function makeFolder() {
  return mkdtemp(path.join((await hasRoom(IN_MEMORY)) ? IN_MEMORY : tmpdir(), "servicenow-soak-"));
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

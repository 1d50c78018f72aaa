// Folders and files that nobody else on this machine may read.

import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { messageOf } from "../../js/errors.js";

/** @typedef {import("node:fs").Stats} Stats */

/** A link is not followed, and a pipe not waited for. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Makes the folder, or checks the one that is there: it and what is in it must belong to the user
 * of this process, or to root, who needs no file to get at anything.
 *
 * @param {string} folder
 */
export function makePrivateFolder(folder) {
  let status;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    status = statSync(folder);
  } catch (error) {
    throw new Error(
      `path.data: the folder ${folder} cannot be made (${messageOf(error)}). Set path.data to a ` +
        "folder that this process can write to.",
    );
  }
  checkOwner(folder, status);
  if (process.platform !== "win32" && (status.mode & 0o022) !== 0) {
    throw new Error(
      `Others on this machine can write to ${folder}, and could replace the credentials in it. ` +
        `Run "chmod 700 ${folder}", or choose another path.data.`,
    );
  }
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found) checkOwner(path, found);
  }
}

/**
 * @param {string} path
 * @param {Stats} status
 */
function checkOwner(path, { uid }) {
  // Windows has no such owners.
  if (process.getuid === undefined || uid === process.getuid() || uid === 0) return;
  throw new Error(
    `${path} belongs to another user of this machine, who could replace it. If what it holds is ` +
      `yours, run "chown ${process.getuid()} ${path}"; if not, remove it, or choose another ` +
      "path.data.",
  );
}

/**
 * Reads a file that nobody else can have read or written.
 *
 * @param {string} path
 * @param {string} [before] the version that was read before
 * @returns {{ version: string, text: string | undefined }} no text where it is as before
 */
export function readPrivateFile(path, before) {
  const file = openNoOther(path);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw notRegular(path);
    checkOwner(path, status);
    if (process.platform !== "win32" && (status.mode & 0o077) !== 0) {
      throw new Error(
        `${path} is open to other users of this machine. Run "chmod 600 ${path}"; if others may ` +
          "have changed it, remove it, and start again: new credentials are made.",
      );
    }
    const { ino, mtimeMs, ctimeMs, size } = status;
    const version = `${ino}:${mtimeMs}:${ctimeMs}:${size}`;
    return { version, text: version === before ? undefined : readFileSync(file, "utf8") };
  } finally {
    closeSync(file);
  }
}

/** @param {string} path */
function openNoOther(path) {
  try {
    return openSync(path, READ_ONLY);
  } catch (error) {
    const { code = "" } = /** @type {NodeJS.ErrnoException} */ (error);
    if (["ELOOP", "ENXIO"].includes(code)) throw notRegular(path);
    throw error;
  }
}

/** @param {string} path */
function notRegular(path) {
  return new Error(
    `${path} is no regular file. Remove it, and start again: new credentials are made.`,
  );
}

/**
 * Writes all of a file or nothing of it.
 *
 * @param {string} path
 * @param {string} text
 */
export function writePrivateFile(path, text) {
  const unfinished = `${path}.${randomUUID()}`;
  const file = openSync(unfinished, "wx", 0o600);
  try {
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

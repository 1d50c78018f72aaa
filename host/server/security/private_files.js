// Folders and files that nobody else on this machine may read.

import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * Makes the folder, or checks the one that is there.
 *
 * @param {string} folder
 */
export function makePrivateFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const status = statSync(folder);
  if (!status.isDirectory()) throw new Error(`${folder} is no folder. Choose another path.data.`);
  if (process.platform !== "win32" && (status.mode & 0o022) !== 0) {
    throw new Error(
      `Others on this machine can write to ${folder}, and could replace the credentials in it. ` +
        `Run "chmod 700 ${folder}", or choose another path.data.`,
    );
  }
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

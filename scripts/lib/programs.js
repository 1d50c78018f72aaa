// Finds programs on this machine, and installs those that Debian has when we may.

import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { SetupError } from "./failure.js";
import { run, runShown } from "./run.js";

/**
 * The path of a program on PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find(isProgram);
}

/** @param {string} file */
export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * What has to be installed: a text that says what is missing, the packages that Debian has it in,
 * and the command that installs it on macOS.
 *
 * @typedef {{ missing: string, debian: string[], macos: string }} SystemNeed
 */

/**
 * Installs Debian packages where that is possible, and otherwise names the command.
 * @param {SystemNeed} need
 */
export async function installSystemPackages({ missing, debian, macos }) {
  const install = ["apt-get", "install", "-y", "--no-install-recommends", ...debian].join(" ");
  if (process.platform === "darwin") throw new SetupError(missing, `Install it with: ${macos}`);
  if (!existsSync("/etc/debian_version")) {
    throw new SetupError(
      missing,
      `Install what your system calls ${debian.join(", ")} (Debian: sudo ${install})`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(missing, `Install it with: sudo apt-get update && sudo ${install}`);
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const [program = "", ...args] = install.split(" ");
  const update = () => runShown("Update Debian's package lists", program, ["update"], env);
  const title = `Install ${debian.join(", ")}`;
  if (await arePackagesKnown(debian)) {
    try {
      await runShown(title, program, args, env);
      return;
    } catch {
      // Old lists name files that are gone: once more with new ones.
    }
  }
  try {
    await update();
    await runShown(title, program, args, env);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new SetupError(`${missing} (${message})`, `Install it by hand: ${install}`);
  }
}

/** @param {string[]} packages */
async function arePackagesKnown(packages) {
  try {
    await run("apt-cache", ["show", "--no-all-versions", ...packages]);
    return true;
  } catch {
    return false;
  }
}

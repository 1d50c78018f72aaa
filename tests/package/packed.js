/** The package as its users get it: a tarball, and an empty project that it is installed into. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A tarball in a folder that is gone with the process, that is, after the tests of a file.
 *
 * @returns {{ folder: string, tarball: string, files: string[] }} `files` by their paths in it
 */
export function pack() {
  const folder = mkdtempSync(path.join(tmpdir(), "package-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], ROOT));
  const files = packed.files.map((/** @type {{ path: string }} */ file) => file.path);
  return { folder, tarball: path.join(folder, packed.filename), files: files.sort() };
}

/**
 * An empty project with the package in it, and with nothing that this repository has.
 *
 * @returns {string} its folder
 */
export function install() {
  const { folder, tarball } = pack();
  writeFileSync(path.join(folder, "package.json"), "{}");
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], folder);
  return folder;
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
export function run(program, args, cwd) {
  return execFileSync(program, args, { cwd, encoding: "utf8" });
}

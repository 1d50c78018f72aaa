// An empty project with the package installed from its tarball, the suite, the programs, and the module
// with faults on purpose.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { dataModule } from "./data.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** @returns {{ folder: string, remove: () => void }} */
export function makeProject() {
  const folder = mkdtempSync(path.join(tmpdir(), "conformance-"));
  /** @type {(args: string[], cwd: string) => string} */
  const npm = (args, cwd) => execFileSync("npm", args, { cwd, encoding: "utf8" });
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], ROOT));
  writeFileSync(path.join(folder, "package.json"), '{ "private": true, "type": "module" }');
  npm(["install", "--offline", "--no-audit", "--no-fund", filename], folder);
  cpSync(path.join(HERE, "programs"), folder, { recursive: true });
  cpSync(path.join(HERE, "suite"), path.join(folder, "suite"), { recursive: true });
  cpSync(path.join(ROOT, "target/traps"), path.join(folder, "traps"), { recursive: true });
  writeFileSync(path.join(folder, "suite/data.js"), dataModule());
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

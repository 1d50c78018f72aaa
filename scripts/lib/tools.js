// Programs that are compiled for the project alone, into a folder of its own.

import { working } from "./progress.js";
import { inProject } from "./root.js";
import { run } from "./run.js";

/**
 * Where a tool is, or would be.
 * @param {string} name
 */
export function toolPath(name) {
  return inProject(`.tools/bin/${name}`);
}

/**
 * Compiles the programs of a crate, over those that may be there. They are not optimised: that takes
 * longer than they would ever save. Nor have they features: none of them needs any to do its work here.
 *
 * @param {string} crate
 * @param {string} version
 */
export async function installTool(crate, version) {
  const what = [crate, "--version", version, "--no-default-features", "--profile", "dev"];
  const install = ["install", ...what, "--root", ".tools", "--force"];
  const env = { CARGO_PROFILE_DEV_DEBUG: "0" };
  await working(`Install ${crate} ${version} (some minutes, once)`, async (onLine) => {
    try {
      await run("cargo", [...install, "--locked"], { env, onLine });
    } catch {
      // Its lock file may name a crate that a registry's mirror has not got yet.
      await run("cargo", install, { env, onLine });
    }
  });
}

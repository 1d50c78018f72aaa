// Makes the API reference in dist/reference/, of the declarations and of the crates.

import { cpSync, rmSync } from "node:fs";
import { inProject } from "./root.js";
import { runShown } from "./run.js";

/**
 * Fails where a tool has a warning: a link that leads nowhere, a type that nobody can name.
 *
 * @returns {Promise<string[]>} the first page of each
 */
export async function makeReference() {
  rmSync(inProject("dist/reference"), { recursive: true, force: true });
  const typedoc = inProject("docs/reference/node_modules/.bin/typedoc");
  const options = ["--options", inProject("docs/reference/typedoc.json")];
  await runShown("Make the reference of the package", typedoc, options);
  const target = ["--target-dir", inProject("target")];
  const args = ["doc", "--workspace", "--no-deps", "--document-private-items", ...target];
  await runShown("Make the reference of the crates", "cargo", args, {
    RUSTDOCFLAGS: "-D warnings",
  });
  cpSync(inProject("target/doc"), inProject("dist/reference/rust"), { recursive: true });
  return [
    "dist/reference/javascript/index.html",
    "dist/reference/rust/servicenow_itsm_connector/index.html",
  ];
}

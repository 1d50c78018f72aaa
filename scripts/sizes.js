// `npm run sizes`: says which crates and parts the bytes of the connector's module belong to.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ensureWasmTools } from "./lib/artefacts.js";
import { installNpmPackages } from "./lib/build.js";
import { command } from "./lib/command.js";
import { partsOf } from "./lib/module-parts.js";
import { inProject } from "./lib/root.js";
import { runShown } from "./lib/run.js";
import { WASM_TARGET, wasmBindgen } from "./lib/rust.js";
import { table } from "./lib/table.js";
import { FEATURES } from "./lib/wasm-module.js";

const USAGE = `Usage: npm run sizes [-- --help]

Builds the connector's module once more, with the names of its functions, and prints how many bytes of
it each crate and each part of the connector has.`;

const CRATE = "servicenow_itsm_connector";
const FOLDER = "target/sizes";

/** What is smaller is counted together, in bytes. */
const LEAST = 2500;

await command(USAGE, [], async () => {
  await installNpmPackages();
  await ensureWasmTools();
  const bytes = await namedModule();
  const { parts, code, data } = partsOf(bytes, CRATE);
  const sorted = [...parts].sort(([, a], [, b]) => b - a);
  const large = sorted.filter(([, size]) => size >= LEAST);
  const small = sorted.filter(([, size]) => size < LEAST);
  const rows = [
    ...large,
    [`${small.length} smaller ones`, small.reduce((sum, [, size]) => sum + size, 0)],
    ["data: texts, tables of the ciphers and of numbers", data],
    ["in all", code + data],
  ].map(([part, size]) => [`${part}`, size?.toLocaleString("en") ?? ""]);
  console.log(table([["part", "bytes"], ...rows], { right: [1] }));
  return 0;
});

/** The module as it ships, but with the names of its functions. */
async function namedModule() {
  mkdirSync(inProject(FOLDER), { recursive: true });
  const cargo = ["build", "--lib", "--profile", "wasm", "--target", WASM_TARGET];
  await runShown(
    "Compile the connector with names",
    "cargo",
    [...cargo, "--target-dir", inProject(FOLDER)],
    { CARGO_PROFILE_WASM_STRIP: "none" },
  );
  const compiled = path.join(inProject(FOLDER), WASM_TARGET, "wasm", `${CRATE}.wasm`);
  const out = ["--target", "bundler", "--keep-debug", "--out-dir", inProject(FOLDER)];
  await runShown("Make its bindings", wasmBindgen, [...out, "--out-name", "connector", compiled]);
  const bound = inProject(FOLDER, "connector_bg.wasm");
  const named = inProject(FOLDER, "named.wasm");
  const options = [bound, "-g", "-Oz", "-o", named, ...FEATURES];
  await runShown("Optimise it", "node", [
    inProject("node_modules/binaryen/bin/wasm-opt"),
    ...options,
  ]);
  return readFileSync(named);
}

// Which lines of `src/` the Rust tests run: compiled with counters, run, and read by LLVM's tools.

import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { working } from "../progress.js";
import { inProject, root } from "../root.js";
import { run, runShown } from "../run.js";
import { ensureLlvmTools } from "../rust.js";
import { piecesOf, withCode, withoutTests } from "./pieces.js";

/** @typedef {import("./pieces.js").Lines} Lines */
/** @typedef {import("./report.js").Covered} Covered */

const PROFILES = "target/coverage/profiles";
const MERGED = inProject("target/coverage/rust.profdata");

/** @returns {Promise<Covered[]>} */
export async function rustCoverage() {
  const { profdata, cov } = await ensureLlvmTools();
  const env = {
    CARGO_ENCODED_RUSTFLAGS: "-Cinstrument-coverage",
    CARGO_TARGET_DIR: inProject("target/coverage/rust"),
    LLVM_PROFILE_FILE: inProject(PROFILES, "%p-%m.profraw"),
    // The properties' inputs, the same each time: what they reach must not depend on luck.
    PROPTEST_RNG_SEED: "1",
  };
  const tests = ["test", "--workspace", "--tests"];
  const json = ["--no-run", "--message-format=json"];
  const compiled = await working("Compile the Rust tests with counters", (onLine) =>
    run("cargo", [...tests, ...json], {
      env,
      onLine: (line) => line.startsWith("{") || onLine(line),
    }),
  );
  rmSync(inProject(PROFILES), { recursive: true, force: true });
  await runShown("Run the Rust tests", "cargo", tests, env);
  const profiles = readdirSync(inProject(PROFILES)).map((file) => inProject(PROFILES, file));
  await run(profdata, ["merge", "-sparse", "-o", MERGED, ...profiles]);
  const objects = executables(compiled.stdout).flatMap((file) => ["--object", file]);
  const exported = await run(cov, [
    "export",
    "--format=lcov",
    `--instr-profile=${MERGED}`,
    ...objects,
  ]);
  const lines = linesOf(exported.stdout);
  return sources().map((file) => coveredOf(file, lines.get(file)));
}

/**
 * The tests that cargo has compiled.
 *
 * @param {string} messages a line of JSON each
 * @returns {string[]} their paths
 */
export function executables(messages) {
  return messages
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line).executable)
    .filter(Boolean);
}

/**
 * Reads a report in LCOV's form.
 *
 * @param {string} lcov
 * @returns {Map<string, Lines>} by the file's path in the project
 */
export function linesOf(lcov) {
  /** @type {Map<string, Lines>} */
  const files = new Map();
  let lines = /** @type {Lines} */ ({ covered: [], uncovered: [] });
  for (const record of lcov.split("\n")) {
    const [, kind, value = ""] = /^(SF|DA):(.*)/.exec(record) ?? [];
    if (kind === "SF") {
      lines = { covered: [], uncovered: [] };
      files.set(path.relative(root, value).replaceAll(path.sep, "/"), lines);
    } else if (kind === "DA") {
      const [line, count] = value.split(",");
      (count === "0" ? lines.uncovered : lines.covered).push(Number(line));
    }
  }
  return files;
}

/**
 * The files of `src/` that hold code, without those of tests.
 * @returns {string[]}
 */
export function sources() {
  return readdirSync(inProject("src"), { recursive: true, encoding: "utf8" })
    .map((file) => `src/${file.replaceAll(path.sep, "/")}`)
    .filter((file) => file.endsWith(".rs") && !/\/tests(\/|\.rs$)/.test(file))
    .sort();
}

/**
 * @param {string} file
 * @param {Lines} [reported] nothing where the compiler has seen nothing that runs
 * @returns {Covered}
 */
export function coveredOf(file, reported) {
  const source = readFileSync(inProject(file), "utf8");
  const lines = withoutTests(source, reported ?? notCompiled(source));
  return { file, ...withCode(source.split("\n"), lines), pieces: piecesOf(source, lines) };
}

/**
 * The lines of a file that is compiled for another target only, or that declares and runs nothing.
 *
 * @param {string} source
 * @returns {Lines}
 */
function notCompiled(source) {
  const uncovered = source
    .split("\n")
    .flatMap((text, index) => (/\bfn \w+.*\{$/.test(text) ? [index + 1] : []));
  return { covered: [], uncovered };
}

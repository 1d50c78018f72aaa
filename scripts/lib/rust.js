// The Rust side of the set-up: cargo, the wasm target, and the wasm-bindgen tool that matches the
// crate, in the project's own folder.

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { SetupError } from "./failure.js";
import { findProgram, installSystemPackages, isProgram } from "./programs.js";
import { inProject } from "./root.js";
import { run, runShown } from "./run.js";
import { installTool, toolPath } from "./tools.js";

export const WASM_TARGET = "wasm32-unknown-unknown";

const RUSTUP_REMEDY =
  "Install rustup with: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";

/** Makes sure that cargo runs, is new enough, and can link. */
export async function ensureRust() {
  findCargo();
  await ensureToolchain();
  await ensureLinker();
}

/** Makes sure that `cargo fmt` and `cargo clippy` run. */
export async function ensureRustComponents() {
  for (const [component, args] of /** @type {const} */ ([
    ["rustfmt", ["fmt", "--version"]],
    ["clippy", ["clippy", "--version"]],
  ])) {
    if (await succeeds("cargo", [...args])) continue;
    await rustup(`Install ${component}`, ["component", "add", component]);
  }
}

/**
 * Makes sure that LLVM's tools for coverage are there, in the versions that fit the compiler.
 *
 * @returns {Promise<{ profdata: string, cov: string }>} their paths
 */
export async function ensureLlvmTools() {
  const { stdout } = await run("rustc", ["--print", "target-libdir"]);
  const tool = (/** @type {string} */ name) => path.join(stdout.trim(), "../bin", name);
  const tools = { profdata: tool("llvm-profdata"), cov: tool("llvm-cov") };
  if (!Object.values(tools).every(isProgram)) {
    await rustup("Install Rust's llvm-tools", ["component", "add", "llvm-tools"]);
  }
  return tools;
}

/** Makes sure that crates can be compiled to WebAssembly. */
export async function ensureWasmTarget() {
  const { stdout } = await run("rustc", ["--print", "sysroot"]);
  if (existsSync(path.join(stdout.trim(), "lib/rustlib", WASM_TARGET, "lib"))) return;
  await rustup(`Install Rust's ${WASM_TARGET} target`, ["target", "add", WASM_TARGET]);
}

/** Makes sure that `.tools/bin` has the wasm-bindgen tools of the crate's exact version. */
export async function ensureWasmBindgen() {
  const version = lockedVersion(readFileSync(inProject("Cargo.lock"), "utf8"), "wasm-bindgen");
  const isThere = async () => (await installedWasmBindgen()) === version;
  if (await isThere()) return;
  await installTool("wasm-bindgen-cli", version);
  if (await isThere()) return;
  throw new SetupError(
    `.tools/bin/wasm-bindgen is not of version ${version} though it was just installed.`,
    "Delete the folder .tools and try again.",
  );
}

/** The path of one of the wasm-bindgen tools. */
export const wasmBindgen = toolPath("wasm-bindgen");
export const wasmTestRunner = toolPath("wasm-bindgen-test-runner");

/** Makes sure that `.tools/bin` has cargo-fuzz, and that what it fuzzes with can be compiled. */
export async function ensureCargoFuzz() {
  await ensureCompilerOfCpp();
  const isThere = async () => isProgram(cargoFuzz) && (await succeeds(cargoFuzz, ["--version"]));
  if (await isThere()) return;
  await installTool("cargo-fuzz", CARGO_FUZZ_VERSION);
  if (await isThere()) return;
  throw new SetupError(
    ".tools/bin/cargo-fuzz does not run though it was just installed.",
    "Delete the folder .tools and try again.",
  );
}

export const cargoFuzz = toolPath("cargo-fuzz");
const CARGO_FUZZ_VERSION = "0.13.2";

/**
 * The version that Cargo.lock has of a package.
 *
 * @param {string} lock
 * @param {string} name
 */
export function lockedVersion(lock, name) {
  const version = new RegExp(`^name = "${name}"\\r?\\nversion = "([^"]+)"`, "m").exec(lock)?.[1];
  if (version !== undefined) return version;
  throw new SetupError(
    `Cargo.lock names no package ${name}.`,
    "Restore it with: git checkout Cargo.lock",
  );
}

/** Puts the folder of cargo on PATH where a shell was not told of it. */
function findCargo() {
  if (findProgram("cargo")) return;
  const cargoHome = process.env.CARGO_HOME || path.join(homedir(), ".cargo");
  const folders = [
    path.join(cargoHome, "bin"),
    // Where Homebrew puts rustup's, on Apple silicon and on Intel.
    "/opt/homebrew/opt/rustup/bin",
    "/usr/local/opt/rustup/bin",
  ];
  const folder = folders.find((candidate) => isProgram(path.join(candidate, "cargo")));
  if (folder === undefined) {
    throw new SetupError(
      "Rust is missing: there is no cargo on PATH or in ~/.cargo/bin.",
      RUSTUP_REMEDY,
    );
  }
  process.env.PATH = `${folder}${path.delimiter}${process.env.PATH ?? ""}`;
}

async function ensureToolchain() {
  // rustup without a toolchain has a cargo that only says so.
  if (!(await succeeds("cargo", ["--version"]))) {
    await rustup("Install the stable Rust toolchain", ["default", "stable"]);
  }
  const manifest = readFileSync(inProject("Cargo.toml"), "utf8");
  const needed = /^rust-version = "([^"]+)"/m.exec(manifest)?.[1] ?? "0";
  const { stdout } = await run("rustc", ["--version"]);
  const installed = /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? "0";
  if (installed.localeCompare(needed, "en", { numeric: true }) < 0) {
    throw new SetupError(
      `Rust ${needed} or later is needed, and this is ${installed}.`,
      "Update it with: rustup update stable && rustup default stable",
    );
  }
}

async function ensureLinker() {
  // macOS has a cc that only asks for the developer tools when they are missing.
  const isThere =
    process.platform === "darwin" ? await succeeds("xcode-select", ["-p"]) : findProgram("cc");
  if (isThere) return;
  await installSystemPackages({
    missing: "A C compiler is missing: Rust links with it.",
    debian: ["gcc", "libc6-dev"],
    macos: "xcode-select --install",
  });
}

async function ensureCompilerOfCpp() {
  // What macOS has for C it has for C++ too.
  if (process.platform === "darwin" || findProgram("c++")) return;
  await installSystemPackages({
    missing: "A C++ compiler is missing: the fuzzer is written in C++.",
    debian: ["g++"],
    macos: "xcode-select --install",
  });
}

/**
 * @param {string} title
 * @param {string[]} args
 */
async function rustup(title, args) {
  if (!findProgram("rustup")) {
    throw new SetupError(`${title}: this needs rustup, which is missing.`, RUSTUP_REMEDY);
  }
  await runShown(title, "rustup", args);
}

/** @returns {Promise<string | undefined>} */
async function installedWasmBindgen() {
  if (!isProgram(wasmBindgen) || !isProgram(wasmTestRunner)) return undefined;
  try {
    return (await run(wasmBindgen, ["--version"])).stdout.trim().split(" ").at(-1);
  } catch {
    // Built for another machine: as good as missing.
    return undefined;
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 */
async function succeeds(program, args) {
  try {
    await run(program, args);
    return true;
  } catch {
    return false;
  }
}

// Makes a WebAssembly module of a crate: compiles it, generates its bindings, optimises it, and
// measures it. What remains is what ships; loaders are our own.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { asFactory } from "./factory.js";
import { SetupError } from "./failure.js";
import { callsForProducts, writeOutProducts } from "./products.js";
import { inProject } from "./root.js";
import { run, runShown } from "./run.js";
import { WASM_TARGET, wasmBindgen } from "./rust.js";
import { shortener } from "./short-names.js";

// What rustc lets its modules use.
export const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((feature) => `--enable-${feature}`);

/**
 * @typedef {object} WasmModule
 * @property {string} name how its files begin
 * @property {string} crate
 * @property {string} folder where they are put
 * @property {string} [level] how wasm-opt optimises it; not at all without it
 * @property {boolean} [fastNumbers] whether products of 64-bit numbers are to be computed fast
 * @property {string} [feature] of the crate
 * @property {"wasm" | "dev"} [profile] what ships is built with `wasm`
 */

/** @typedef {{ raw: number, gzip: number, brotli: number }} Sizes */

/**
 * The files of a module.
 * @param {WasmModule} module
 */
export function filesOf({ name, folder }) {
  return {
    wasm: path.join(folder, `${name}_bg.wasm`),
    wasmTypes: path.join(folder, `${name}_bg.d.wasm.ts`),
    bindings: path.join(folder, `${name}_bg.js`),
    types: path.join(folder, `${name}_bg.d.ts`),
  };
}

/**
 * @param {WasmModule} module
 * @returns {Promise<Sizes>}
 */
export async function makeWasmModule(module) {
  const files = filesOf(module);
  for (const file of Object.values(files)) rmSync(inProject(file), { force: true });
  mkdirSync(inProject(module.folder), { recursive: true });
  await generateBindings(module, await compileInTurn(module));
  if (module.level) await optimise(module, module.level);
  return sizesOf(readFileSync(inProject(files.wasm)));
}

/**
 * @param {WasmModule} module
 * @param {string} level
 */
async function optimise(module, level) {
  const wasm = inProject(filesOf(module).wasm);
  const rest = [level, "-o", wasm];
  if (!module.fastNumbers) return wasmOpt(`Optimise the ${module.name}`, wasm, rest);
  const text = inProject("target", `${module.name}.wat`);
  const asText = ["--ssa-nomerge", "--debuginfo", "--emit-text", "-o", text];
  await wasmOpt(`Write the ${module.name} as text`, wasm, asText);
  const bindings = inProject(filesOf(module).bindings);
  const shorten = shortener(readFileSync(bindings, "utf8"));
  rewrite(bindings, shorten);
  rewrite(text, (wat) => withFastProducts(shorten(wat)));
  await wasmOpt(`Optimise the ${module.name}`, text, rest);
}

/**
 * Signing takes a quarter longer without them, and no test would tell.
 *
 * @param {string} text
 */
function withFastProducts(text) {
  const changed = writeOutProducts(text);
  if (callsForProducts(changed) < callsForProducts(text)) return changed;
  const remedy = "scripts/lib/products.js has to learn what they look like now.";
  throw new SetupError("No product of 64-bit numbers is known in the module's text.", remedy);
}

/**
 * @param {string} file
 * @param {(text: string) => string} change
 */
function rewrite(file, change) {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/**
 * @param {string} title
 * @param {string} from the module's file
 * @param {string[]} options
 */
async function wasmOpt(title, from, options) {
  const program = inProject("node_modules/binaryen/bin/wasm-opt");
  await runShown(title, "node", [program, from, ...options, ...FEATURES]);
}

/** The compilation before, failed or not. */
let compiled = Promise.resolve();

/**
 * Compiles one after another, in the order in which they are asked for: cargo would have each wait for
 * the others, too, but nobody knows for which first.
 *
 * @param {WasmModule} module
 * @returns {Promise<string>} the module's file
 */
function compileInTurn(module) {
  const file = compiled.then(() => compile(module));
  compiled = file.then(
    () => {},
    () => {},
  );
  return file;
}

/** @param {WasmModule} module */
async function compile({ name, crate, feature, profile = "wasm" }) {
  const args = ["build", "--lib", "-p", crate, "--profile", profile, "--target", WASM_TARGET];
  if (feature) args.push("--features", feature);
  // Named, because a person may have another one configured.
  const folder = inProject("target");
  await runShown(`Compile the ${name}`, "cargo", [...args, "--target-dir", folder]);
  const place = profile === "dev" ? "debug" : profile;
  return path.join(folder, WASM_TARGET, place, `${crate.replaceAll("-", "_")}.wasm`);
}

/**
 * @param {WasmModule} module
 * @param {string} compiled
 */
async function generateBindings(module, compiled) {
  const { name, folder } = module;
  const out = ["--target", "bundler", "--out-dir", inProject(folder), "--out-name", name];
  await run(wasmBindgen, [...out, compiled]);
  // The generated loader is for bundlers that import modules. Its types are those of the bindings,
  // which a loader of ours gives the module to.
  rmSync(inProject(folder, `${name}.js`));
  rmSync(inProject(folder, `${name}_bg.wasm.d.ts`));
  const { bindings, types, wasmTypes } = filesOf(module);
  const generatedTypes = inProject(folder, `${name}.d.ts`);
  const made = asFactory(
    readFileSync(inProject(bindings), "utf8"),
    readFileSync(generatedTypes, "utf8"),
  );
  rmSync(generatedTypes);
  writeFileSync(inProject(bindings), made.code);
  writeFileSync(inProject(types), made.types);
  // What an import of the module gives, where a runtime knows such imports.
  writeFileSync(
    inProject(wasmTypes),
    "declare const module: WebAssembly.Module;\nexport default module;\n",
  );
}

/**
 * @param {Buffer} bytes
 * @returns {Sizes}
 */
function sizesOf(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

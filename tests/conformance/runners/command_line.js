// The runtimes that run a program from the command line: Node, Deno, Bun, workerd.

import { execFile } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { nodeBundlers } from "./bundlers.js";

/** @import { Runner } from "../run.js" */

const run = promisify(execFile);
const PACKAGES = fileURLToPath(new URL("../node_modules", import.meta.url));
const [THIS_NODE = ""] = process.versions.node.split(".");
const PLATFORM = `${process.platform}-${process.arch}`;

/** What Kibana's own Node has, as far as a Node knows it (kibana-host.md 8). */
const STRICT = ["--no-experimental-require-module", "--disallow-code-generation-from-strings"];

const FAULTS = "after faults of the module";

/** Where the runtimes' packages have their programs, on the systems they exist for. */
const NODES = [
  ["22", path.join(PACKAGES, `node22-${PLATFORM}/bin/node`)],
  ["24", path.join(PACKAGES, `node24-${PLATFORM}/bin/node`)],
];
const BUN = path.join(PACKAGES, `@oven/bun-${PLATFORM.replace("arm64", "aarch64")}/bin/bun`);
const DENO = path.join(PACKAGES, "deno/bin.cjs");
const DENO_RUN = [DENO, "run", "--allow-all", "--no-remote", "--node-modules-dir=manual"];
const WORKERD = path.join(PACKAGES, "workerd/bin/workerd");

/** @type {Runner[]} */
export const commandLineRunners = [
  ...nodeRunners(THIS_NODE, process.execPath),
  ...nodeBundlers.map(([how, bundle]) => ({
    runtime: `Node ${THIS_NODE}`,
    how,
    needs: process.execPath,
    run: async (/** @type {string} */ folder) =>
      report(process.execPath, folder, [await bundle(folder)]),
  })),
  ...NODES.filter(([name]) => name !== THIS_NODE).flatMap(([name = "", program = ""]) =>
    nodeRunners(name, program),
  ),
  {
    runtime: "Deno",
    how: "`import`",
    needs: DENO,
    run: (folder) => report(process.execPath, folder, [...DENO_RUN, "import.mjs"]),
  },
  {
    runtime: "Deno",
    how: FAULTS,
    needs: DENO,
    run: (folder) => report(process.execPath, folder, [...DENO_RUN, "faults.mjs"]),
  },
  {
    runtime: "Bun",
    how: "`import`",
    needs: BUN,
    run: (folder) => report(BUN, folder, ["import.mjs"]),
  },
  {
    runtime: "Bun",
    how: "`require`",
    needs: BUN,
    run: (folder) => report(BUN, folder, ["require.cjs"]),
  },
  {
    runtime: "Bun",
    how: FAULTS,
    needs: BUN,
    run: (folder) => report(BUN, folder, ["faults.mjs"]),
  },
  {
    runtime: "workerd",
    how: "`import`, bundled by esbuild",
    needs: WORKERD,
    run: (folder) => runWorkerd(folder, "worker.js", "node_modules/servicenow-itsm-connector/pkg"),
  },
  {
    runtime: "workerd",
    how: FAULTS,
    needs: WORKERD,
    run: (folder) => runWorkerd(folder, "worker_faults.js", "traps"),
  },
];

/**
 * @param {string} name
 * @param {string} program
 * @returns {Runner[]}
 */
function nodeRunners(name, program) {
  const of = { runtime: `Node ${name}`, needs: program };
  return [
    { ...of, how: "`import`", run: (folder) => report(program, folder, ["import.mjs"]) },
    { ...of, how: "`require`", run: (folder) => strictly(program, folder, "require.cjs") },
    { ...of, how: FAULTS, run: (folder) => report(program, folder, ["faults.mjs"]) },
    { ...of, how: "in a Kibana plugin", run: (folder) => strictly(program, folder, "kibana.cjs") },
  ];
}

/**
 * Without help for requiring ES modules, and without code from texts.
 *
 * @param {string} program
 * @param {string} folder
 * @param {string} file
 */
async function strictly(program, folder, file) {
  const known = "console.log(JSON.stringify([...process.allowedNodeEnvironmentFlags]))";
  const { stdout } = await run(program, ["--eval", known]);
  const flags = STRICT.filter((flag) => JSON.parse(stdout).includes(flag));
  return report(program, folder, [...flags, file]);
}

/**
 * @param {string} folder
 * @param {string} worker
 * @param {string} place of the module
 */
async function runWorkerd(folder, worker, place) {
  const outdir = path.join(folder, "dist/workerd");
  await build({
    absWorkingDir: folder,
    entryPoints: [worker],
    outfile: path.join(outdir, "worker.js"),
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    logLevel: "silent",
    plugins: [
      {
        name: "module",
        setup(build) {
          // What a worker imports are modules beside it.
          build.onResolve({ filter: /\.wasm$/ }, () => ({
            path: "./connector.wasm",
            external: true,
          }));
        },
      },
    ],
  });
  copyFileSync(path.join(folder, place, "connector_bg.wasm"), path.join(outdir, "connector.wasm"));
  copyFileSync(path.join(folder, "workerd.capnp"), path.join(outdir, "workerd.capnp"));
  return report(WORKERD, outdir, ["test", "workerd.capnp"]);
}

/**
 * What a program prints last.
 *
 * @param {string} program
 * @param {string} cwd
 * @param {string[]} args
 * @returns {Promise<import("../suite/suite.js").Report>}
 */
async function report(program, cwd, args) {
  const { stdout, stderr } = await run(program, args, { cwd, timeout: 120_000 });
  const line = `${stdout}\n${stderr}`.split("\n").findLast((line) => line.includes('{"passed":'));
  if (!line) throw new Error(`no report: ${stdout}${stderr}`);
  return JSON.parse(line.slice(line.indexOf('{"passed":')));
}

/** @param {Runner} runner */
export const isHere = ({ needs }) => needs === undefined || existsSync(needs);

// The libraries that the built-in type needs for the same work, in an empty project as a user installs
// them, and as one file.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { inProject } from "../../scripts/lib/root.js";
import { runShown } from "../../scripts/lib/run.js";

export const LIBRARIES = "four libraries";
export const NAMES = "axios, jsonwebtoken, mustache and zod";

// It validates a config, as far as that has a counterpart in cold-start/import.mjs.
const PROGRAM = `import axios from "axios";
import jsonwebtoken from "jsonwebtoken";
import mustache from "mustache";
import { z } from "zod";

export { axios, jsonwebtoken, mustache, z };

const nullableText = () => z.string().nullable().default(null);
z.object({
  apiUrl: z.string(),
  isOAuth: z.boolean().default(false),
  userIdentifierValue: nullableText(),
  clientId: nullableText(),
  jwtKeyId: nullableText(),
  usesTableApi: z.boolean().default(true),
}).strict().parse({ apiUrl: "https://dev12345.service-now.com" });
`;

/** @type {Promise<{ project: string, bundle: string }> | undefined} */
let installed;

/**
 * The project's folder and the bundle in it; both are gone with the process.
 */
export function installedLibraries() {
  installed ??= install();
  return installed;
}

async function install() {
  const project = mkdtempSync(path.join(tmpdir(), "libraries-"));
  process.once("exit", () => rmSync(project, { recursive: true }));
  writeFileSync(path.join(project, "package.json"), "{}");
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  await runShown("Install the libraries", "npm", [
    "install",
    ...quiet,
    "--prefix",
    project,
    ...versions(),
  ]);
  writeFileSync(path.join(project, "program.mjs"), PROGRAM);
  const bundle = path.join(project, "bundle.cjs");
  await build({
    absWorkingDir: project,
    entryPoints: ["program.mjs"],
    outfile: bundle,
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    logLevel: "silent",
  });
  return { project, bundle };
}

/** The versions that the other benchmarks have. */
function versions() {
  const read = (/** @type {string} */ file) =>
    JSON.parse(readFileSync(inProject(file), "utf8")).devDependencies;
  const { axios, jsonwebtoken } = read("benches/package.json");
  const { mustache, zod4 } = read("package.json");
  return [`axios@${axios}`, `jsonwebtoken@${jsonwebtoken}`, `mustache@${mustache}`, zod4.slice(4)];
}

// Asks RustSec and npm about the dependencies, and compares what they say with the exceptions that
// are written down: `{ "RUSTSEC-…": "the reason" }` for Rust, advisories by their URL for npm.

import { readFileSync } from "node:fs";
import { CommandFailed } from "./failure.js";
import { isProgram } from "./programs.js";
import { working } from "./progress.js";
import { inProject } from "./root.js";
import { run } from "./run.js";
import { ensureRust } from "./rust.js";
import { installTool, toolPath } from "./tools.js";

/** @typedef {{ id: string, text: string }} Advisory */
/** @typedef {{ advisories: Advisory[] } | { unknown: string }} Answer what is known, or why nothing is */

const OK = 0;
const OPEN = 1;
const NOTHING_PROVED = 3;

/** What ships and what tests it, and what fuzzes it. */
const LOCK_FILES = ["Cargo.lock", "fuzz/Cargo.lock"];

const CARGO_AUDIT = toolPath("cargo-audit");
const CARGO_AUDIT_VERSION = "0.22.2";

/** @returns {Promise<number>} the exit status */
export async function audit() {
  const exceptions = JSON.parse(readFileSync(inProject("scripts/audit.json"), "utf8"));
  await ensureRust();
  await ensureCargoAudit();
  const rust = judge("Rust", await askRustSec(), exceptions.rust);
  const npm = judge("npm", await askNpm(), exceptions.npm);
  // What is open is worse than what is not known.
  return [OPEN, NOTHING_PROVED].find((status) => [rust, npm].includes(status)) ?? OK;
}

/**
 * Prints what an answer comes to.
 *
 * @param {string} name
 * @param {Answer} answer
 * @param {Record<string, string>} exceptions
 * @returns {number}
 */
export function judge(name, answer, exceptions) {
  if ("unknown" in answer) {
    console.log(`\n${name}: not audited. ${answer.unknown}`);
    return NOTHING_PROVED;
  }
  const known = new Set(answer.advisories.map(({ id }) => id));
  const open = answer.advisories.filter(({ id }) => !Object.hasOwn(exceptions, id));
  const needless = Object.keys(exceptions).filter((id) => !known.has(id));
  for (const { id, text } of open) console.log(`\n${name}: ${id}: ${text}`);
  for (const id of needless) {
    console.log(`\n${name}: the exception ${id} is not needed any more: take it out.`);
  }
  for (const [id, reason] of Object.entries(exceptions)) {
    if (known.has(id)) console.log(`${name}: ${id} is accepted: ${reason}`);
  }
  const isClean = open.length + needless.length === 0;
  if (isClean) console.log(`\n${name}: nothing open.`);
  return isClean ? OK : OPEN;
}

async function ensureCargoAudit() {
  if (isProgram(CARGO_AUDIT)) return;
  await installTool("cargo-audit", CARGO_AUDIT_VERSION);
}

/** @returns {Promise<Answer>} */
async function askRustSec() {
  /** @type {Map<string, Advisory>} */
  const advisories = new Map();
  for (const file of LOCK_FILES) {
    const args = ["audit", "--json", "--file", file];
    const printed = await printedBy(`Ask RustSec about ${file}`, CARGO_AUDIT, args);
    const report = parsed(printed);
    if (!report?.vulnerabilities) {
      const remedy =
        "Its database is fetched from https://github.com/RustSec/advisory-db: try again";
      return { unknown: `${remedy} where that can be reached.\n${shortened(printed)}` };
    }
    const warnings = Object.values(report.warnings ?? {}).flat();
    for (const { advisory, kind, package: found } of [
      ...report.vulnerabilities.list,
      ...warnings,
    ]) {
      const id = advisory?.id ?? `${kind} ${found.name}`;
      const text = `${found.name} ${found.version}: ${advisory?.title ?? kind}`;
      advisories.set(id, { id, text });
    }
  }
  return { advisories: [...advisories.values()] };
}

/** @returns {Promise<Answer>} */
async function askNpm() {
  const printed = await printedBy("Ask npm", "npm", ["audit", "--json"]);
  const report = parsed(printed);
  if (!report?.vulnerabilities) {
    const remedy = "The registry has no list: try again with npm's own, https://registry.npmjs.org";
    return { unknown: `${remedy}.\n${shortened(printed)}` };
  }
  /** @type {Map<string, Advisory>} */
  const advisories = new Map();
  for (const { name, via } of Object.values(report.vulnerabilities)) {
    // A name alone is that of another package that is on the list.
    for (const cause of via.filter((/** @type {unknown} */ cause) => typeof cause === "object")) {
      advisories.set(cause.url, { id: cause.url, text: `${name} ${cause.range}: ${cause.title}` });
    }
  }
  return { advisories: [...advisories.values()] };
}

/**
 * All that a program prints, whatever its status: of what it has found that is the sign.
 *
 * @param {string} title
 * @param {string} program
 * @param {string[]} args
 */
function printedBy(title, program, args) {
  return working(title, async () => {
    try {
      return (await run(program, args)).stdout;
    } catch (error) {
      if (error instanceof CommandFailed) return error.output;
      throw error;
    }
  });
}

/**
 * The JSON in what a program prints, with lines of progress around it.
 *
 * @param {string} printed
 * @returns {any} nothing where there is none
 */
export function parsed(printed) {
  const [start, end] = [printed.search(/^\{/m), printed.lastIndexOf("}")];
  try {
    return JSON.parse(printed.slice(start, end + 1));
  } catch {
    return undefined;
  }
}

/** @param {string} printed */
const shortened = (printed) => printed.trim().split("\n").slice(0, 6).join("\n");

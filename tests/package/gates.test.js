import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { publint } from "publint";
import { pack, ROOT } from "./packed.js";

/** What the two find, and why it is right as it is. */
const EXCEPTIONS = JSON.parse(readFileSync(new URL("exceptions.json", import.meta.url), "utf8"));

let tarball = "";

before(() => {
  tarball = pack().tarball;
});

/**
 * Fails for what is found and not excepted, and for an exception that nothing needs.
 *
 * @param {object[]} found
 * @param {{ reason: string, problem: object }[]} exceptions
 */
function assertExcepted(found, exceptions) {
  const excepted = exceptions.map(({ reason, problem }) => {
    assert.match(reason, /\w+ \w+/, `${JSON.stringify(problem)} is excepted without a reason`);
    return problem;
  });
  assert.deepEqual(sorted(found), sorted(excepted));
}

/** @param {object[]} problems */
const sorted = (problems) => problems.map((problem) => JSON.stringify(problem)).sort();

test("publint finds nothing in the tarball", async () => {
  const { buffer } = new Uint8Array(readFileSync(tarball));
  const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
  const found = messages.map(({ code, path }) => ({ code, at: path.join(".") }));
  assertExcepted(found, EXCEPTIONS.publint);
});

test("the types are the ones of what is loaded, for every way to load it", async () => {
  const attw = path.join(ROOT, "node_modules/.bin/attw");
  // Its status says that there are problems; which ones is for the exceptions to say.
  const { stdout } = await promisify(execFile)(attw, [tarball, "--format", "json"], {
    maxBuffer: 2 ** 26,
  }).catch((error) => error);
  const { analysis } = JSON.parse(stdout);
  assert.equal(analysis.packageName, "servicenow-itsm-connector");
  const found = analysis.problems.map((/** @type {any} */ problem) => {
    const { kind, entrypoint, resolutionKind } = problem;
    return { kind, entrypoint, resolutionKind };
  });
  assertExcepted(found, EXCEPTIONS.attw);
});

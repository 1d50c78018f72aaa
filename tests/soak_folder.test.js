// The folder of a soak is memory: however the soak ends, it goes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { makeFolder } from "./soak/folder.js";

const MODULE = new URL("soak/folder.js", import.meta.url).href;
const MAKE = `console.log((await (await import(${JSON.stringify(MODULE)})).makeFolder()).folder);`;

/**
 * A process that has made a folder, and goes on.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} [then] what it does next
 */
async function holder(t, then = "setInterval(() => {}, 1000);") {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", MAKE + then]);
  t.after(() => child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const [text] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, ended, folder: String(text).trim() };
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  test(`it is gone after ${signal}, by which the soak has ended`, async (t) => {
    const { child, ended, folder } = await holder(t);
    assert.ok(existsSync(folder));
    child.kill(signal);
    assert.deepEqual(await ended, [null, signal]);
    assert.ok(!existsSync(folder));
  });
}

test("it is gone after an error that nobody has caught", async (t) => {
  const { ended, folder } = await holder(t, 'throw new Error("on purpose");');
  assert.deepEqual(await ended, [1, null]);
  assert.ok(!existsSync(folder));
});

test("what a soak that was killed has left goes with the next one, and no other soak's", async (t) => {
  const [killed, other] = [await holder(t), await holder(t)];
  killed.child.kill("SIGKILL");
  await killed.ended;
  assert.ok(existsSync(killed.folder));
  const { folder, remove } = await makeFolder();
  assert.deepEqual([killed.folder, other.folder, folder].map(existsSync), [false, true, true]);
  remove();
  assert.ok(!existsSync(folder));
  other.child.kill("SIGTERM");
  await other.ended;
});

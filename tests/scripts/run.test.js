// What a command has started does not outlive it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inProject } from "../../scripts/lib/root.js";

const RUN = pathToFileURL(inProject("scripts/lib/run.js")).href;
const PROGRAM = `import { run } from ${JSON.stringify(RUN)};
await run("sh", ["-c", "sleep 600 & echo $!; wait"], { onLine: (line) => console.log(line) });`;

/** @param {number} pid */
function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  test(`a command that is ended by ${signal} ends what it has started, and what that has`, async () => {
    const command = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM]);
    const [line] = await once(command.stdout, "data");
    const grandchild = Number(line);
    assert.ok(isThere(grandchild));
    command.kill(signal);
    const [, endedBy] = await once(command, "exit");
    assert.equal(endedBy, signal);
    while (isThere(grandchild)) await wait(10);
  });
}

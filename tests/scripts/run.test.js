// What a command has started does not outlive it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inProject } from "../../scripts/lib/root.js";

const RUN = pathToFileURL(inProject("scripts/lib/run.js")).href;

/**
 * A command that starts a shell, which starts a process that holds a connection as long as it lives.
 *
 * @param {number} port
 */
function commandHolding(port) {
  const holder = `"${process.execPath}" -e 'net.connect(${port}, "127.0.0.1")' & wait`;
  const program = `import { run } from ${JSON.stringify(RUN)};
await run("sh", ["-c", ${JSON.stringify(holder)}]);`;
  return spawn(process.execPath, ["--input-type=module", "-e", program]);
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  test(`a command that is ended by ${signal} ends what it has started, and what that has`, async (t) => {
    const server = net.createServer().listen(0, "127.0.0.1");
    t.after(() => server.close());
    await once(server, "listening");
    const { port } = /** @type {net.AddressInfo} */ (server.address());
    const command = commandHolding(port);
    const [connection] = await once(server, "connection");
    const released = once(connection.on("error", () => {}).resume(), "close");
    command.kill(signal);
    const [, endedBy] = await once(command, "exit");
    assert.equal(endedBy, signal);
    await released;
  });
}

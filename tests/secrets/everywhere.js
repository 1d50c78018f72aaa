// All that is done to find out whether a module, and the package around it, shows or leaves secrets.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { failLoudly, repeatEverything } from "./answers.js";
import { abandonMeanwhile, callHooksMeanwhile, disposeMeanwhile } from "./endings.js";
import { sufferFaults } from "./faults.js";
import { connect, useConnectors, useConnectorType, usePrivateKeys } from "./flows.js";
import { makeMistakes } from "./mistakes.js";
import { openModule } from "./module.js";
import { plant } from "./planted.js";
import { watchProcess } from "./process.js";
import { refuseActions, refuseHosts, refuseToLoad } from "./refusals.js";
import { renderTemplates } from "./templates.js";
import { Traces } from "./traces.js";

/** @import { Stage } from "./flows.js" */
/** @import { MODULES } from "./module.js" */
/** @import { Planted } from "./planted.js" */

/** Codes that no run meets, and why. */
const NEVER_MET = {
  // The one fault of the module itself; `the trapping module` meets it.
  internal: "only a module with faults on purpose has one",
};

/**
 * Runs everything on a module.
 * @param {"release" | "debug"} name
 */
export function testModule(name) {
  test(`the ${name} module`, async (t) => {
    const planted = await plant();
    t.after(() => planted.simulator.close());
    /** @type {Set<string>} */
    const met = new Set();

    /**
     * @param {string} what
     * @param {(stage: Stage) => Promise<unknown>} run
     * @param {number} least how many different texts have to have been seen
     */
    const showsNothing = (what, run, least) =>
      t.test(`shows and leaves nothing ${what}`, async () => {
        const { codes } = await check(name, planted, run, least);
        for (const code of codes) met.add(code);
      });

    await showsNothing("of a connector's actions", useConnectors, 20);
    await showsNothing("of what a host does with the connector type", useConnectorType, 20);
    await showsNothing("of private keys in forms", usePrivateKeys, 40);
    await showsNothing("of secrets where they do not belong", makeMistakes, 20);
    await showsNothing("of actions that are refused", refuseActions, 20);
    await showsNothing("of connectors and networks that a host cannot use", refuseHosts, 20);
    await showsNothing("where there is no module", refuseToLoad, 5);
    await showsNothing("of variables in templates", renderTemplates, 20);
    await showsNothing("where an instance repeats what it was sent", repeatEverything, 20);
    await showsNothing("where an HTTP client repeats what it was given", failLoudly, 8);
    await showsNothing("of a connector that is disposed of meanwhile", disposeMeanwhile, 1);
    await showsNothing("of one whose actions are ended besides", abandonMeanwhile, 1);
    await showsNothing("of one that is changed or deleted meanwhile", callHooksMeanwhile, 1);
    await showsNothing("whatever fault happens", sufferAll, 100);

    await t.test("meets every code of an error that can be met", () => {
      const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
      const codes = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => String(code));
      const never = codes.filter((code) => !met.has(code));
      assert.deepEqual(never, Object.keys(NEVER_MET));
    });

    await t.test("keeps an access token as long as its connector is not disposed of", async () => {
      const it = await openModule(name);
      const stage = { package: it, planted, traces: new Traces(), dropped() {} };
      for (const credentials of [planted.signIns["plain key"], planted.signIns["encrypted key"]]) {
        const connector = connect(stage, credentials);
        await connector.getFields();
        const kept = it.remains(planted.canaries);
        assert.ok(kept.includes("the access token, as it is"), `found: ${kept}`);
        connector.dispose();
        assert.deepEqual(it.remains(planted.canaries), []);
      }
    });

    await t.test("keeps nothing of a connector that is garbage", async () => {
      const { before, after, tokens } = await dropConnectors(name);
      assert.ok(before.includes("the access token, as it is"), `found: ${before}`);
      assert.deepEqual(after, []);
      assert.equal(
        tokens,
        2,
        "one for each connector that signs in by OAuth, as long as it is used",
      );
    });
  });
}

/**
 * What a process of its own says that has dropped its connectors. One in some hundred has been seen to
 * stand still for ever, idle and deaf to signals, which is none of what it tests: Node seems to wait for
 * itself in a collection that it is asked for. Such a process is ended, and tried again.
 *
 * @param {string} name of the module
 * @param {number} [tries] that are left
 * @returns {Promise<{ before: string[], after: string[], tokens: number }>}
 */
async function dropConnectors(name, tries = 3) {
  const program = fileURLToPath(new URL("dropped.js", import.meta.url));
  const limits = { timeout: 60_000, killSignal: /** @type {const} */ ("SIGKILL") };
  try {
    const options = ["--expose-gc", program, name];
    const { stdout } = await promisify(execFile)(process.execPath, options, limits);
    return JSON.parse(stdout);
  } catch (error) {
    const wasStill = /** @type {{ killed?: boolean }} */ (error).killed;
    if (wasStill && tries > 1) return dropConnectors(name, tries - 1);
    throw error;
  }
}

/**
 * Runs something, and looks for secrets in all that is seen of it and in the memory of the module.
 *
 * @param {keyof typeof MODULES} name
 * @param {Planted} planted
 * @param {(stage: Stage) => Promise<unknown>} run
 * @param {number} least how many different texts have to have been seen
 */
export async function check(name, planted, run, least) {
  const traces = new Traces();
  const it = await openModule(name);
  /** @type {string[]} */
  const remains = [];
  const dropped = (/** @type {string} */ place) => {
    for (const what of it.remains(planted.canaries)) remains.push(`${place}: ${what}`);
  };
  const stop = watchProcess(traces);
  try {
    await run({ package: it, planted, traces, dropped });
  } finally {
    stop();
  }
  assert.deepEqual(remains, [], "what is left in memory");
  assert.deepEqual(traces.leaks(planted.canaries), [], "what is seen");
  assert.ok(traces.size >= least, `only ${traces.size} texts were looked at`);
  return traces;
}

/** @param {Stage} stage */
async function sufferAll(stage) {
  const happened = await sufferFaults(stage);
  const all = stage.planted.simulator.faults.catalogue().map(({ id }) => id);
  const never = all.filter((id) => !happened.has(id));
  // No connector sends a batch.
  assert.deepEqual(never, ["batch-unserviced"]);
}

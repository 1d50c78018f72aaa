// Secrets that are planted everywhere, and looked for in all that anybody gets to see of a connector,
// and in the memory of its module once it is dropped. Both in the module that ships and in the one
// for debugging; and in one that fails on purpose.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { failLoudly, repeatEverything } from "./secrets/answers.js";
import { Canaries } from "./secrets/canaries.js";
import { abandonMeanwhile, callHooksMeanwhile, disposeMeanwhile } from "./secrets/endings.js";
import { sufferFaults } from "./secrets/faults.js";
import { connect, useConnectors, useConnectorType, usePrivateKeys } from "./secrets/flows.js";
import { makeMistakes } from "./secrets/mistakes.js";
import { openModule } from "./secrets/module.js";
import { plant } from "./secrets/planted.js";
import { refuseActions, refuseHosts, refuseToLoad } from "./secrets/refusals.js";
import { renderTemplates } from "./secrets/templates.js";
import { Traces } from "./secrets/traces.js";
import { spring } from "./secrets/traps.js";

/** @import { Stage } from "./secrets/flows.js" */
/** @import { MODULES } from "./secrets/module.js" */
/** @import { Planted } from "./secrets/planted.js" */

/** Codes that no run meets, and why. */
const NEVER_MET = {
  // The one fault of the module itself; `the trapping module` meets it.
  internal: "only a module with faults on purpose has one",
};

for (const name of /** @type {const} */ (["release", "debug"])) {
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
      const page = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");
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
      const program = fileURLToPath(new URL("secrets/dropped.js", import.meta.url));
      const options = ["--expose-gc", program, name];
      const { stdout } = await promisify(execFile)(process.execPath, options);
      const { before, after, tokens } = JSON.parse(stdout);
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

test("the trapping module", async (t) => {
  const planted = await plant();
  t.after(() => planted.simulator.close());
  const { codes } = await check("trapping", planted, spring, 8);
  assert.deepEqual([...codes], ["internal"]);
});

/**
 * Runs something, and looks for secrets in all that is seen of it and in the memory of the module.
 *
 * @param {keyof typeof MODULES} name
 * @param {Planted} planted
 * @param {(stage: Stage) => Promise<unknown>} run
 * @param {number} least how many different texts have to have been seen
 */
async function check(name, planted, run, least) {
  const traces = new Traces();
  const it = await openModule(name);
  /** @type {string[]} */
  const remains = [];
  const dropped = (/** @type {string} */ place) => {
    for (const what of it.remains(planted.canaries)) remains.push(`${place}: ${what}`);
  };
  await run({ package: it, planted, traces, dropped });
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

test("a secret is found in every form that it can have, and so is what is left of it", () => {
  const canaries = new Canaries();
  const text = canaries.make("the text");
  const number = Buffer.from(Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256));
  canaries.number("the number", number);
  const noise = "x".repeat(100);
  const hex = number.toString("hex");
  /** @type {Record<string, [string, string | Buffer]>} */
  const forms = {
    "the text": ["the text, as it is", text],
    "its end": ["the text, as it is", text.slice(-16)],
    "its beginning in JSON": ["the text, as it is", JSON.stringify({ a: text }).slice(0, 22)],
    percent: ["the text, as it is", encodeURIComponent(text)],
    "UTF-16": ["the text, in UTF-16", Buffer.from(text, "utf16le")],
    hex: ["the text, in hex", Buffer.from(text).toString("hex")],
    base64: ["the text, in base64", Buffer.from(text).toString("base64")],
    "after a name": ["the text, in base64", Buffer.from(`u:${text}`).toString("base64url")],
    "after another": ["the text, in base64", Buffer.from(`user:${text}`).toString("base64")],
    "big-endian": ["the number, big-endian", number],
    "little-endian": ["the number, little-endian", Buffer.from(number).reverse()],
    "its limbs": ["the number, little-endian", Buffer.from(number).swap64().subarray(8, 24)],
    "part of it": ["the number, big-endian", number.subarray(21, 33)],
    "hex of it": ["the number, in hex", hex.slice(20, 60)],
    "base64 of it": ["the number, in base64", number.toString("base64")],
    decimal: ["the number, decimal", BigInt(`0x${hex}`).toString()],
    list: ["the number, as a list of bytes", JSON.stringify([...number])],
    shown: ["the number, as a buffer is shown", number.toString("hex").replace(/../g, "$& ")],
  };
  for (const [form, [found, value]] of Object.entries(forms)) {
    const bytes = Buffer.concat([Buffer.from(noise), Buffer.from(value), Buffer.from(noise)]);
    assert.ok(canaries.find(bytes).includes(found), `${form}: ${canaries.find(bytes)}`);
  }
  assert.deepEqual(canaries.find(Buffer.from(noise.repeat(100))), []);
});

test("a secret is found wherever an error or an object can hold one", () => {
  const canaries = new Canaries();
  const secret = canaries.make("the secret");
  class Inheriting extends Error {
    get inherited() {
      return secret;
    }
  }
  const hidden = Object.defineProperty(new Error("a"), "request", { value: { header: secret } });
  /** @type {Record<string, unknown>} */
  const holders = {
    message: new Error(secret),
    cause: new Error("a", { cause: new Error(secret) }),
    "own property": Object.assign(new Error("a"), { detail: [secret] }),
    "hidden property": hidden,
    "inherited property": new Inheriting("a"),
    symbol: { [Symbol("b")]: secret },
    map: new Map([["b", secret]]),
    bytes: Buffer.from(secret),
  };
  for (const [place, value] of Object.entries(holders)) {
    const traces = new Traces();
    traces.add(place, value);
    assert.equal(traces.leaks(canaries).length > 0, true, place);
  }
  const traces = new Traces();
  /** @type {any} */
  const logger = traces.logger();
  logger.debug("a", { meta: secret });
  assert.ok(traces.leaks(canaries).length > 0);
});

// Secrets that are planted everywhere, and looked for in all that anybody gets to see of a connector,
// and in the memory of its module once it is dropped: in the module that ships, and in one that fails on
// purpose.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Canaries } from "./secrets/canaries.js";
import { check, testModule } from "./secrets/everywhere.js";
import { plant } from "./secrets/planted.js";
import { watchProcess } from "./secrets/process.js";
import { Traces } from "./secrets/traces.js";
import { spring } from "./secrets/traps.js";

testModule("release");

test("the trapping module", async (t) => {
  const planted = await plant();
  t.after(() => planted.simulator.close());
  const { codes } = await check("trapping", planted, spring, 8);
  assert.deepEqual([...codes], ["internal"]);
});

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

test("a secret is found on whatever a process shows it", async () => {
  const canaries = new Canaries();
  const secret = canaries.make("the secret");
  /** @type {Record<string, () => unknown>} */
  const ways = {
    "console.debug": () => console.debug("a", { headers: [secret] }),
    "console.error": () => console.error(secret),
    "the standard error": () => process.stderr.write(`# ${secret}\n`),
    "a warning": () => process.emitWarning(secret),
  };
  for (const [way, show] of Object.entries(ways)) {
    const traces = new Traces();
    const stop = watchProcess(traces);
    show();
    // Warnings come a turn later.
    await new Promise((resolve) => setImmediate(resolve));
    stop();
    assert.ok(traces.leaks(canaries).length > 0, way);
  }
  const traces = new Traces();
  watchProcess(traces)();
  console.info("# nobody keeps this");
  assert.equal(traces.size, 0);
});

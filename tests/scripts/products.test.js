// Products of 64-bit numbers that a module computes where it needs them, and those whose calls have to
// be left as they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import binaryen from "binaryen";
import { writeOutProducts } from "../../scripts/lib/products.js";

const FRAME = "(i32.sub (global.get $__stack_pointer) (i32.const 64))";
const ENTER = `(local.set $frame ${FRAME})`;
const A = "(local.get $a)";
const B = "(local.get $b)";
const ZERO = "(i64.const 0)";

/** An address in the frame. */
const at = (/** @type {number} */ offset) => `(i32.add (local.get $frame) (i32.const ${offset}))`;

/**
 * @param {string} [one]
 * @param {string} [other]
 * @param {number} [offset] in the frame
 */
const multiply = (one = A, other = B, offset = 16) =>
  `(call $__multi3 ${at(offset)} ${one} ${ZERO} ${other} ${ZERO})`;
const low = (offset = 16) => `(i64.load offset=${offset} (local.get $frame))`;
const high = (offset = 16) => `(i64.load offset=${offset + 8} (local.get $frame))`;
const store = (/** @type {number} */ place, /** @type {string} */ value) =>
  `(i64.store offset=${place} (i32.const 0) ${value})`;

/**
 * A module whose one function takes two numbers and writes two, as wasm-opt writes it.
 * @param {string} body
 */
function moduleOf(body) {
  return `(module
 (import "it" "multiply" (func $__multi3 (param i32 i64 i64 i64 i64)))
 (memory 1)
 (global $__stack_pointer (mut i32) (i32.const 65536))
 (export "memory" (memory 0))
 (export "run" (func $"<it as run>::run (a)"))
 (func $"<it as run>::run (a)" (param $a i64) (param $b i64)
  (local $frame i32)
  ${body}
 )
)
`;
}

/**
 * @param {string} text of a module
 * @returns {(a: bigint, b: bigint) => { written: bigint[], calls: number }}
 */
function load(text) {
  const module = binaryen.parseText(text);
  assert.ok(module.validate());
  let calls = 0;
  /** @type {any} */
  const { memory, run } = new WebAssembly.Instance(
    new WebAssembly.Module(new Uint8Array(module.emitBinary())),
    {
      it: {
        /**
         * @param {number} address
         * @param {bigint} a
         * @param {bigint} ah
         * @param {bigint} b
         * @param {bigint} bh
         */
        multiply(address, a, ah, b, bh) {
          calls++;
          const product = number(a, ah) * number(b, bh);
          const view = new DataView(memory.buffer);
          view.setBigUint64(address, product, true);
          view.setBigUint64(address + 8, product >> 64n, true);
        },
      },
    },
  ).exports;
  return (a, b) => {
    calls = 0;
    run(a, b);
    return { written: [...new BigUint64Array(memory.buffer, 0, 2)], calls };
  };
}

/**
 * A number of two words.
 *
 * @param {bigint} low
 * @param {bigint} high
 */
function number(low, high) {
  return BigInt.asUintN(64, low) + (BigInt.asUintN(64, high) << 64n);
}

const MOST = 2n ** 64n - 1n;
const EDGES = [0n, 1n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 63n, MOST - 1n, MOST];
const EITHER = EDGES.flatMap((a) => EDGES.map((b) => /** @type {[bigint, bigint]} */ ([a, b])));

/**
 * Holds a module whose products are written out against itself before.
 *
 * @param {string[]} body
 * @param {number} calls that are left
 */
function check(body, calls) {
  const text = moduleOf(body.join("\n  "));
  const before = load(text);
  const after = load(writeOutProducts(text));
  for (const [a, b] of EITHER) {
    assert.deepEqual(after(a, b), { ...before(a, b), calls }, `of ${a} and ${b}`);
  }
}

/** @type {Record<string, string[]>} */
const WRITTEN_OUT = {
  "the halves of a product": [ENTER, multiply(), store(0, low()), store(8, high())],
  "a product of a product": [
    ENTER,
    multiply(),
    multiply(low(), high(), 32),
    store(0, low(32)),
    store(8, high(32)),
  ],
  "a product within a product": [
    ENTER,
    multiply(A, `(block (result i64) ${multiply(B, B, 32)} ${high(32)})`),
    store(0, low()),
    store(8, high()),
  ],
  "two products that are left in one place": [
    ENTER,
    multiply(),
    store(0, high()),
    multiply(B, B),
    store(8, high()),
  ],
  "one at the beginning of the frame": [
    ENTER,
    multiply(A, B, 0),
    store(0, low(0)),
    `(i64.store offset=16 (local.get $frame) ${A})`,
    store(8, high(0)),
  ],
};

for (const [what, body] of Object.entries(WRITTEN_OUT)) {
  test(`${what}: the module computes it`, () => check(body, 0));
}

const both = [store(0, low()), store(8, high())];

/** @type {Record<string, string[]>} */
const LEFT = {
  "somebody else gets its address": [ENTER, multiply(), `(drop ${at(16)})`, ...both],
  "somebody else gets its upper half's address": [ENTER, multiply(), `(drop ${at(24)})`, ...both],
  "the frame's address is its own, and somebody else gets that": [
    ENTER,
    multiply(A, B, 0),
    "(drop (i32.load (i32.add (local.get $frame) (i32.const 0))))",
    store(0, low(0)),
  ],
  "half of a half is read": [
    ENTER,
    multiply(),
    store(0, "(i64.load32_u offset=20 (local.get $frame))"),
    store(8, high()),
  ],
  "parts of both halves are read": [
    ENTER,
    multiply(),
    store(0, "(i64.load offset=20 (local.get $frame))"),
    store(8, high()),
  ],
  "something else is written there": [
    ENTER,
    multiply(),
    "(i32.store offset=28 (local.get $frame) (i32.const 7))",
    ...both,
  ],
  "the numbers have two words": [ENTER, `(call $__multi3 ${at(16)} ${A} ${B} ${B} ${A})`, ...both],
  "the address is not always the frame's": [
    "(local.set $frame (i32.const 128))",
    store(0, low()),
    ENTER,
    multiply(),
    store(8, high()),
  ],
  "the address is no frame's": ["(local.set $frame (i32.const 128))", multiply(), ...both],
};

for (const [why, body] of Object.entries(LEFT)) {
  test(`a call is left as it is where ${why}`, () => check(body, 1));
}

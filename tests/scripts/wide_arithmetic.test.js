import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { inProject } from "../../scripts/lib/root.js";
import { withoutWideArithmetic } from "../../scripts/lib/wide-arithmetic.js";

/** An exported function for each instruction, which takes its operands and gives its results. */
const MODULE = `(module
  (func (export "mul_wide_u") (param i64 i64) (result i64 i64)
    (i64.mul_wide_u (local.get 0) (local.get 1)))
  (func (export "mul_wide_s") (param i64 i64) (result i64 i64)
    (i64.mul_wide_s (local.get 0) (local.get 1)))
  (func (export "add128") (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "sub128") (param i64 i64 i64 i64) (result i64 i64)
    (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
`;

/** Those about the ends of a half and of the whole, and one like any other. */
const NUMBERS = [0n, 1n, 0x123456789abcdefn]
  .flatMap((small) => [32n, 63n, 64n].flatMap((bit) => [(1n << bit) - small, small << bit]))
  .flatMap((number) => [number, number - 1n])
  .map((number) => BigInt.asUintN(64, number));

const PAIRS = NUMBERS.flatMap((a) => NUMBERS.map((b) => [a, b]));

/** Both halves of a number of 128 bits, the low one first, as WebAssembly gives them. */
const halves = (/** @type {bigint} */ number) => [
  BigInt.asIntN(64, number),
  BigInt.asIntN(64, number >> 64n),
];

/** @type {Record<string, (a: bigint, b: bigint) => bigint>} */
const PRODUCTS = {
  mul_wide_u: (a, b) => a * b,
  mul_wide_s: (a, b) => BigInt.asIntN(64, a) * BigInt.asIntN(64, b),
};

/** @type {Record<string, (a: bigint, b: bigint) => bigint>} */
const SUMS = { add128: (a, b) => a + b, sub128: (a, b) => a - b };

/** @type {Record<string, (...operands: bigint[]) => bigint[]>} */
let instructions;

before(() => {
  const folder = mkdtempSync(path.join(tmpdir(), "wide-arithmetic-"));
  after(() => rmSync(folder, { recursive: true }));
  const text = path.join(folder, "module.wat");
  const wasm = path.join(folder, "module.wasm");
  writeFileSync(text, withoutWideArithmetic(MODULE));
  // It refuses what is not enabled.
  const assembler = inProject("node_modules/binaryen/bin/wasm-as");
  execFileSync("node", [assembler, text, "-o", wasm, "--enable-multivalue"]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)));
  instructions = /** @type {any} */ (exports);
});

test("products of 64-bit numbers are those of wide arithmetic, in engines without it", () => {
  for (const [name, product] of Object.entries(PRODUCTS)) {
    for (const [a = 0n, b = 0n] of PAIRS) {
      assert.deepEqual(
        instructions[name]?.(a, b),
        halves(product(a, b)),
        `${name} of ${a} and ${b}`,
      );
    }
  }
});

test("sums and differences of 128-bit numbers are those of wide arithmetic too", () => {
  for (const [name, sum] of Object.entries(SUMS)) {
    for (const [a = 0n, b = 0n] of PAIRS) {
      const [x, y] = [(b << 64n) | a, (a << 64n) | b];
      assert.deepEqual(
        instructions[name]?.(a, b, b, a),
        halves(sum(x, y)),
        `${name} of ${x} and ${y}`,
      );
    }
  }
});

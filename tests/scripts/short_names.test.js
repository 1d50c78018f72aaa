import assert from "node:assert/strict";
import { test } from "node:test";
import { shortener } from "../../scripts/lib/short-names.js";

const BINDINGS = `
function __wbg_set_wasm(exports) {}
function __wbg_set_0123456789abcdef() {}
function __wbg_length_0123456789abcdef() {}
function __wbg_length_fedcba9876543210() { return __wbg_length_0123456789abcdef; }
function __wbg_length2_fedcba9876543210() {}
function __wbg_set_wasm_0123456789abcdef() {}
`;

test("names lose their digests, and stay apart from each other", () => {
  const shorten = shortener(BINDINGS);
  assert.equal(
    shorten(BINDINGS),
    `
function __wbg_set_wasm(exports) {}
function __wbg_set() {}
function __wbg_length() {}
function __wbg_length2() { return __wbg_length; }
function __wbg_length22() {}
function __wbg_set_wasm2() {}
`,
  );
});

test("in a module the same names become the same, and others stay as they are", () => {
  const shorten = shortener(BINDINGS);
  assert.equal(
    shorten('(import "./b.js" "__wbg_length_fedcba9876543210") (func $__wbg_x_0123456789abcdef)'),
    '(import "./b.js" "__wbg_length2") (func $__wbg_x_0123456789abcdef)',
  );
});

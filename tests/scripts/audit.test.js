// What the audit makes of what the lists of vulnerabilities say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, parsed } from "../../scripts/lib/audit.js";

const FOUND = { advisories: [{ id: "A-1", text: "rsa 0.9: timing" }] };

test("nothing open is success", () => assert.equal(judge("Rust", { advisories: [] }, {}), 0));

test("what is on a list is a failure, unless an exception says why it is none", () => {
  assert.equal(judge("Rust", FOUND, {}), 1);
  assert.equal(judge("Rust", FOUND, { "A-1": "not reachable" }), 0);
});

test("an exception that is not needed is a failure", () => {
  assert.equal(judge("Rust", { advisories: [] }, { "A-1": "not reachable" }), 1);
});

test("a list that could not be asked proves nothing", () => {
  assert.equal(judge("npm", { unknown: "no network" }, {}), 3);
});

test("a report is found among the lines around it", () => {
  const lines = 'Fetching\n{\n  "a": { "b": 1 }\n}\nnpm error done';
  assert.deepEqual(parsed(lines), { a: { b: 1 } });
  assert.equal(parsed("error: couldn't fetch"), undefined);
  assert.equal(parsed("{ broken }"), undefined);
});

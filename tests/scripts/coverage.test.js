// What the coverage command makes of reports, and of the list of what no test runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, difference } from "../../scripts/lib/coverage/list.js";
import { piecesOf, withoutTests } from "../../scripts/lib/coverage/pieces.js";
import { ranges, share } from "../../scripts/lib/coverage/report.js";
import { linesOf } from "../../scripts/lib/coverage/rust.js";

const SOURCE = `impl Door {
    fn open(&self) -> bool {
        if self.locked {
            return false;
        }
        true
    }

    fn shut(&self) {
        self.bang();
    }
}
`;

const names = (/** @type {number[]} */ covered, /** @type {number[]} */ uncovered) =>
  piecesOf(SOURCE, { covered, uncovered }).map(({ name }) => name);

const FILES = [
  { file: "src/a.rs", covered: [1], uncovered: [2], pieces: [{ name: "f > x();", line: 2 }] },
  { file: "src/b/c.rs", covered: [], uncovered: [1], pieces: [{ name: "all of it", line: 1 }] },
];
const LIST = { "src/a.rs": { "f > x();": "why" }, "src/b/": { "all of it": "why" } };

test("a piece is named by where it stands and by its text", () => {
  assert.deepEqual(names([2, 3, 6, 9, 10], [4]), ["Door > open > return false;"]);
});

test("a function that was never run is one piece, and so is a file", () => {
  assert.deepEqual(names([2, 3, 4, 6], [9, 10, 11]), ["Door > shut"]);
  assert.deepEqual(names([], [2, 3, 4, 6, 9, 10]), ["all of it"]);
});

test("brackets alone are nothing that can be run", () => {
  assert.deepEqual(names([2, 3, 4, 6, 9, 10], [5, 7, 11]), []);
});

test("modules of tests do not count", () => {
  const source = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n";
  const lines = withoutTests(source, { covered: [1, 4], uncovered: [6] });
  assert.deepEqual(lines, { covered: [1], uncovered: [6] });
});

test("a report of LLVM's is read by file and line", () => {
  const lines = linesOf("SF:src/a.rs\nDA:1,4\nDA:2,0\nend_of_record\nSF:src/b.rs\nDA:7,1\n");
  assert.deepEqual([...lines.values()].slice(0, 2), [
    { covered: [1], uncovered: [2] },
    { covered: [7], uncovered: [] },
  ]);
});

test("what is listed by its file or its folder is no difference", () => {
  assert.equal(difference(compare("src", FILES, LIST)), "");
});

test("what is not listed is printed with how to list it", () => {
  const text = difference(compare("src", FILES, { "src/b/": { "all of it": "why" } }));
  assert.match(text, /src\/a\.rs:2/);
  assert.match(text, /"f > x\(\);": "why no test runs it"/);
});

test("what is listed for nothing, or without a reason, is told", () => {
  const gone = {
    ...LIST,
    "src/gone.rs": { "all of it": "why" },
    "js/a.js": { "all of it": "why" },
  };
  assert.match(difference(compare("src", FILES, gone)), /take it out:\n {2}src\/gone\.rs/);
  assert.doesNotMatch(difference(compare("src", FILES, gone)), /js\/a\.js/);
  const silent = { ...LIST, "src/a.rs": { "f > x();": " " } };
  assert.match(difference(compare("src", FILES, silent)), /without a reason/);
});

test("only what is covered as a whole is at 100", () => {
  assert.equal(share(9999, 1), "99.9");
  assert.equal(share(3, 0), "100");
  assert.equal(ranges([1, 2, 3, 7]), "1-3, 7");
});

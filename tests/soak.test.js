// A small soak, through the code that `npm run soak` runs, and its judge.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { isRight, ledgerText } from "./soak/ledger.js";
import { columnsAtEnd, lifeOf, notesAtEnd } from "./soak/lives.js";
import { growthOf } from "./soak/memory.js";
import { soak } from "./soak/play.js";
import { judge } from "./soak/verdict.js";

/** @import { Incident } from "../simulator/js/types.js" */
/** @import { Life } from "./soak/lives.js" */
/** @import { Struck } from "./soak/witness.js" */

describe("a soak of 60 alerts", () => {
  /** @type {import("./soak/play.js").Report} */
  let report;
  before(async () => {
    report = await soak({ alerts: 60, concurrency: 32, seed: 7 });
  });

  it("ends with one incident an alert, in its state, and every comment once", () => {
    assert.ok(isRight(report), ledgerText(report));
  });

  it("was one: the host was killed, faults struck, a rate limit denied, actions were repeated", () => {
    assert.ok(report.kills > 0 && report.starts === report.kills + 1);
    assert.ok(report.instance.faults.size > 30, String(report.instance.faults.size));
    assert.ok(report.instance.limited > 0 && report.instance.tokens > 1);
    assert.ok(report.counts.attempts > report.steps && report.counts.again > 0);
  });

  it("has a ledger that fits a terminal", () => {
    const lines = ledgerText(report).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 100),
      [],
    );
    assert.ok(lines.some((line) => line.startsWith("✓ alerts that have a comment twice")));
  });
});

describe("the judge of a soak", () => {
  const life = lifeLike(({ isMonotonous, steps }) => {
    const isOver = steps.at(-1)?.happening === "recovers";
    return isOver && steps.at(-2)?.notes.length === 2 && !isMonotonous;
  });
  const last = life.steps.length - 1;
  const note = String(life.steps[last - 1]?.notes[0]);

  it("finds nothing wrong with an incident that is as it should be", () => {
    assert.deepEqual(found([incident()]), []);
  });

  it("finds what is missing, doubled, open still, out of date", () => {
    assert.deepEqual(found([]), ["missing", ...life.steps.flatMap(missingNotes)]);
    assert.deepEqual(found([incident(), incident({ journal: [] })]), ["double"]);
    assert.deepEqual(found([incident({ state: "1" })]), ["state"]);
    assert.deepEqual(found([incident({ urgency: "9" })]), ["values"]);
    const twice = [...incident().journal, ...incident().journal.slice(0, 1)];
    assert.deepEqual(found([incident({ journal: twice })]), ["comment twice"]);
    const lacks = incident().journal.filter(({ value }) => value !== note);
    assert.deepEqual(found([incident({ journal: lacks })]), ["comment missing"]);
  });

  it("counts the comments of an alert that says the same with each firing", () => {
    const { steps } = lifeLike((each) => [...notesAtEnd(each).values()].includes(2));
    const notes = steps.flatMap((step) => step.notes);
    const twice = String(notes.find((note, place) => notes.indexOf(note) !== place));
    const once = notes.toSpliced(notes.indexOf(twice), 1);
    const kinds = (/** @type {string[]} */ held) => {
      const journal = held.map((value) => ({ element: "work_notes", value }));
      const all = found([incident({ journal })], [], { ...life, steps });
      return all.filter((kind) => kind.startsWith("comment"));
    };
    assert.deepEqual(kinds(notes), []);
    assert.deepEqual(kinds(once), ["comment missing"]);
    assert.deepEqual(kinds([...notes, twice]), ["comment twice"]);
  });

  it("excuses what a fault was seen to do, and that alone", () => {
    /** @type {Struck} */
    const ignored = { fault: 19, step: last, request: 9, asked: "close" };
    assert.deepEqual(found([incident({ state: "1" })], [ignored]), []);
    assert.deepEqual(found([incident({ state: "1" })], [{ ...ignored, step: 0 }]), ["state"]);
    assert.deepEqual(found([incident({ state: "1" })], [{ ...ignored, asked: "alert" }]), [
      "state",
    ]);
    assert.deepEqual(found([incident({ urgency: "9" })], [ignored]), ["values"]);
    // The connector tells of a comment whose row is ignored.
    const lacks = incident().journal.filter(({ value }) => value !== note);
    const lost = { ...ignored, asked: /** @type {const} */ ("note") };
    assert.deepEqual(found([incident({ journal: lacks })], [lost]), ["comment missing"]);
  });

  it("knows memory that grows from memory that does not", () => {
    const samples = (/** @type {(place: number) => number} */ heap) =>
      Array.from({ length: 80 }, (_, place) => ({ heap: heap(place), module: 65_536 }));
    assert.equal(
      growthOf(samples((place) => (place < 30 ? place : 30) * 2e6 + 2e7)).heap.grows,
      false,
    );
    assert.equal(growthOf(samples((place) => place * 2e5 + 2e7)).heap.grows, true);
    assert.equal(growthOf(samples(() => 2e7)).module.grows, false);
    assert.equal(growthOf(samples(() => 2e7).slice(0, 60)).heap.grows, undefined);
  });

  /**
   * The kinds of what is not excused.
   *
   * @param {Incident[]} incidents
   * @param {Struck[]} [struck]
   * @param {Life} [lived]
   */
  function found(incidents, struck = [], lived = life) {
    const seen = {
      life: lived,
      struck,
      waiting: [],
      step: last,
      sysIds: [],
      own: 1,
      made: [],
      requests: 9,
    };
    return judge(seen, incidents)
      .filter(({ excuse }) => excuse.length === 0)
      .map(({ kind }) => kind);
  }

  /**
   * @param {Record<string, any>} [other]
   * @returns {Incident}
   */
  function incident(other = {}) {
    const notes = life.steps.flatMap((step) => step.notes);
    const journal = notes.map((value) => ({ element: "work_notes", value }));
    return { state: "7", number: "INC1", sys_id: "1", ...columnsAtEnd(life), journal, ...other };
  }

  /** @param {Life["steps"][number]} step */
  function missingNotes({ notes }) {
    return notes.map(() => "comment missing");
  }
});

/**
 * @param {(life: Life) => boolean} isWanted
 * @returns {Life}
 */
function lifeLike(isWanted) {
  for (let number = 0; ; number += 1) {
    const life = lifeOf(1, number);
    if (isWanted(life)) return life;
  }
}

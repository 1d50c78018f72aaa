// Every fault that is known of an instance, and what becomes of an alert under it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { openBench } from "./faults/bench.js";
import { page, tryAll } from "./faults/table.js";

/**
 * What no answer shows: a row of which nothing was taken, a second incident of the same correlation
 * ID, a correlation ID that was not stored or not whole, so that nothing is found by it. And an
 * incident that somebody closed takes what is written to it; one that somebody deleted needs no
 * recovery.
 */
const HIDDEN = [
  "row-ignored recovers",
  "several-targets alert fires",
  "several-targets fires again",
  "several-targets recovers",
  "column-dropped fires again",
  "column-dropped recovers",
  "value-cut recovers",
  "incident-closed updated alert fires",
  "incident-closed updated fires again",
  "incident-closed updated case is pushed again",
  "by the Table API several-targets alert fires",
  "by the Table API several-targets recovers",
  "by the Table API column-dropped recovers",
  "by the Table API incident-closed updated alert fires",
  "by the Table API incident-closed updated case is pushed again",
  "by the Table API incident-gone recovers",
];

/** @param {import("./faults/table.js").Tried} tried */
const nameOf = ({ fault, variant, usesTableApi }) =>
  [usesTableApi && "by the Table API", fault.id, variant].filter(Boolean).join(" ");

const PAGE = new URL("../docs/faults.md", import.meta.url);

describe("under each fault of an instance", () => {
  /** @type {import("./faults/bench.js").Bench} */
  let bench;
  /** @type {import("./faults/table.js").Tried[]} */
  let tried;

  before(async () => {
    bench = await openBench();
    tried = await tryAll(bench);
  });
  after(() => bench.close());

  /** @param {(outcome: import("./faults/bench.js").Outcome) => boolean} isWrong */
  const where = (isWrong) =>
    tried.flatMap((one) =>
      one.outcomes.filter(isWrong).map(({ action }) => `${nameOf(one)} ${action}`),
    );

  it("all of them are tried", () => {
    assert.equal(new Set(tried.map(({ fault }) => fault.number)).size, 53);
  });

  it("each is met by an action, or the page says why by none", () => {
    const wrong = tried.filter(
      ({ usesTableApi, unmet, outcomes }) =>
        !usesTableApi && outcomes.some(({ happened }) => happened > 0) === Boolean(unmet),
    );
    assert.deepEqual(wrong.map(nameOf), []);
  });

  it("an action that does not meet the fault is as ever", () => {
    assert.deepEqual(
      where(
        ({ happened, error, warnings, achieved }) =>
          happened === 0 && (error !== undefined || warnings.length > 0 || !achieved),
      ),
      [],
    );
  });

  it("nobody else's incident is touched", () => {
    assert.deepEqual(
      where(({ harm }) => harm.length > 0),
      [],
    );
  });

  it("what is asked to be run again ends as wished: one incident, its state, its comment once", () => {
    assert.deepEqual(
      where(({ achievedAgain }) => achievedAgain === false),
      [],
    );
  });

  it("an action that fails says what can be done about it", () => {
    assert.deepEqual(
      where(({ error }) => error !== undefined && !(error.code && error.remedy)),
      [],
    );
  });

  it("an action that succeeds has done what it was for, but where the instance hides that it did not", () => {
    assert.deepEqual(
      where(({ happened, error, achieved }) => happened > 0 && !error && !achieved),
      HIDDEN,
    );
  });

  it("the page about them says what happens", () => {
    const made = page(tried);
    if (process.env.WRITE_DOCS) writeFileSync(PAGE, made);
    assert.equal(readFileSync(PAGE, "utf8"), made);
  });
});

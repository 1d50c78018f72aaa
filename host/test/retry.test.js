import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { nextAttemptAt } from "../js/retry.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** @param {Partial<Parameters<typeof nextAttemptAt>[0]>} attempt */
function next(attempt) {
  return nextAttemptAt({ attempts: 1, maxAttempts: 10, now: 0, random: () => 0.5, ...attempt });
}

describe("the next attempt", () => {
  it("is none after a fault that no retry helps", () => {
    assert.equal(next({ retry: false }), undefined);
  });

  it("is none once all attempts are made, whatever the result asks for", () => {
    for (const retry of [true, null, undefined, new Date(5000)]) {
      assert.equal(next({ retry, attempts: 3, maxAttempts: 3 }), undefined);
      assert.equal(next({ retry, attempts: 4, maxAttempts: 3 }), undefined);
    }
  });

  it("is 30 seconds after the first, also where the result does not say", () => {
    for (const retry of [true, null, undefined]) {
      assert.equal(next({ retry, now: 7 }), 7 + 30 * SECOND);
    }
  });

  it("is at a random time after the later ones, within a span that doubles up to an hour", () => {
    const spans = [2, 3, 4, 5, 6, 7, 10].map((attempts) => {
      assert.equal(next({ attempts, maxAttempts: 20, random: () => 0 }), 0);
      return Number(next({ attempts, maxAttempts: 20, random: () => 1 })) / MINUTE;
    });
    assert.deepEqual(spans, [5, 10, 20, 40, 60, 60, 60]);
  });

  it("is at the time that the result names", () => {
    assert.equal(next({ retry: new Date(5000), attempts: 1 }), 5000);
    assert.equal(next({ retry: new Date(5000), attempts: 2 }), 5000);
  });

  it("is as usual where that time is none", () => {
    assert.equal(next({ retry: new Date("never") }), 30 * SECOND);
  });
});

describe("the next attempt of what is retried until a time", () => {
  const DAY = 24 * 60 * MINUTE;
  const until = (/** @type {Parameters<typeof next>[0]} */ attempt) =>
    next({ retryUntil: DAY, maxAttempts: 3, ...attempt });

  it("is between half and all of a span that doubles up to a quarter of an hour", () => {
    const spans = [1, 2, 3, 4, 5, 6, 7, 5000].map((attempts) => {
      const longest = Number(until({ attempts, random: () => 1 }));
      assert.equal(until({ attempts, random: () => 0 }), longest / 2);
      return longest / SECOND;
    });
    assert.deepEqual(spans, [30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it("is none after that time, but for the attempts that any task has", () => {
    const late = { now: DAY - SECOND };
    assert.equal(until({ ...late, attempts: 3 }), undefined);
    assert.equal(until({ ...late, attempts: 2, random: () => 1 }), DAY + 59 * SECOND);
  });

  it("is none after a fault that no retry helps", () => {
    assert.equal(until({ retry: false }), undefined);
  });

  it("is not before the time that the result names, and never at once", () => {
    assert.equal(until({ retry: new Date(5 * MINUTE) }), 5 * MINUTE);
    assert.equal(until({ retry: new Date(0), random: () => 1 }), 30 * SECOND);
    assert.equal(until({ retry: new Date(DAY + 1), attempts: 3 }), undefined);
  });
});

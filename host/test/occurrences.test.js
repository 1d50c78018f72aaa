import assert from "node:assert/strict";
import { describe, it, test } from "node:test";

import { openStore } from "servicenow-itsm-host";
import { Database, MEMORY } from "../js/store/database.js";
import { createOccurrenceTable } from "../js/store/occurrence_table.js";
import { openStoreIn, temporaryFolder } from "./folder.js";

const ALERT = { webhook: "prod", alert: "disk" };

test("an alert occurs once until it is over, however often it is told of", () => {
  const { occurrences } = openStore();
  assert.equal(occurrences.ends(ALERT, 1), 1, "one that nobody has heard of");
  assert.equal(occurrences.fires(ALERT, 10), 1);
  assert.equal(occurrences.fires(ALERT, 10), 1);
  assert.equal(occurrences.ends(ALERT, 2), 1);
  assert.equal(occurrences.ends(ALERT, 3), 1);
  assert.equal(occurrences.fires(ALERT, 10), 2);
  assert.equal(occurrences.fires({ ...ALERT, webhook: "other" }, 10), 1);
});

test("occurrences outlive the process", (t) => {
  const folder = temporaryFolder(t);
  const store = openStoreIn(folder);
  store.occurrences.fires(ALERT, 10);
  store.occurrences.ends(ALERT, 1);
  store.close();
  assert.equal(openStoreIn(folder).occurrences.fires(ALERT, 10), 2);
});

test("of alerts that are over the latest are kept, and of those that last all", () => {
  const occurrences = createOccurrenceTable(new Database(MEMORY), 2);
  const alert = (/** @type {number} */ number) => ({ webhook: "prod", alert: String(number) });
  for (const number of [1, 2, 3, 4]) occurrences.fires(alert(number), 10);
  for (const number of [2, 3, 4]) occurrences.ends(alert(number), number);
  occurrences.prune();
  assert.deepEqual(
    [1, 2, 3, 4].map((number) => occurrences.fires(alert(number), 10)),
    [1, 1, 2, 2],
  );
});

describe("an alert that is over and is said to fire", () => {
  const MINUTE = 60_000;
  const at = (/** @type {number | undefined} */ startedAt) => ({ ...ALERT, startedAt });
  /** @param {number} [startedAt] */
  const over = (startedAt) => {
    const { occurrences } = openStore();
    assert.equal(occurrences.fires(at(startedAt), 10), 1);
    assert.equal(occurrences.ends(at(startedAt), 20), 1);
    return occurrences;
  };

  it("is a straggler when it is not newer than what ended", () => {
    const occurrences = over(5);
    assert.equal(occurrences.fires(at(5), 30), undefined);
    assert.equal(occurrences.fires(at(4), 30), undefined);
    assert.equal(occurrences.ends(at(5), 30), 1, "which changes nothing");
  });

  it("occurs again when it is newer, or nobody knows", () => {
    assert.equal(over(5).fires(at(6), 30), 2);
    assert.equal(over(5).fires(at(undefined), 30), 2);
    assert.equal(over().fires(at(5), 30), 2);
  });

  it("is no straggler after a minute: Alertmanager had lost sight of it", () => {
    assert.equal(over(5).fires(at(5), 19 + MINUTE), undefined);
    assert.equal(over(5).fires(at(5), 20 + MINUTE), 2);
  });

  it("is compared with the latest occurrence", () => {
    const occurrences = over(5);
    occurrences.fires(at(40), 50);
    occurrences.ends(at(40), 60);
    assert.equal(occurrences.fires(at(5), 70), undefined);
    assert.equal(occurrences.fires(at(40), 70), undefined);
    assert.equal(occurrences.fires(at(41), 70), 3);
  });
});

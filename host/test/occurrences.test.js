import assert from "node:assert/strict";
import { test } from "node:test";

import { openStore } from "servicenow-itsm-host";
import { Database, MEMORY } from "../js/store/database.js";
import { createOccurrenceTable } from "../js/store/occurrence_table.js";
import { openStoreIn, temporaryFolder } from "./folder.js";

const ALERT = { webhook: "prod", alert: "disk" };

test("an alert occurs once until it is over, however often it is told of", () => {
  const { occurrences } = openStore();
  assert.equal(occurrences.ends(ALERT, 1), 1, "one that nobody has heard of");
  assert.equal(occurrences.fires(ALERT), 1);
  assert.equal(occurrences.fires(ALERT), 1);
  assert.equal(occurrences.ends(ALERT, 2), 1);
  assert.equal(occurrences.ends(ALERT, 3), 1);
  assert.equal(occurrences.fires(ALERT), 2);
  assert.equal(occurrences.fires({ ...ALERT, webhook: "other" }), 1);
});

test("occurrences outlive the process", (t) => {
  const folder = temporaryFolder(t);
  const store = openStoreIn(folder);
  store.occurrences.fires(ALERT);
  store.occurrences.ends(ALERT, 1);
  store.close();
  assert.equal(openStoreIn(folder).occurrences.fires(ALERT), 2);
});

test("of alerts that are over the latest are kept, and of those that last all", () => {
  const occurrences = createOccurrenceTable(new Database(MEMORY), 2);
  const alert = (/** @type {number} */ number) => ({ webhook: "prod", alert: String(number) });
  for (const number of [1, 2, 3, 4]) occurrences.fires(alert(number));
  for (const number of [2, 3, 4]) occurrences.ends(alert(number), number);
  assert.deepEqual(
    [1, 2, 3, 4].map((number) => occurrences.fires(alert(number))),
    [1, 1, 2, 2],
  );
});

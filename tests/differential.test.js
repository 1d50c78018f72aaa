// Random templates, rendered by the connector and by the oracle. `npm run differential` has more.

import assert from "node:assert/strict";
import { test } from "node:test";
import { caseOf, difference } from "./differential/compare.js";
import { report } from "./differential/report.js";

const FIRST_SEED = 20_260_301;
const COUNT = 4000;

test("random templates render as Kibana's rules and libraries have them", () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
    const found = difference(caseOf(seed));
    assert.ok(!found, found && report(seed, found));
  }
});

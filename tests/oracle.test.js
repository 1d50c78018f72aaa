// The oracle of the differential test is proved by the cases that the connector itself is proved by.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rendererFor, renderParams } from "./differential/oracle/kibana.js";

const CASES = JSON.parse(
  readFileSync(new URL("../src/template/cases.json", import.meta.url), "utf8"),
);

for (const section of ["engine", "layer", "alerts", "lambdas"]) {
  test(`the oracle agrees with every case of the ${section}`, () => {
    for (const [template, variables, expected, mode] of CASES[section]) {
      const render = rendererFor(CASES[variables] ?? variables);
      const escaping = mode ?? (section === "engine" ? "html" : "none");
      const error = `error rendering mustache template "${template}": ${expected.error}`;
      assert.equal(render(template, escaping), expected.error ? error : expected, template);
    }
  });
}

test("the oracle agrees with every case of whole params", () => {
  for (const [params, variables, expected] of CASES.params) {
    assert.deepEqual(renderParams(params, variables), expected);
  }
});

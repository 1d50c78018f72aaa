// The oracle of the differential test is proved by the cases that the connector itself is proved by.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rendererFor, renderParams } from "./differential/oracle/kibana.js";

const CASES = read("cases.json");

for (const section of ["engine", "layer", "alerts", "lambdas", "inherited"]) {
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

test("the oracle agrees with every case of dates and numbers", () => {
  const instant = "2024-03-10T16:30:05.678Z;Asia/Tokyo";
  const tokens = Object.entries(read("lambdas/cases/date_tokens.json"));
  const cases = [
    ...tokens.map(([token, expected]) => ["FormatDate", `${instant};${token}`, expected]),
    ...Object.entries(read("lambdas/cases/dates.json")).map((row) => ["FormatDate", ...row]),
    ...Object.entries(read("lambdas/cases/numbers.json")).map((row) => ["FormatNumber", ...row]),
  ];
  const render = rendererFor({});
  for (const [name, text, expected] of cases) {
    assert.equal(render(`{{#${name}}}${text}{{/${name}}}`), expected, text);
  }
});

/** @param {string} file one beside the templates' own source */
function read(file) {
  return JSON.parse(readFileSync(new URL(`../src/template/${file}`, import.meta.url), "utf8"));
}

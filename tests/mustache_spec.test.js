// The official suite of the Mustache specification, and what it came to say since (templates.md 5),
// through the connector type. Where Kibana does not do as it says, mustache.js in Kibana's layer is
// what counts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import { rendererFor } from "./differential/oracle/kibana.js";
import { NEWER_CASES } from "./mustache_spec/newer_cases.js";
import { createLogger } from "./support/host.js";

/** @import { Case } from "./mustache_spec/newer_cases.js" */

const NO_OBJECT = "the variables of a rule are an object";

/** Why Kibana differs, by file and case. */
const DEVIATIONS = new Map([
  [
    "interpolation: a dotted name is resolved from its first part only",
    "mustache.js goes on outwards",
  ],
  ["interpolation: a dotted name is no key", "Kibana makes paths of dotted keys"],
  ["interpolation: a key does not mask a dotted name", "Kibana makes paths of dotted keys"],
  ["interpolation: the root may be a text", NO_OBJECT],
  ["interpolation: the root may be a number", NO_OBJECT],
  ["interpolation: the root may be a text in a triple", NO_OBJECT],
  ["interpolation: the root may be a text with an ampersand", NO_OBJECT],
  ["interpolation: the root may be a text that is escaped", NO_OBJECT],
  ["sections: the root may be a list", NO_OBJECT],
]);

const specs = new URL("specs/", pathOf("mustache-spec/package.json"));
const { renderParameterTemplates } = getConnectorType();

for (const [file, newer] of Object.entries(NEWER_CASES)) {
  const { tests } = JSON.parse(readFileSync(new URL(`${file}.json`, specs), "utf8"));
  for (const given of [...tests, ...newer]) {
    const reason = reasonToDiffer(file, given);
    const name = `${file}: ${given.name}`;
    test(reason ? `${name} (not so: ${reason})` : name, () => {
      const { template, data } = given;
      const params = renderParameterTemplates(createLogger(), { template }, data, "c-1");
      const expected = withoutHtml(given.expected);
      if (!reason) {
        assert.equal(params.template, expected);
        return;
      }
      assert.notEqual(params.template, expected, "this is no deviation any more");
      // Of what is no object, Kibana makes nonsense that nobody needs; here it holds no variables.
      assert.equal(params.template, rendererFor(reason === NO_OBJECT ? {} : data)(template));
    });
  }
}

test("every deviation is one of a case that there is", () => {
  const names = Object.entries(NEWER_CASES).flatMap(([file, newer]) =>
    newer.map(({ name }) => `${file}: ${name}`),
  );
  for (const name of DEVIATIONS.keys()) assert.ok(names.includes(name), name);
});

/**
 * @param {string} file
 * @param {Case} given
 */
function reasonToDiffer(file, { name, partials }) {
  // A list of partials is there, and is not empty: Kibana passes none.
  const hasPartials = Object.values(partials ?? {}).some((partial) => partial !== "");
  return hasPartials ? "Kibana has no partials" : DEVIATIONS.get(`${file}: ${name}`);
}

/**
 * The text before HTML was escaped in it: nothing of an incident is HTML.
 *
 * @param {string} text
 */
function withoutHtml(text) {
  /** @type {Record<string, string>} */
  const characters = { amp: "&", quot: '"', lt: "<", gt: ">" };
  return text.replace(/&(amp|quot|lt|gt);/g, (_, name) => characters[name] ?? "");
}

/** @param {string} file one of a package's */
function pathOf(file) {
  return `file://${createRequire(import.meta.url).resolve(file)}`;
}

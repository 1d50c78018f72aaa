// Random templates, rendered by the connector and by the oracle. `npm run differential` has more.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asConnector, asOracle, caseOf, difference, unlike } from "./differential/compare.js";
import { KIBANA } from "./differential/oracle/rules.js";
import { report } from "./differential/report.js";

/** @import { Case, Outcome } from "./differential/compare.js" */

const FIRST_SEED = 20_260_301;
const COUNT = 4000;

test("random templates render as Kibana's rules and libraries have them", () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
    const found = difference(caseOf(seed));
    assert.ok(!found, found && report(seed, found));
  }
});

test("no deviation is so wide that it excuses what is wrong", () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT / 2; seed++) {
    assertNoneExcused(caseOf(seed), `seed ${seed}`);
  }
});

const PAIR = "\u{1f600}";
const DEEP_HJSON = "[".repeat(101) + "]".repeat(101);

/** @type {Record<string, [string, Record<string, unknown>]>} */
const DEVIATING = {
  "a function of lists, where the view is a text": ["{{#l}}{{l.keys}}{{/l}}", { l: ["x"] }],
  "what a function changes": ["{{l.push}}{{length}}", { l: [] }],
  "what goes through a list": ["{{#l.keys}}{{__proto__}}{{/l.keys}}", { l: [] }],
  "a view that a function gives": ["{{#n}}{{#valueOf}}x{{/valueOf}}{{/n}}", { n: [0] }],
  "what functions have, of a lambda": ["{{EvalMath.length}}", {}],
  "what every number has": ["{{n.toFixed.name}}", { n: 1 }],
  "a function in an expression": ["{{#EvalMath}}n.toFixed{{/EvalMath}}", { n: 1 }],
  "lambdas, deep": [`${"{{#EncodeURI}}".repeat(21)}${"{{/EncodeURI}}".repeat(21)}`, {}],
  "Hjson, deep": [`{{#ParseHjson}}${DEEP_HJSON}{{/ParseHjson}}`, {}],
  "Hjson, a prototype": ["{{#ParseHjson}}__proto__: null\n__proto__: 1{{/ParseHjson}}", {}],
  "half of a pair": ["{{t.0}}", { t: PAIR }],
  "half of a pair in an address": ["{{#EncodeURI}}{{t.1}}{{/EncodeURI}}", { t: PAIR }],
  "a variable in the way of look-ups": ["{{hasOwnProperty}}{{a}}", { hasOwnProperty: 1, a: 2 }],
  "a variable in the way of another's words": ["{{toLocaleString}}", { toString: "x" }],
  "variables that are a text": ["{{0}}", { toJSON: () => "called" }],
  "a dotted length": ["{{l.length}}", { l: [1, 2], "l.length": 1 }],
  "a dotted member in the way of a list's text": ["{{l}}", { l: [1, 2], "l.join": "x" }],
  "a zone's rules after 2499": [dateIn("2600-07-01T12:00Z", "Europe/Berlin"), {}],
  "an abbreviation before 2000": [dateIn("1981-02-19", "Pacific/Samoa"), {}],
  "an abbreviation after 2499": [dateIn("20280", "Asia/Jayapura"), {}],
  "an abbreviation for a place before it was one": [dateIn("2002-02-16", "Antarctica/Troll"), {}],
};

/**
 * @param {string} date
 * @param {string} zone
 */
function dateIn(date, zone) {
  return `{{#FormatDate}}${date};${zone};YYYY-MM-DD HH:mm z{{/FormatDate}}`;
}

for (const [name, [template, variables]] of Object.entries(DEVIATING)) {
  test(`a deviation that is stated is excused, and nothing else of its case: ${name}`, () => {
    const given = { template, variables };
    assert.notDeepEqual(
      asConnector(given),
      asOracle(given, KIBANA),
      "this is no deviation any more",
    );
    assert.equal(difference(given), undefined);
    assertNoneExcused(given, name);
  });
}

/**
 * @param {Case} given
 * @param {string} name
 */
function assertNoneExcused(given, name) {
  for (const wrong of wronged(asConnector(given))) {
    assert.ok(unlike(given, wrong), `${name}: ${JSON.stringify(wrong)}`);
  }
}

/**
 * Outcomes that are plainly wrong: another text, one character more, less, or another one, a warning more.
 *
 * @param {Outcome} right
 * @returns {Outcome[]}
 */
function wronged({ text = "", json = "", warnings = [] }) {
  const half = Math.floor(text.length / 2);
  const texts = [
    "plainly wrong",
    `${text}x`,
    `${text.slice(0, half)}\u0001${text.slice(half + 1)}`,
  ];
  if (text !== "") texts.push(text.slice(0, -1));
  return [
    ...texts.map((wrong) => ({ text: wrong, json, warnings })),
    { text, json: `${json}x`, warnings },
    { text, json, warnings: [...warnings, "mustache render error: x"] },
  ];
}

// The schemas' texts against the schema libraries themselves: Kibana 9.3 has zod 3, later ones have
// zod 4. Here are the host's way to word their errors (kibana-host.md 2.2), and many values that are
// wrong in some places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import * as zod3 from "zod3";
import * as zod4 from "zod4";
import { RESERVED, schemasOf } from "./support/schemas.js";

/**
 * How a host words an error of zod 3.
 *
 * @param {any} error
 */
function listOf(error) {
  const root = error.format();
  const found = [...root._errors];
  const visit = (/** @type {any} */ node, /** @type {string[]} */ path) => {
    if (path.length > 0 && node._errors.length > 0) {
      found.push(`Field "${path.join(".")}": ${node._errors.join(", ")}`);
      return;
    }
    for (const key of Object.keys(node)) if (key !== "_errors") visit(node[key], [...path, key]);
  };
  visit(root, []);
  if (found.length === 1) return found[0];
  const shown = found.slice(0, 5);
  if (found.length > 5) shown.push(`and ${found.length - 5} more`);
  return `${found.length} errors:\n ${shown.map((text, n) => `[${n + 1}]: ${text}`).join(";\n ")}`;
}

/** A generator of numbers from 0 to below `limit`, the same in each run. */
function createRandom(seed = 20240506) {
  let state = seed;
  return (/** @type {number} */ limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const MANY = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`u_${n}`, n]));
const JSON_TEXTS = [
  "",
  "{",
  '{"a":1',
  "nope",
  "[1]",
  "5",
  "null",
  "{}",
  '{"u_a":{"b":[1]}}',
  "{no",
];
const FIELDS = [
  {},
  { u_a: 1, severity: "2" },
  { category: "x", u_b: null, externalId: 1 },
  MANY,
  { ...MANY, description: "x" },
  ...JSON_TEXTS,
  JSON.stringify({ ...MANY, additional_fields: {} }),
];
const WRONG = [
  undefined,
  null,
  true,
  0,
  1.5,
  Number.NaN,
  "",
  "true",
  '{"a":1}',
  [],
  [1],
  {},
  { a: 1 },
];
const KEYS = ["foo", "bar", "odd key", "a.b", "é", "", "7", "apiUrl", "comments", "constructor"];

const GOOD = {
  config: [{ apiUrl: "https://a.test", isOAuth: true, clientId: "c", jwtKeyId: null }],
  secrets: [
    { username: "a", password: "b" },
    { clientSecret: "c", privateKey: "d" },
  ],
  params: [
    { subAction: "getFields", subActionParams: {} },
    { subAction: "getIncident", subActionParams: { externalId: "9d38" } },
    { subAction: "handshake", subActionParams: {} },
    { subAction: "getChoices", subActionParams: { fields: ["urgency", "impact"] } },
    { subAction: "closeIncident", subActionParams: { incident: { correlation_id: "a" } } },
    {
      subAction: "pushToService",
      subActionParams: {
        incident: { short_description: "a", urgency: "1", additional_fields: null },
        comments: [
          { comment: "a", commentId: "1" },
          { comment: "b", commentId: "2" },
        ],
      },
    },
  ],
};

/**
 * A value with one thing changed in it, at some depth.
 *
 * @param {any} value
 * @param {(limit: number) => number} random
 * @returns {any}
 */
function mutated(value, random) {
  const pick = (/** @type {any[]} */ list) => list[random(list.length)];
  if (typeof value !== "object" || value === null || random(8) === 0) return pick(WRONG);
  if (Array.isArray(value)) {
    const items = [...value, pick([...value, ...WRONG])];
    const place = random(items.length);
    return items.map((item, n) => (n === place ? mutated(item, random) : item));
  }
  const key = pick(Object.keys(value));
  const without = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  if (key === "additional_fields") return { ...value, [key]: pick(FIELDS) };
  switch (random(6)) {
    case 0:
      return key === undefined ? value : without;
    case 1:
      return { ...value, [pick(KEYS)]: pick(WRONG) };
    case 2:
      return { ...value, [pick([...KEYS, ...RESERVED, "subAction"])]: pick(WRONG) };
    default:
      return key === undefined ? value : { ...value, [key]: mutated(value[key], random) };
  }
}

/**
 * What comes of a value: itself with its defaults, or a text.
 *
 * @param {() => unknown} parse
 * @param {(error: any) => string} text
 */
function outcome(parse, text) {
  try {
    return { value: parse() };
  } catch (error) {
    return { text: text(error) };
  }
}

// Nothing of it is used, and so nothing of it comes back.
const anyRecord = zod4.z.record(zod4.z.string(), zod4.z.any()).transform(() => ({}));

const LIBRARIES = /** @type {const} */ ([
  ["zod3", schemasOf(zod3.z, zod3.z.object({}).strict()), listOf],
  ["zod4", schemasOf(zod4.z, anyRecord), zod4.prettifyError],
]);

for (const [schemaLibrary, schemas, textOf] of LIBRARIES) {
  for (const part of /** @type {const} */ (["config", "secrets", "params"])) {
    test(`${part}: what is taken and what is said of the rest is as with ${schemaLibrary}`, () => {
      const { schema } = getConnectorType({ schemaLibrary }).validate[part];
      const random = createRandom();
      const count = { value: 0, text: 0 };
      for (let round = 0; round < 2000; round += 1) {
        let value = GOOD[part][random(GOOD[part].length)];
        for (let left = random(5); left > 0; left -= 1) value = mutated(value, random);
        const expected = outcome(() => schemas[part].parse(value), textOf);
        const actual = outcome(
          () => schema.parse(value),
          (error) => error.message,
        );
        assert.deepEqual(actual, expected, JSON.stringify(value));
        count["text" in expected ? "text" : "value"] += 1;
      }
      assert.ok(count.value > 100 && count.text > 100, JSON.stringify(count));
    });
  }
}

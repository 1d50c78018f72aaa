// Variables of a rule's action: ordinary ones, and every shape that something is said about.

/** @import { Random } from "./random.js" */

const NAMES = [
  "a",
  "b",
  "c",
  "x",
  "y",
  "host",
  "name",
  "list",
  "context",
  "rule",
  "alert",
  "state",
];
const ODD_NAMES = [
  ...["", " ", "a b", "$v", "@timestamp", "0", "1", "10", "01", "-1", "\u00e9", "\u{1f600}", "a-b"],
  ...["length", "asJSON", '"q"', "x}", "n\nl", "toJSON", "EvalMath", "FormatDate", ".", ".x", "a."],
];
/** Names that objects and lists have in JavaScript, whoever made them. */
export const INHERITED_NAMES = [Object.prototype, Array.prototype]
  .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
  .filter((name) => name !== "length");

const TEXTS = [
  ...["", " ", "x", "word", "two words", "0", "7", "-1.5", "1e3", "true", "null", "Zo\u00eb"],
  ...['a"b\\c\n/', "it's", "<b>&amp;</b>", "`=`", "{{x}}", "{{", "}}", "a;b", "1,2", "\t", "\r\n"],
  ...[
    "\u0000\u001f\u007f",
    "a\u0010b",
    "\u0010\u001b\\",
    "\u2028\u2029",
    "\u00a0",
    "\u{1f600}",
    "\u{1f468}\u200d\u{1f469}",
    "\ufeff",
  ],
  ...["2026-05-04T03:02:01.000Z", "2026-05-04", "db-07", "disk 91%", "https://h.test/a b?c=1#d"],
];
const NUMBERS = [
  ...[0, -0, 1, 2, 3, 5, 10, 42, -1, -7, 0.1, 0.2, 1.5, -1.5, 2.5, 91.25, 1000, 1234567.891],
  ...[1e21, 1e-7, 1.7976931348623157e308, 5e-324, 123456789012345680000, 1782943509087],
];

/**
 * @param {Random} random
 * @returns {Record<string, unknown>}
 */
export function variables(random) {
  return random.weighted([
    [4, () => object(random, 3)],
    [2, () => ({ ...alert(random), ...object(random, 2) })],
    [1, () => ({ ...object(random, 2), ...alert(random) })],
  ]);
}

/**
 * @param {Random} random
 * @param {number} depth
 */
function object(random, depth) {
  /** @type {[string, unknown][]} */
  const entries = random.some(5, () => [key(random), value(random, depth - 1)]);
  if (random.chance(0.3)) entries.push(["n", number(random)]);
  // Unlike an assignment, this makes a member of `__proto__` too.
  return Object.fromEntries(entries);
}

/** @param {Random} random */
function key(random) {
  return random.weighted([
    [10, () => random.pick(NAMES)],
    [3, () => random.pick(ODD_NAMES)],
    [6, () => dotted(random)],
    [0.4, () => random.pick(INHERITED_NAMES)],
  ]);
}

/** @param {Random} random */
function dotted(random) {
  const part = () =>
    random.weighted([
      [12, () => random.pick(NAMES)],
      [2, () => String(random.int(3))],
      [1, () => ""],
      [1, () => random.pick(ODD_NAMES)],
      [0.1, () => random.pick(INHERITED_NAMES)],
    ]);
  return [part(), part(), ...random.some(2, part)].join(".");
}

/**
 * @param {Random} random
 * @param {number} depth
 * @returns {unknown}
 */
function value(random, depth) {
  /** @type {[number, () => unknown][]} */
  const leaves = [
    [5, () => text(random)],
    [4, () => number(random)],
    [1, () => random.chance(0.5)],
    [1, () => null],
    [0.3, () => strange(random)],
  ];
  if (depth <= 0) return random.weighted(leaves);
  return random.weighted([
    ...leaves,
    [4, () => object(random, depth)],
    [2, () => random.some(4, () => value(random, depth - 1))],
    [1, () => random.some(4, () => number(random))],
    [1, () => random.some(3, () => object(random, depth))],
  ]);
}

/** @param {Random} random */
export function text(random) {
  return random.chance(0.85)
    ? random.pick(TEXTS)
    : random.some(3, () => random.pick(TEXTS)).join("");
}

/** @param {Random} random */
export function number(random) {
  return random.weighted([
    [3, () => random.pick(NUMBERS)],
    [2, () => random.int(20)],
    [1, () => (random.int(2_000_001) - 1_000_000) / 10 ** random.int(7)],
    [0.5, () => (random.int(2 ** 31) - 2 ** 30) * 10 ** (random.int(40) - 20)],
  ]);
}

/**
 * What JSON has no word for.
 *
 * @param {Random} random
 */
function strange(random) {
  return random.pick([
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    new Date(1777863721000),
    new Map([["k", 1]]),
    () => "called",
    { toJSON: () => ({ "from.json": 1 }) },
  ]);
}

/** @param {Random} random */
function alert(random) {
  const group = random.pick(["threshold met", "recovered"]);
  return {
    "@timestamp": "2026-03-01T08:00:00.000Z",
    "event.action": random.pick(["open", "active", "close"]),
    "kibana.alert.status": random.pick(["active", "recovered"]),
    "kibana.alert.reason": text(random),
    "kibana.alert.duration.us": random.int(2 ** 31),
    "kibana.alert.rule.parameters": object(random, 2),
    "kibana.alert": random.weighted([
      [3, () => undefined],
      [1, () => value(random, 2)],
    ]),
    "kibana.space_ids": ["ops"],
    tags: random.some(3, () => text(random)),
    context: {
      value: number(random),
      message: text(random),
      hits: random.some(3, (index) => ({
        _id: `h${index}`,
        _source: { "host.name": `db-${index}`, message: text(random), ...object(random, 1) },
      })),
    },
    date: "2026-03-01T08:00:02.123Z",
    state: { start: "2026-03-01T07:58:00.000Z", duration: "120000000000" },
    rule: { id: "r-1", name: text(random), tags: ["db", "prod"], params: { threshold: [90] } },
    alert: { id: "db-07", actionGroup: group, flapping: random.chance(0.5), consecutiveMatches: 3 },
  };
}

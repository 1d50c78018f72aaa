// What ParseHjson is given.

import { broken } from "./random.js";
import { number } from "./variables.js";

/** @import { Random } from "./random.js" */

const KEYS = [
  "a",
  "b",
  "k1",
  "2",
  "1",
  '"q k"',
  "'s'",
  "\u00e9",
  "__proto__",
  "a b",
  "",
  "a.b",
  "#",
  "/",
];
const WORDS = [
  ...[
    "x",
    "two words",
    "true",
    "false",
    "null",
    "nul",
    "01",
    "0x1",
    ".5",
    "+1",
    "1.",
    "-",
    "-1e2",
    "1e400",
  ],
  ...[
    "1 2",
    "12345678901234567890",
    "1 # c",
    "true // c",
    "null /* c */",
    "x # kept",
    "1e5",
    "-0",
    "1x",
  ],
];
const QUOTED = [
  ...['""', '"x"', "'it'", '"x\\u0041\\n"', "'\\''", '"\\/\\b\\f"', '"\\q"', '"\\u00zz"', '"a\tb"'],
  ...["'''\r\n  l1\r\n    l2\r\n  '''", "'''a\r\nb\r'''", "\r\n  '''\r\n  x\r\n  '''"],
  ...["'''\n  l1\n    l2\n  '''", "''''''", "'''x'''", "'''a\n\n b'''", '"\u{1f600}"', '"#"'],
];
const GAPS = [
  "",
  " ",
  "\n",
  "\n  ",
  "\t",
  "\r\n",
  " # c\n",
  " // c\n",
  "/* c */",
  "/* a\nb */ ",
  "\u00a0",
];
const STRANGERS = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "'",
    "'''",
    "#",
    "/*",
    "//",
    "\n",
    " ",
    "\\",
    "\u0000",
    "\u{1f600}",
  ],
];

/**
 * @param {Random} random
 * @param {() => string} interpolated
 */
export function hjson(random, interpolated) {
  const gap = () => random.pick(GAPS);
  const between = () =>
    random.weighted([
      [3, () => `,${gap()}`],
      [3, () => `\n${gap()}`],
      [0.2, () => gap()],
    ]);
  /** @type {(depth: number) => string} */
  const value = (depth) =>
    random.weighted([
      [3, () => random.pick(WORDS)],
      [2, () => String(number(random))],
      [3, () => random.pick(QUOTED)],
      [2, interpolated],
      [0.5, () => `"${interpolated()}"`],
      ...(depth > 0
        ? /** @type {[number, () => string][]} */ ([
            [2, () => `{${gap()}${members(depth - 1)}${gap()}}`],
            [2, () => `[${gap()}${items(depth - 1)}${gap()}]`],
          ])
        : []),
    ]);
  /** @type {(depth: number) => string} */
  const members = (depth) =>
    random
      .some(
        3,
        () => `${random.pick(KEYS)}${random.pick(["", "", " ", "\n"])}:${gap()}${value(depth)}`,
      )
      .map((member) => member + between())
      .join("");
  /** @type {(depth: number) => string} */
  const items = (depth) =>
    random
      .some(4, () => value(depth))
      .map((item) => item + between())
      .join("");
  const whole = random.weighted([
    [3, () => `{${gap()}${members(2)}${gap()}}`],
    [2, () => members(2)],
    [2, () => `[${gap()}${items(2)}${gap()}]`],
    [1, () => value(1)],
  ]);
  return random.chance(0.15) ? broken(random, whole, STRANGERS) : whole;
}

// What FormatDate is given.

import moment from "moment-timezone";
import { broken } from "./random.js";

/** @import { Random } from "./random.js" */

const ZONES = moment.tz.names();
const NO_ZONES = ["utc", "Z", "+02:00", "PST", "GMT+2", "europe/rome", "Nowhere/City", "x"];
const TOKENS = [
  ...["M", "Mo", "MM", "MMM", "MMMM", "Q", "Qo", "D", "Do", "DD", "DDD", "DDDo", "DDDD", "d", "do"],
  ...[
    "dd",
    "ddd",
    "dddd",
    "e",
    "E",
    "w",
    "wo",
    "ww",
    "W",
    "Wo",
    "WW",
    "YY",
    "YYYY",
    "YYYYY",
    "YYYYYY",
  ],
  ...[
    "Y",
    "y",
    "N",
    "NN",
    "NNN",
    "NNNN",
    "NNNNN",
    "gg",
    "gggg",
    "ggggg",
    "GG",
    "GGGG",
    "GGGGG",
    "A",
  ],
  ...[
    "a",
    "H",
    "HH",
    "h",
    "hh",
    "k",
    "kk",
    "m",
    "mm",
    "s",
    "ss",
    "S",
    "SS",
    "SSS",
    "SSSS",
    "SSSSSSSSS",
  ],
  ...[
    "z",
    "zz",
    "Z",
    "ZZ",
    "X",
    "x",
    "LT",
    "LTS",
    "L",
    "l",
    "LL",
    "ll",
    "LLL",
    "lll",
    "LLLL",
    "llll",
  ],
  ...["Hmm", "hmm", "Hmmss", "hmmss", "yo", "yy", "yyyy"],
];
const ORDINALS = ["Do", "Mo", "Qo", "DDDo", "do", "wo", "Wo", "yo"];
const LITERALS = [
  "-",
  "/",
  ":",
  " ",
  ", ",
  "[at]",
  "[h]",
  "\\h",
  "[",
  "]",
  "[]",
  "T",
  "\u{1f600}",
  "q",
  ".",
];
const WORDS = [
  "",
  "bad",
  "2026-02-30",
  "2026-13-01",
  "20260701",
  "2026-7-1",
  "2026",
  "2026-07",
  "26-07-01",
];

/**
 * @param {Random} random
 * @param {() => string} interpolated
 */
export function date(random, interpolated) {
  const when = random.weighted([
    [8, () => isoDate(random)],
    [2, interpolated],
    [1, () => random.pick(WORDS)],
    [1.5, () => otherDate(random)],
    [0.7, () => broken(random, isoDate(random), ["0", "-", ":", "T", " ", "Z", "+"])],
  ]);
  const zone = random.weighted([
    [2, () => ""],
    [6, () => random.pick(ZONES)],
    [1, () => random.pick(NO_ZONES)],
  ]);
  const format = random.chance(0.2) ? "" : formatText(random);
  const blank = () => random.pick(["", "", " ", "\n"]);
  return random.pick([
    `${when}`,
    `${when}${blank()};${blank()}${zone}`,
    `${when};${zone}${blank()};${blank()}${format}`,
    `${when};${zone};${format}`,
  ]);
}

/** @param {Random} random */
function formatText(random) {
  const part = () =>
    random.weighted([
      [6, () => random.pick(TOKENS)],
      [0.6, () => random.pick(ORDINALS)],
      [3.4, () => random.pick(LITERALS)],
    ]);
  return [part(), ...random.some(6, part)].join("");
}

/**
 * A date as others write one: mail, people, and the rarer forms of ISO 8601.
 *
 * @param {Random} random
 */
function otherDate(random) {
  const year = 1970 + random.int(80);
  const number = (/** @type {number} */ most) => 1 + random.int(most);
  const two = (/** @type {number} */ most) => String(number(most)).padStart(2, "0");
  const month = random.pick(["Jan", "Feb", "Mar", "May", "Sep", "Dec", "October"]);
  const time = random.pick([
    "",
    " 16:30",
    " 4:30 pm",
    " 16:30:05 +0100",
    " 16:30:05 GMT",
    "T16:30Z",
  ]);
  return random.pick([
    `${random.pick(["Sun", "Mon", "Tue"])}, ${two(28)} ${month} ${year} 16:30:05 +0000`,
    `${number(28)} ${month} ${year}${time}`,
    `${month} ${number(28)}, ${year}${time}`,
    `${number(12)}/${number(28)}/${year}${time}`,
    `${year}/${two(12)}/${two(28)}${time}`,
    `${year}-W${two(53)}-${number(8)}${time}`,
    `${year}W${two(53)}`,
    `${year}-${String(number(370)).padStart(3, "0")}${time}`,
    `${year}${two(12)}${two(28)}T${two(23)}${two(59)}${two(59)}Z`,
    `${random.pick(["+", "-"])}00${year}-${two(12)}-${two(28)}${random.pick(["", "T10:20Z"])}`,
    `${year}-${two(12)}-${two(28)}T${two(24)}`,
    `${year}-${two(12)}-${two(28)}t10:20:30z`,
    `${year}-${two(12)}-${two(28)}T10:20:30,5Z`,
    `${year}-${two(12)}-${two(28)}T24:00${random.pick(["", ":00", ":01", ":00.000"])}Z`,
    `${random.pick(["db", "host", "x"])}-${number(40)}`,
    `${number(9999)}`,
  ]);
}

/** @param {Random} random */
function isoDate(random) {
  const two = (/** @type {number} */ from, /** @type {number} */ count) =>
    String(from + random.int(count)).padStart(2, "0");
  const year = random.weighted([
    [6, () => 1970 + random.int(67)],
    [1, () => 1850 + random.int(350)],
    [0.3, () => random.int(10000)],
  ]);
  const ofMonth = random.weighted([
    [8, () => two(1, 28)],
    // Whose ordinals end in other letters than those of 1 to 3.
    [1, () => two(11, 3)],
    [0.5, () => two(1, 31)],
  ]);
  const day = `${String(year).padStart(4, "0")}-${two(1, 12)}-${ofMonth}`;
  if (random.chance(0.1)) return day;
  const seconds = random.chance(0.85) ? `:${two(0, 60)}` : "";
  const fraction = seconds && random.chance(0.5) ? `.${random.int(10 ** (1 + random.int(6)))}` : "";
  const offset = random.weighted([
    [6, () => "Z"],
    [1, () => ""],
    [1, () => `${random.pick(["+", "-"])}${two(0, 15)}:${random.pick(["00", "30", "45"])}`],
    [0.5, () => `${random.pick(["+", "-"])}${two(0, 15)}${random.pick(["00", "30"])}`],
  ]);
  return `${day}${random.chance(0.9) ? "T" : " "}${two(0, 24)}:${two(0, 60)}${seconds}${fraction}${offset}`;
}

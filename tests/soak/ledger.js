// The ledger: what a soak came to, line by line, each right or wrong.

import { columnsAtEnd } from "./lives.js";

/** @import { FaultFacts } from "../../simulator/js/types.js" */
/** @import { Growth } from "./memory.js" */
/** @import { Report, Wrong } from "./play.js" */
/** @import { Kind } from "./verdict.js" */

/** @typedef {{ isRight: boolean | undefined, what: string, found: string }} Line */

const WIDTH = 100;
/** As many alerts that are wrong are told in full. */
const TOLD = 10;

/** What each fault that is excused did, by its number and the kind of what is found. */
const EXCUSES = new Map([
  ["19 state", "the row that closes was ignored; the log warns that it is open still"],
  ["19 values", "the row of the last values was ignored, and the answer was one of success"],
  ["23 double", "a second incident was given the correlation ID"],
  ["23 state", "the second incident was the latest open one, and was closed"],
  ["24 double", "the correlation ID was dropped: an incident that nobody finds; the log warns"],
  [
    "24 comment twice",
    "the same, and the action was run again: each of the incidents has the comment",
  ],
  ["24 missing", "the same, each time that the alert fired"],
  ["24 values", "the same, for the last values"],
  ["25 double", "the correlation ID was cut: an incident that nobody finds; the log warns"],
  [
    "25 comment twice",
    "the same, and the action was run again: each of the incidents has the comment",
  ],
  ["25 missing", "the same, each time that the alert fired"],
  ["25 values", "the same, for the last values"],
  ["26 values", "the category was emptied"],
  ["27 state", "somebody else closed the incident, and the alert fires on into it"],
  ["29 state", "a list hid the incident that was to be closed, and said that it was empty"],
  ["30 state", "a list hid the incident that was to be closed, and its count"],
  ["31 state", "a list hid the incident that was to be closed, and its count"],
]);

/** @param {Report} report */
export function isRight(report) {
  return linesOf(report).every((line) => line.isRight !== false);
}

/**
 * @param {Report} report
 * @returns {string} for a terminal
 */
export function ledgerText(report) {
  const { options, seconds, counts, instance, excused, saidAgain } = report;
  const rate = (counts.actions / seconds).toFixed(1);
  const share = ((100 * instance.struck) / instance.requests).toFixed(1);
  const excuses = [...excused]
    .toSorted(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(([key, times]) => [String(times), `fault ${key.split(" ")[0]}`, EXCUSES.get(key) ?? key]);
  return [
    `Alerts ${options.alerts}, concurrency ${options.concurrency}, seed ${options.seed}: ` +
      `${seconds.toFixed(0)} s, ${rate} actions a second`,
    section("What was asked of the host", [
      ["actions that rules asked for", report.steps],
      ["  comments of theirs in the words of an earlier one", saidAgain],
      ["asked again after an error", counts.again],
      ["  after a look at the incident, for its comments", counts.looked],
      ["  comments that were there already", counts.thereAlready],
      ["attempts of the host", counts.attempts],
      ["  more than one an action", counts.attempts - counts.actions],
      ["ended in an error", counts.failed],
      ["kills of the host's process", report.kills],
      ["starts of it", report.starts],
    ]),
    section("What came to the instance", [
      ["requests", instance.requests],
      [`  struck by a fault (${share} %)`, instance.struck],
      ["  answered with 429: rate limits, and faults 36 and 37", instance.limited],
      ["token requests", instance.tokenRequests],
      ["  tokens given", instance.tokens],
    ]),
    `Faults, by number and how often each happened\n${faultsText(report.catalogue, instance.faults)}`,
    ...(excuses.length > 0
      ? [`What instances did and did not tell: not held against the connector\n${wrapped(excuses)}`]
      : []),
    linesOf(report).map(lineText).join("\n"),
    ...report.wrong.slice(0, TOLD).map(wrongText),
  ].join("\n\n");
}

/**
 * @param {Report} report
 * @returns {Line[]}
 */
function linesOf({ options, wrong, incidents, foreign, strangers, growth }) {
  const none = (/** @type {string} */ what, /** @type {Kind[]} */ ...kinds) => {
    const found = wrong.filter(({ finding }) => kinds.includes(finding.kind));
    const alerts = new Set(found.map(({ life }) => life.number)).size;
    return { isRight: alerts === 0, what, found: alerts === 0 ? "none" : `${alerts} alerts` };
  };
  return [
    {
      isRight: true,
      what: "incidents of alerts",
      found: `${incidents - foreign.count} for ${options.alerts} alerts`,
    },
    none("alerts that an action never succeeded for", "unfinished"),
    none("alerts of which an action was given up that only had to wait", "given up"),
    none("alerts without an incident", "missing"),
    none("alerts with more than one", "double"),
    none("alerts whose incident is in the wrong state", "state"),
    none("alerts whose incident lacks the last values", "values"),
    none("alerts that lack a comment", "comment missing"),
    none("alerts that have a comment twice", "comment twice"),
    {
      isRight: foreign.touched === 0,
      what: "incidents of others that were touched",
      found: `${foreign.touched} of ${foreign.count}`,
    },
    { isRight: strangers === 0, what: "incidents that are nobody's", found: String(strangers) },
    growthLine("JavaScript heap after warm-up", growth.heap),
    growthLine("memory of the connector's module after warm-up", growth.module),
  ];
}

/**
 * @param {string} what
 * @param {Growth} growth
 * @returns {Line}
 */
function growthLine(what, { grows, before, after }) {
  if (grows === undefined) {
    return {
      isRight: undefined,
      what,
      found: "not judged in less than some 5,000 alerts",
    };
  }
  const found = `${megabytes(before)}, then ${megabytes(after)} MB`;
  return { isRight: !grows, what, found };
}

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(2);

/** @param {Line} line */
function lineText({ isRight, what, found }) {
  const mark = isRight === undefined ? "-" : isRight ? "✓" : "✗";
  return `${mark} ${what.padEnd(48)} ${found}`;
}

/**
 * @param {string} title
 * @param {[string, number][]} rows
 */
function section(title, rows) {
  const lines = rows.map(
    ([what, count]) => `  ${what.padEnd(56)}${count.toLocaleString("en").padStart(10)}`,
  );
  return `${title}\n${lines.join("\n")}`;
}

/**
 * @param {FaultFacts[]} catalogue
 * @param {Map<number, number>} times
 */
function faultsText(catalogue, times) {
  const cells = catalogue.map(({ number, id }) => {
    const count = times.get(number) ?? 0;
    return `${String(number).padStart(2)} ${id.padEnd(22)}${String(count).padStart(6)}`;
  });
  const rows = Math.ceil(cells.length / 3);
  const lines = Array.from({ length: rows }, (_, row) =>
    [0, 1, 2].map((column) => cells[column * rows + row] ?? "").join("  "),
  );
  return lines.map((line) => `  ${line}`.trimEnd()).join("\n");
}

/** @param {string[][]} excuses how often, by what, what it did */
function wrapped(excuses) {
  return excuses
    .map(([times = "", fault = "", text = ""]) => `  ${times.padStart(6)}  ${fault}: ${text}`)
    .join("\n");
}

/** @param {Wrong} wrong */
function wrongText({ life, finding, struck, events }) {
  const lines = [
    `Alert ${life.number} (${life.correlationId}): ${finding.what}`,
    `  expected  ${finding.expected}`,
    `  found     ${finding.found}`,
    `  its life  ${life.steps.map(({ happening }) => happening).join(", ")}`,
    `  at last   ${JSON.stringify(columnsAtEnd(life))}`,
    `  faults    ${struck.join("; ") || "none"}`,
    ...events.map(
      ({ timestamp, action, attempt, outcome, message, serviceMessage }) =>
        `  ${timestamp}  ${[action, attempt, outcome, serviceMessage ?? message]
          .filter((part) => part !== null)
          .join(" ")}`,
    ),
  ];
  return lines.map(folded).join("\n");
}

/** @param {string} line @returns {string} as lines that are not too wide */
function folded(line) {
  if (line.length <= WIDTH) return line;
  return `${line.slice(0, WIDTH)}\n${folded(`      ${line.slice(WIDTH)}`)}`;
}

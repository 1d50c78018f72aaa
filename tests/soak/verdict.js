// Whether ServiceNow holds of an alert what it has to: one incident, in its state, with its last values,
// and with every comment once.
//
// Some faults are lies: the instance answers as if it had done what it has not, or somebody else does
// something to the incident. What such a fault did is excused, and named by its number; it is excused
// only in the alert, and in the part of it, whose request the fault was seen to strike.

import { columnsAtEnd, isOver, notesAtEnd } from "./lives.js";

/** @import { Incident } from "../../simulator/js/types.js" */
/** @import { Seen } from "./witness.js" */

/**
 * @typedef {"unfinished" | "given up" | "missing" | "double" | "state" | "values" | "comment missing" |
 *   "comment twice"} Kind
 */

/**
 * @typedef {object} Finding something that is not as it should be
 * @property {Kind} kind
 * @property {string} what
 * @property {string} expected
 * @property {string} found
 * @property {number[]} excuse the faults that explain it; none when nothing does
 */

const NEW = "1";
const CLOSED = "7";

const ROW_IGNORED = 19;
const SEVERAL_TARGETS = 23;
/** The incident of the alert is made without the correlation ID that it is found by. */
const ID_LOST = [24, 25];
const CHOICE_INVALID = 26;
const INCIDENT_CLOSED = 27;
/** A list that shows nothing of what there is, and what takes the count away that would tell. */
const HIDING = [30, 31];
const COUNTLESS = [29, 35];

/**
 * @param {Seen} seen
 * @param {Incident[]} incidents all that have the alert's title
 * @returns {Finding[]}
 */
export function judge(seen, incidents) {
  const made = new Map(seen.made.map(({ sysId, fault }) => [sysId, fault]));
  const own = incidents.filter(({ sys_id = "" }) => !made.has(sys_id));
  return [
    ...judgeNumber(seen, own),
    ...[...made].flatMap(([sysId, fault]) => ({
      kind: /** @type {const} */ ("double"),
      what: "incidents",
      expected: "one",
      found: `one more, ${sysId}`,
      excuse: [fault],
    })),
    ...judgeState(seen, own, incidents),
    ...judgeValues(seen, own, incidents),
    ...judgeNotes(seen, incidents),
  ];
}

/**
 * @param {Seen} seen
 * @param {Incident[]} own
 * @returns {Finding[]}
 */
function judgeNumber({ life, struck }, own) {
  if (own.length === 1) return [];
  const firings = life.steps.flatMap(({ happening }, step) =>
    happening === "fires" ? [step] : [],
  );
  const lost = struck.filter(({ fault, asked }) => ID_LOST.includes(fault) && asked === "alert");
  const isLostEachTime = firings.every((firing) => lost.some(({ step }) => step === firing));
  return [
    {
      kind: own.length === 0 ? "missing" : "double",
      what: "incidents",
      expected: "one",
      found: own.length === 0 ? "none" : own.map(({ number }) => number).join(", "),
      excuse: own.length === 0 && isLostEachTime ? lost.map(({ fault }) => fault) : [],
    },
  ];
}

/**
 * @param {Seen} seen
 * @param {Incident[]} own
 * @param {Incident[]} all
 * @returns {Finding[]}
 */
function judgeState(seen, own, all) {
  const expected = isOver(seen.life) ? CLOSED : NEW;
  const excuse = expected === CLOSED ? whyNotClosed(seen, all) : whyNotOpen(seen);
  return own
    .filter(({ state }) => state !== expected)
    .map(({ number, state = "" }) => ({
      kind: "state",
      what: `state of ${number}`,
      expected,
      found: state,
      excuse,
    }));
}

/** @param {Seen} seen */
function whyNotOpen({ struck }) {
  return struck.map(({ fault }) => fault).filter((fault) => fault === INCIDENT_CLOSED);
}

/**
 * @param {Seen} seen
 * @param {Incident[]} all
 */
function whyNotClosed({ life, struck, made }, all) {
  const closing = struck.filter(({ step }) => step === life.steps.length - 1);
  const ignored = closing.filter(({ fault, asked }) => fault === ROW_IGNORED && asked === "close");
  const hidden = closing.filter(
    ({ fault, request }) =>
      HIDING.includes(fault) &&
      closing.some((other) => other.request === request && COUNTLESS.includes(other.fault)),
  );
  // The other one of the two was taken for the alert's, and closed.
  const doubled = made.filter(
    ({ sysId, fault }) =>
      fault === SEVERAL_TARGETS && all.some((one) => one.sys_id === sysId && one.state === CLOSED),
  );
  return [...ignored, ...hidden, ...doubled].map(({ fault }) => fault);
}

/**
 * @param {Seen} seen
 * @param {Incident[]} own
 * @param {Incident[]} all
 * @returns {Finding[]}
 */
function judgeValues(seen, own, all) {
  const wanted = Object.entries(columnsAtEnd(seen.life));
  const lastFiring = seen.life.steps.findLastIndex(({ happening }) => happening === "fires");
  const faults = seen.struck
    .filter(({ step, asked }) => step === lastFiring && asked === "alert")
    .map(({ fault }) => fault);
  /** @param {Incident} incident */
  const wrongIn = (incident) => wanted.filter(([column, value]) => incident[column] !== value);
  /** @param {string} column */
  const isEmptied = (column) => column === "category" && faults.includes(CHOICE_INVALID);
  const elsewhere = all.some((incident) =>
    wrongIn(incident).every(([column]) => isEmptied(column)),
  );
  return own.flatMap((incident) =>
    wrongIn(incident).map(([column, value]) => ({
      kind: /** @type {const} */ ("values"),
      what: `${column} of ${incident.number}`,
      expected: value,
      found: incident[column] ?? "",
      excuse: faults.filter(
        (fault) =>
          fault === ROW_IGNORED ||
          (fault === CHOICE_INVALID && isEmptied(column)) ||
          (ID_LOST.includes(fault) && elsewhere),
      ),
    })),
  );
}

/**
 * @param {Seen} seen
 * @param {Incident[]} incidents
 * @returns {Finding[]}
 */
function judgeNotes({ life, made }, incidents) {
  // In what was written once more, because the alert's own incident had not been written.
  const strays = new Map(
    made.filter(({ fault }) => ID_LOST.includes(fault)).map(({ sysId, fault }) => [sysId, fault]),
  );
  return [...notesAtEnd(life)].flatMap(([note, times]) => {
    const holders = incidents.flatMap(({ sys_id = "", journal }) =>
      journal.filter(({ value }) => value === note).map(() => sys_id),
    );
    if (holders.length === times) return [];
    const isMissing = holders.length < times;
    const mostInOne = Math.max(
      0,
      ...holders.map((sysId) => holders.filter((other) => other === sysId).length),
    );
    const found = holders.filter((sysId) => strays.has(sysId));
    const isExcused = !isMissing && mostInOne <= times && found.length >= holders.length - times;
    return {
      kind: /** @type {Kind} */ (isMissing ? "comment missing" : "comment twice"),
      what: `the comment ${JSON.stringify(note)}`,
      expected: times === 1 ? "once" : `${times} times`,
      found: `${holders.length} times`,
      excuse: isExcused ? found.map((sysId) => Number(strays.get(sysId))) : [],
    };
  });
}

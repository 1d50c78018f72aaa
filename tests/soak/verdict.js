// Whether ServiceNow holds of an alert what it has to: one incident, in its state, with its last values,
// and with every comment once.
//
// Some faults are lies: the instance answers as if it had done what it has not, or somebody else does
// something to the incident. What such a fault did is excused, and named by its number; it is excused
// only in the alert, and in the part of it, whose request the fault was seen to strike.

import { columnsAtEnd, isOver } from "./lives.js";

/** @import { Incident } from "../../simulator/js/types.js" */
/** @import { Seen } from "./witness.js" */

/** @typedef {"missing" | "double" | "state" | "values" | "comment missing" | "comment twice"} Kind */

/**
 * @typedef {object} Finding something that is not as it should be
 * @property {Kind} kind
 * @property {string} what
 * @property {string} expected
 * @property {string} found
 * @property {number[]} excuse the faults that explain it; none when nothing does
 */

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
    ...judgeState(seen, own),
    ...judgeValues(seen, own, incidents),
    ...judgeNotes(seen, incidents),
  ];
}

/**
 * @param {Seen} seen
 * @param {Incident[]} own
 * @returns {Finding[]}
 */
function judgeNumber(seen, own) {
  if (own.length === 1) return [];
  const lost = seen.made.map(({ fault }) => fault).filter((fault) => ID_LOST.includes(fault));
  return [
    {
      kind: own.length === 0 ? "missing" : "double",
      what: "incidents",
      expected: "one",
      found: own.length === 0 ? "none" : own.map(({ number }) => number).join(", "),
      // Every write went to the incident without the correlation ID.
      excuse: own.length === 0 ? lost : [],
    },
  ];
}

/**
 * @param {Seen} seen
 * @param {Incident[]} own
 * @returns {Finding[]}
 */
function judgeState(seen, own) {
  const expected = isOver(seen.life) ? "7" : "1";
  const last = seen.life.steps.length - 1;
  const inLast = seen.struck.filter(({ step }) => step === last);
  const struck = (/** @type {number[]} */ faults) =>
    inLast.map(({ fault }) => fault).filter((fault) => faults.includes(fault));
  /** @type {number[]} */
  let excuse;
  if (expected === "1") {
    excuse = seen.struck.map(({ fault }) => fault).filter((fault) => fault === INCIDENT_CLOSED);
  } else {
    const isIgnored = inLast.some(({ fault, asked }) => fault === ROW_IGNORED && asked === "close");
    const hidden = struck(HIDING).length > 0 ? struck(COUNTLESS) : [];
    const others = seen.made.map(({ fault }) => fault).filter((fault) => fault === SEVERAL_TARGETS);
    excuse = [
      ...(isIgnored ? [ROW_IGNORED] : []),
      ...(hidden.length > 0 ? [...struck(HIDING), ...hidden] : []),
      ...others,
    ];
  }
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
  const elsewhere = all.some((incident) => wrongIn(incident).length === 0);
  return own.flatMap((incident) =>
    wrongIn(incident).map(([column, value]) => ({
      kind: /** @type {const} */ ("values"),
      what: `${column} of ${incident.number}`,
      expected: value,
      found: incident[column] ?? "",
      excuse: faults.filter(
        (fault) =>
          fault === ROW_IGNORED ||
          (fault === CHOICE_INVALID && column === "category") ||
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
function judgeNotes(seen, incidents) {
  const held = incidents.flatMap(({ journal }) => journal.map(({ value }) => value));
  return seen.life.steps
    .flatMap(({ notes }) => notes)
    .flatMap((note) => {
      const times = held.filter((value) => value === note).length;
      if (times === 1) return [];
      const ignored = seen.struck.some(
        (struck) => struck.fault === ROW_IGNORED && struck.note === note,
      );
      return {
        kind: times === 0 ? "comment missing" : "comment twice",
        what: `the comment ${JSON.stringify(note)}`,
        expected: "once",
        found: `${times} times`,
        excuse: times === 0 && ignored ? [ROW_IGNORED] : [],
      };
    });
}

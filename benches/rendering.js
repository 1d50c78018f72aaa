// How long a rule's params take to render, beside Kibana's newest way, by the size of the variables.

import assert from "node:assert/strict";
import { getConnectorType } from "servicenow-itsm-connector";
import { measure } from "./measure.js";
import { renderAsKibana } from "./rendering/kibana.js";
import { DUMP, INCIDENT, LOOP } from "./rendering/params.js";
import { hitsIn, variablesOf } from "./rendering/variables.js";
import { medianOf, OURS } from "./report/types.js";

const KB = 1024;

/** No call sees the object that the call before it saw: every alert has its own. */
const POOL = 4;

const type = getConnectorType();
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** @import { Goal, Group, Report } from "./report/types.js" */

const KIBANA = "Kibana's way";

const ABOUT = `A rule's params rendered with variables of growing size, beside Kibana's newest way: one pass over
all variables, then mustache.js, which keeps parsed templates. Both come to the same params, or the
benchmark fails.`;

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {object} params
 * @property {(seed: number) => object} variables
 */

/**
 * The sizes of the variables, in KB, and how many times as fast as Kibana's way it should be.
 *
 * @type {Record<number, number>}
 */
const TIMES = { 1: 1, 10: 2, 100: 5, 1024: 50 };
const SIZES = Object.keys(TIMES).map(Number);

/** How many times as long as with the least variables it may take with the most. */
const GROWTH = 1.5;

/**
 * Scenarios that are measured in turns, so that they can be compared with each other.
 *
 * @type {Scenario[][]}
 */
const GROUPS = [
  ...[false, true].map((dotted) =>
    SIZES.map((size) => ({
      name: incident(size, dotted),
      params: INCIDENT,
      variables: (/** @type {number} */ seed) => variablesOf(size * KB, { seed, dotted }),
    })),
  ),
  [
    {
      name: "loop over 100 hits",
      params: LOOP,
      variables: (seed) => hitsIn(100, { seed }),
    },
  ],
  [
    {
      name: "{{context}}, 100 KB",
      params: DUMP,
      variables: (seed) => variablesOf(100 * KB, { seed, dotted: false }),
    },
  ],
];

/**
 * @param {number} size in KB
 * @param {boolean} dotted
 */
function incident(size, dotted) {
  return `incident, ${size} KB${dotted ? ", dotted" : ""}`;
}

/** @returns {Promise<Report>} */
export async function run() {
  /** @type {Group[]} */
  const groups = [];
  for (const group of GROUPS) {
    const figures = await measure(Object.assign({}, ...group.map(contenders)));
    for (const { name } of group) {
      const [ours, theirs] = [figures[`${name}, ours`], figures[`${name}, theirs`]];
      if (ours && theirs) groups.push({ name, figures: { [OURS]: ours, [KIBANA]: theirs } });
    }
  }
  return {
    name: "rendering",
    title: "Rendering",
    about: ABOUT,
    series: [
      {
        id: "rendering",
        title: "Rendering a rule's params",
        unit: "ms",
        better: "shorter",
        groups,
      },
    ],
    goals: [false, true].flatMap((dotted) => goalsOf(groups, dotted)),
    notes: [],
  };
}

/**
 * @param {Group[]} groups
 * @param {boolean} dotted
 * @returns {Goal[]}
 */
function goalsOf(groups, dotted) {
  const of = (/** @type {number} */ size) =>
    /** @type {Group} */ (groups.find(({ name }) => name === incident(size, dotted)));
  const [least, most] = [of(Math.min(...SIZES)), of(Math.max(...SIZES))];
  return [
    ...SIZES.map((size) => ({
      text: `Rendering, ${of(size).name}, beside Kibana's way`,
      measured: medianOf(of(size), KIBANA) / medianOf(of(size), OURS),
      kind: /** @type {const} */ ("at least"),
      bound: TIMES[size] ?? Number.NaN,
      unit: "times as fast",
    })),
    {
      text: `Rendering, ${most.name}, beside ${least.name}`,
      measured: medianOf(most, OURS) / medianOf(least, OURS),
      kind: "at most",
      bound: GROWTH,
      unit: "times its time",
    },
  ];
}

/**
 * Both ways to do it, which must come to the same.
 *
 * @param {Scenario} scenario
 * @returns {Record<string, (call: number) => unknown>}
 */
function contenders({ name, params, variables }) {
  const pool = Array.from({ length: POOL }, (_, seed) => variables(seed));
  const ours = (/** @type {object} */ variables) =>
    type.renderParameterTemplates(logger, params, variables, "c-1");
  const theirs = (/** @type {object} */ variables) => renderAsKibana(params, variables);
  for (const variables of pool) assert.deepEqual(ours(variables), theirs(variables), name);
  const of = (/** @type {number} */ call) => pool[call % POOL] ?? {};
  return {
    [`${name}, ours`]: (call) => ours(of(call)),
    [`${name}, theirs`]: (call) => theirs(of(call)),
  };
}

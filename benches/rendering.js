// How long a rule's params take to render, beside Kibana's newest way, by the size of the variables.

import assert from "node:assert/strict";
import { getConnectorType } from "servicenow-itsm-connector";
import { table } from "../scripts/lib/table.js";
import { measure } from "./measure.js";
import { renderAsKibana } from "./rendering/kibana.js";
import { DUMP, INCIDENT, LOOP } from "./rendering/params.js";
import { hitsIn, variablesOf } from "./rendering/variables.js";

const KB = 1024;

/** No call sees the object that the call before it saw: every alert has its own. */
const POOL = 4;

const type = getConnectorType();
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** @import { Figures } from "./measure.js" */

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {object} params
 * @property {(seed: number) => object} variables
 */

const SIZES = [1, 10, 100, 1024];

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

export async function run() {
  /** @type {string[][]} */
  const rows = [["params and variables", "this package", "", "Kibana's way", "", "ratio"]];
  /** @type {Record<string, number>} */
  const medians = {};
  for (const group of GROUPS) {
    const figures = await measure(Object.assign({}, ...group.map(contenders)));
    for (const { name } of group) {
      const [ours, theirs] = [figures[`${name}, ours`], figures[`${name}, theirs`]];
      if (!ours || !theirs) continue;
      medians[name] = ours.median;
      const ratio = `${(theirs.median / ours.median).toFixed(2)}x`;
      rows.push([name, ...[ours, theirs].flatMap(cells), ratio]);
    }
  }
  console.log(
    `\nRendering, median in ms (quartiles); ratio: how many times faster than Kibana's way`,
  );
  console.log(table(rows, { right: [1, 3, 5] }));
  for (const dotted of [false, true]) {
    const growth = Number(medians[incident(1024, dotted)]) / Number(medians[incident(1, dotted)]);
    console.log(
      `1024 KB takes ${growth.toFixed(2)} times as long as 1 KB${dotted ? ", dotted" : ""}.`,
    );
  }
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

/** @param {Figures} figures */
function cells({ median, low, high }) {
  return [median.toFixed(4), `(${low.toFixed(4)}-${high.toFixed(4)})`];
}

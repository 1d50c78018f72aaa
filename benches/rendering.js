// How long a rule's params take to render, beside Kibana's newest way, by the size of the variables.

import assert from "node:assert/strict";
import { getConnectorType } from "servicenow-itsm-connector";
import { table } from "../scripts/lib/table.js";
import { measure } from "./measure.js";
import { renderAsKibana } from "./rendering/kibana.js";
import { DUMP, INCIDENT, LOOP } from "./rendering/params.js";
import { hitsIn, variablesOf } from "./rendering/variables.js";

const KB = 1024;

/** No call sees the very objects that the call before it saw: every alert has its own. */
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

/** @type {Scenario[]} */
const SCENARIOS = [
  ...[false, true].flatMap((dotted) =>
    [1, 10, 100, 1024].map((size) => ({
      name: `incident, ${size} KB${dotted ? ", dotted" : ""}`,
      params: INCIDENT,
      variables: (/** @type {number} */ seed) => variablesOf(size * KB, { seed, dotted }),
    })),
  ),
  {
    name: "loop over 100 hits",
    params: LOOP,
    variables: (seed) => hitsIn(100, { seed }),
  },
  {
    name: "{{context}}, 100 KB",
    params: DUMP,
    variables: (seed) => variablesOf(100 * KB, { seed, dotted: false }),
  },
];

export async function run() {
  /** @type {string[][]} */
  const rows = [["params and variables", "this package", "", "Kibana's way", "", "ratio"]];
  /** @type {Record<string, number>} */
  const medians = {};
  for (const { name, params, variables } of SCENARIOS) {
    const pool = Array.from({ length: POOL }, (_, seed) => variables(seed));
    const ours = (/** @type {object} */ variables) =>
      type.renderParameterTemplates(logger, params, variables, "c-1");
    const theirs = (/** @type {object} */ variables) => renderAsKibana(params, variables);
    for (const variables of pool) assert.deepEqual(ours(variables), theirs(variables), name);

    const of = (/** @type {number} */ call) => pool[call % POOL] ?? {};
    const figures = await measure({
      ours: (call) => ours(of(call)),
      theirs: (call) => theirs(of(call)),
    });
    medians[name] = figures.ours.median;
    rows.push([
      name,
      ...[figures.ours, figures.theirs].flatMap(cells),
      `${(figures.theirs.median / figures.ours.median).toFixed(2)}x`,
    ]);
  }
  console.log(
    `\nRendering, median in ms (quartiles); ratio: how many times faster than Kibana's way`,
  );
  console.log(table(rows, { right: [1, 3, 5] }));
  for (const kind of ["", ", dotted"]) {
    const growth =
      Number(medians[`incident, 1024 KB${kind}`]) / Number(medians[`incident, 1 KB${kind}`]);
    console.log(`1024 KB takes ${growth.toFixed(2)} times as long as 1 KB${kind}.`);
  }
}

/** @param {Figures} figures */
function cells({ median, low, high }) {
  return [median.toFixed(4), `(${low.toFixed(4)}-${high.toFixed(4)})`];
}

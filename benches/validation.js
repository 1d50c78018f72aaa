// How long the params of an action take to be validated, beside the schema libraries that Kibana has.

import assert from "node:assert/strict";
import { getConnectorType } from "servicenow-itsm-connector";
import * as zod3 from "zod3";
import * as zod4 from "zod4";
import { schemasOf } from "../tests/support/schemas.js";
import { measure } from "./measure.js";
import { medianOf, OURS } from "./report/types.js";

/** @import { Goal, Group, Report } from "./report/types.js" */

const ZOD3 = "zod 3";
const ZOD4 = "zod 4";

const ABOUT = `The params of \`pushToService\` with 10 additional fields and one comment, validated by
\`validate.params.schema.parse\` as a host calls it, beside the same schema in zod 3 (which Kibana 9.3
has) and in zod 4 with its code generation (Kibana from 9.4 on). Into the module and out of it again is
included. All three come to the same params, or the benchmark fails. A rule's action has the fields as a
JSON text, an API call as an object.`;

const FIELDS = Object.fromEntries(
  Array.from({ length: 10 }, (_, place) => [`u_field_${place}`, `value ${place}`]),
);

/** @param {object | string} fields */
const paramsWith = (fields) => ({
  subAction: "pushToService",
  subActionParams: {
    incident: {
      short_description: "CPU of web-1 is over 90 %",
      description: "The CPU of the host web-1 was over 90 % for 5 minutes.",
      severity: "2",
      urgency: "2",
      impact: "2",
      category: "software",
      subcategory: "os",
      correlation_id: "r-77:web-1",
      correlation_display: "CPU",
      additional_fields: fields,
    },
    comments: [{ commentId: "1", comment: "It was the third time this week." }],
  },
});

/** @returns {Promise<Report>} */
export async function run() {
  const groups = [
    await measured("fields as an object", paramsWith(FIELDS)),
    await measured("fields as a JSON text", paramsWith(JSON.stringify(FIELDS))),
  ];
  return {
    name: "validation",
    title: "Validation",
    about: ABOUT,
    series: [
      {
        id: "validation",
        title: "Validating an action's params",
        unit: "validations a second",
        better: "longer",
        groups,
      },
    ],
    goals: groups.flatMap(goalsOf),
    notes: [],
  };
}

/**
 * @param {string} name
 * @param {object} params
 * @returns {Promise<Group>}
 */
async function measured(name, params) {
  const ours = getConnectorType().validate.params.schema;
  const of3 = schemasOf(zod3.z, zod3.z.object({}).strict()).params;
  const of4 = schemasOf(zod4.z, zod4.z.record(zod4.z.string(), zod4.z.any())).params;
  for (const schema of [of3, of4]) assert.deepEqual(ours.parse(params), schema.parse(params));
  const figures = await measure({
    [OURS]: () => ours.parse(params),
    [ZOD3]: () => of3.parse(params),
    [ZOD4]: () => of4.parse(params),
  });
  const aSecond = Object.entries(figures).map(([contender, { median, low, high }]) => [
    contender,
    { median: 1000 / median, low: 1000 / high, high: 1000 / low },
  ]);
  /** @type {Group} */
  const group = { name, figures: Object.fromEntries(aSecond) };
  return { ...group, goal: Math.max(medianOf(group, ZOD3), medianOf(group, ZOD4) / 2) };
}

/**
 * @param {Group} group
 * @returns {Goal[]}
 */
function goalsOf(group) {
  const ours = medianOf(group, OURS);
  return [
    {
      text: `Validation, ${group.name}: ahead of ${ZOD3}`,
      measured: ours / medianOf(group, ZOD3),
      kind: "at least",
      bound: 1,
      unit: "times its speed",
    },
    {
      text: `Validation, ${group.name}: within 2 times of ${ZOD4}`,
      measured: medianOf(group, ZOD4) / ours,
      kind: "at most",
      bound: 2,
      unit: "times its time",
    },
  ];
}

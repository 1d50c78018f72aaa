// What whole actions cost, beside the same flow as the built-in type has it.

import { AXIOS, BARE } from "./action/contenders.js";
import { startServer } from "./action/processes.js";
import { group, inTurns, together } from "./action/turns.js";
import { format } from "./report/text.js";
import { counted, medianOf, OURS, timesBetter } from "./report/types.js";

/**
 * @import { Measured } from "./action/turns.js"
 * @import { Goal, Group, Report, Series } from "./report/types.js"
 */

/** Milliseconds: of a sample, and each way on the slow link. */
const SAMPLE = 1000;
const DELAY = 25;

/**
 * How many times as many creates there should be.
 *
 * @type {Record<string, number>}
 */
const TIMES = { "no comment, 16 at a time": 6, "5 comments, 16 at a time": 15 };

const ABOUT = `An incident created by \`pushToService\`, without comments and with five, by the connector type's
executor as a host calls it, beside the built-in type's flow written with axios: its three requests, three more
for each comment, and a new agent, which means a new connection, for each of them. "fetch alone" makes this
package's requests and does nothing else: with Node's \`fetch\`, nobody can be faster. All sign in with a password.
Client and server are processes of their own on the same machine, over HTTPS; each kind of action begins with a
fresh simulator. Because the simulator does an instance's work, it may be what limits the faster of the two; so
the same is measured with a thin server as well that gives the simulator's recorded answers.`;

/** @returns {Promise<Report>} */
export async function run() {
  const { groups: simulator, measured } = await throughput("simulator");
  const { groups: recorded } = await throughput("recorded");
  const stubbed = await withoutNetwork();
  const slow = await overSlowLink();
  /** @type {Series[]} */
  const series = [
    aSecond("action-simulator", "Incidents created, beside the simulator", simulator),
    aSecond("action-recorded", "Incidents created, beside recorded answers", recorded),
    {
      ...less("action-requests", "Requests of a create", "requests"),
      groups: countsOf(measured, "requests"),
    },
    {
      ...less("action-connections", "New connections of a thousand creates", "connections"),
      groups: countsOf(measured, "connections"),
    },
    {
      ...less("action-cpu", "Processor time of a thousand creates", "ms"),
      groups: measured.map((one) => group(one, ({ cpu, actions }) => (cpu / actions) * 1000)),
    },
    {
      ...less("action-memory", "Largest memory of the process", "MB"),
      groups: measured.map((one) => group(one, ({ memory }) => memory / 1e6)),
    },
    {
      ...less("action-stubbed", "Processor time of a create without the network", "ms"),
      groups: [{ ...stubbed, goal: medianOf(stubbed, AXIOS) / 2 }],
    },
    {
      ...less("action-link", "A create over a link of 50 ms round trip", "ms"),
      groups: [{ ...slow, goal: 110 }],
    },
  ];
  const busy = Math.max(...measured.map((one) => one.busy));
  return {
    name: "action",
    title: "Whole actions",
    about: ABOUT,
    series,
    goals: goalsOf(simulator, stubbed, slow),
    notes: [
      `While this package created incidents, the simulator was busy up to ${format(busy * 100)} % of the time.`,
      `By \`fetch\` alone, it takes ${simulator.filter(hasGoal).map(boundOf).join(" and ")}.`,
    ],
  };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {Group[]} groups
 * @returns {Series}
 */
function aSecond(id, title, groups) {
  return { id, title, unit: "creates a second", better: "longer", groups };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {string} unit
 */
function less(id, title, unit) {
  return { id, title, unit, better: /** @type {const} */ ("shorter") };
}

/** @param {"simulator" | "recorded"} kind */
async function throughput(kind) {
  /** @type {Measured[]} */
  const measured = [];
  for (const comments of [0, 5]) {
    for (const concurrency of [1, 16, 128])
      measured.push(await together(kind, { comments, concurrency, milliseconds: SAMPLE }));
  }
  const groups = measured.map((one) =>
    withGoal(group(one, ({ actions, milliseconds }) => (actions * 1000) / milliseconds)),
  );
  return { groups, measured };
}

/**
 * @param {Group} group
 * @returns {Group}
 */
function withGoal(group) {
  const times = TIMES[group.name];
  return times ? { ...group, goal: medianOf(group, AXIOS) * times } : group;
}

/** @param {Group} group */
const hasGoal = ({ name }) => TIMES[name] !== undefined;

/**
 * How far `fetch` lets anybody come.
 *
 * @param {Group} group
 */
function boundOf(group) {
  const times = medianOf(group, BARE) / medianOf(group, AXIOS);
  return `${format(times)} times as many creates as by the built-in's flow (${group.name})`;
}

/**
 * What hardly depends on how many act at a time.
 *
 * @param {Measured[]} measured
 * @param {"requests" | "connections"} what
 * @returns {Group[]}
 */
function countsOf(measured, what) {
  return measured
    .filter(({ name }) => name.includes(", 16 at"))
    .map((one) => {
      const of = Object.entries(one[what]).map(([name, count]) => [name, counted(count)]);
      return { name: one.name, figures: Object.fromEntries(of) };
    });
}

/** @returns {Promise<Group>} */
async function withoutNetwork() {
  const outcomes = await inTurns(undefined, {
    rounds: 10,
    order: { comments: 0, concurrency: 1, milliseconds: SAMPLE },
  });
  return group({ name: "no comment", outcomes }, ({ cpu, actions }) => cpu / actions);
}

/** @returns {Promise<Group>} */
async function overSlowLink() {
  const server = await startServer("simulator", DELAY);
  try {
    const outcomes = await inTurns(server.served, {
      rounds: 10,
      order: { comments: 0, concurrency: 1, milliseconds: SAMPLE },
    });
    return group(
      { name: "no comment", outcomes },
      ({ milliseconds, actions }) => milliseconds / actions,
    );
  } finally {
    await server.end();
  }
}

/**
 * @param {Group[]} simulator
 * @param {Group} stubbed
 * @param {Group} slow
 * @returns {Goal[]}
 */
function goalsOf(simulator, stubbed, slow) {
  const creates = aSecond("", "", simulator);
  const rates = simulator.flatMap((one) => {
    const bound = TIMES[one.name];
    if (bound === undefined) return [];
    const measured = timesBetter(creates, one, AXIOS);
    const text = `Creates a second, ${one.name}, beside the built-in's flow`;
    return [
      { text, measured, kind: /** @type {const} */ ("at least"), bound, unit: "times as many" },
    ];
  });
  return [
    ...rates,
    {
      text: "Processor time of a create without the network, beside the built-in's flow",
      measured: medianOf(stubbed, OURS) / medianOf(stubbed, AXIOS),
      kind: "at most",
      bound: 0.5,
      unit: "times its time",
    },
    {
      text: "A create over a link of 50 ms round trip, with a warm connection",
      measured: medianOf(slow, OURS),
      kind: "at most",
      bound: 110,
      unit: "ms",
    },
  ];
}

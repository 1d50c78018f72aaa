// The alerts: what each one does from its beginning to its end, and what ServiceNow has to hold of it
// then.

import { chanceOf } from "./chance.js";

/** How many alerts come with a storm, and how many come between the beginnings of two. */
const STORM = 16;
const BETWEEN_STORMS = 200;
const RECOVER = 0.6;
const FORM_OPENED = 0.05;
/** Says the same with each firing, as most rules do. */
const MONOTONOUS = 0.3;
/** Recovers from what nobody was told of: there is nothing to close. */
const NEVER_FIRED = 0.05;

/**
 * @typedef {object} Step what a rule, or a person at a form, asks of the connector
 * @property {"fires" | "recovers" | "form is opened"} happening
 * @property {Record<string, string>} columns of the incident, as the step wants them
 * @property {string[]} notes comments that it adds, no two of a step alike
 */

/**
 * @typedef {object} Life
 * @property {number} number
 * @property {string} title the short description: whose an incident is, whatever else was lost of it
 * @property {string} correlationId
 * @property {"basic" | "oauth" | "storm"} connector
 * @property {boolean} patient whether its actions are retried for a day, as a webhook's are, or as
 *   often as a rule's
 * @property {boolean} isMonotonous whether it says the same with each firing
 * @property {Step[]} steps
 */

/**
 * @param {number} seed
 * @param {number} number
 * @returns {Life}
 */
export function lifeOf(seed, number) {
  const chance = chanceOf(seed, 2 * number);
  const title = `Alert ${number} of soak ${seed}`;
  const storms = number % BETWEEN_STORMS < STORM;
  const short = correlationIdOf(seed, number);
  /** @type {Step[]} */
  const steps = [];
  if (chance.happens(FORM_OPENED))
    steps.push({ happening: "form is opened", columns: {}, notes: [] });
  if (chance.happens(NEVER_FIRED)) steps.push({ happening: "recovers", columns: {}, notes: [] });
  const firings = chance.between(1, 3);
  const isMonotonous = chance.happens(MONOTONOUS);
  for (let firing = 1; firing <= firings; firing += 1) {
    const notes = Array.from({ length: chance.one([0, 1, 1, 2]) }, (_, place) =>
      isMonotonous
        ? `Note ${number}.${place + 1}: the load is high`
        : [
            `Note ${number}.${firing}.${place + 1}: ${chance.between(1, 99)} %`,
            "",
            "as of now",
          ].join("\n"),
    );
    steps.push({ happening: "fires", columns: columnsOf(chance, number, firing), notes });
  }
  if (chance.happens(RECOVER)) steps.push({ happening: "recovers", columns: {}, notes: [] });
  return {
    number,
    title,
    correlationId: chance.happens(0.5) ? short : `${short}:${"0123456789abcdef".repeat(3)}`,
    connector: storms ? "storm" : chance.one(["basic", "oauth"]),
    patient: chance.happens(0.5),
    isMonotonous,
    steps,
  };
}

/**
 * The correlation ID of an alert. That of every second one goes on, and is longer than a narrow column, as
 * Kibana's usually are.
 *
 * @param {number} seed
 * @param {number} number
 */
export const correlationIdOf = (seed, number) => `soak-${seed}:web-${number}`;

/**
 * @param {import("./chance.js").Chance} chance
 * @param {number} number
 * @param {number} firing
 */
function columnsOf(chance, number, firing) {
  const load = chance.between(1, 99);
  return {
    description: `Firing ${firing}: load of web-${number} is ${load} % <&> "ünïcödé"`,
    category: chance.one(["software", "hardware", "network"]),
    urgency: chance.one(["1", "2", "3"]),
    impact: chance.one(["1", "2", "3"]),
    correlation_display: `Load of web-${number}`,
  };
}

/** @param {Life} life the columns that its incident has to have at the end */
export function columnsAtEnd({ title, steps }) {
  return Object.assign({ short_description: title }, ...steps.map(({ columns }) => columns));
}

/** @param {Life} life how often its incident has to have each comment at the end */
export function notesAtEnd({ steps }) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const note of steps.flatMap(({ notes }) => notes)) {
    times.set(note, (times.get(note) ?? 0) + 1);
  }
  return times;
}

/** @param {Life} life */
export function isOver({ steps }) {
  return steps.at(-1)?.happening === "recovers";
}

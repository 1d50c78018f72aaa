// What a user's rule or case does while a fault lasts, and what has to be in ServiceNow afterwards.

/** @import { Connector } from "servicenow-itsm-connector" */
/** @import { Incident } from "../../simulator/js/types.js" */

/** The incident's own text, by which it is told from anybody else's. */
export const TEXT = "Disk is full";

const CORRELATION_ID = "disk:web-1";
const NOTE = { commentId: "1", comment: "91 % used" };

const alert = { short_description: TEXT, correlation_id: CORRELATION_ID, category: "hardware" };

/**
 * @typedef {object} Action
 * @property {string} name
 * @property {(connector: Connector) => Promise<string | undefined>} prepare what was done before
 *   anything went wrong; gives the incident's ID, where there is one
 * @property {(connector: Connector, id: string | undefined) => Promise<unknown>} run
 * @property {(incidents: Incident[]) => boolean} achieved whether ServiceNow holds what the action
 *   was for: once, and nothing besides
 */

/** @type {Action[]} */
export const ACTIONS = [
  {
    name: "alert fires",
    prepare: async () => undefined,
    run: (connector) => connector.pushToService({ incident: alert, comments: [NOTE] }),
    achieved: (incidents) => isOne(incidents, { open: true, notes: 1 }),
  },
  {
    name: "fires again",
    prepare: async (connector) => (await connector.pushToService({ incident: alert })).id,
    run: (connector) => connector.pushToService({ incident: alert, comments: [NOTE] }),
    achieved: (incidents) => isOne(incidents, { open: true, notes: 1 }),
  },
  {
    name: "recovers",
    prepare: async (connector) => (await connector.pushToService({ incident: alert })).id,
    run: (connector) => connector.closeIncident({ incident: { correlation_id: CORRELATION_ID } }),
    achieved: (incidents) => isOne(incidents, { open: false }),
  },
  {
    name: "case is pushed again",
    prepare: async (connector) => {
      const incident = { short_description: TEXT, category: "hardware" };
      return (await connector.pushToService({ incident })).id;
    },
    run: (connector, id) =>
      connector.pushToService({
        incident: { short_description: TEXT, category: "hardware", externalId: id },
        comments: [NOTE],
      }),
    achieved: (incidents) => isOne(incidents, { open: true, notes: 1 }),
  },
];

/**
 * What the form asks for, and no alert depends on.
 *
 * @type {Action}
 */
export const CHOICES = {
  name: "choices are asked for",
  prepare: async () => undefined,
  run: (connector) => connector.getChoices({ fields: ["urgency", "category"] }),
  achieved: (incidents) => incidents.length === 0,
};

/**
 * @param {Incident[]} incidents
 * @param {{ open: boolean, notes?: number }} expected
 */
function isOne(incidents, { open, notes }) {
  const [incident] = incidents;
  return (
    incidents.length === 1 &&
    incident !== undefined &&
    isOpen(incident) === open &&
    (notes === undefined || notesOf(incident) === notes)
  );
}

/** @param {Incident} incident */
export function isOpen({ state }) {
  return state !== "6" && state !== "7" && state !== "8";
}

/**
 * How often the note of the action is there: what closes an incident writes notes of its own.
 *
 * @param {Incident} incident
 */
export function notesOf({ journal }) {
  return journal.filter(({ value }) => value.includes(NOTE.comment)).length;
}

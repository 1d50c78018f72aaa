// What a user's rule or case does while a fault lasts, and what has to be in ServiceNow afterwards.

/** @import { Connector } from "servicenow-itsm-connector" */
/** @import { Incident } from "../../simulator/js/types.js" */

/** The incident's own text, by which it is told from anybody else's. */
export const TEXT = "Disk is full";

const NOTE = { commentId: "1", comment: "91 % used" };

/**
 * @typedef {object} Action
 * @property {string} name
 * @property {boolean} [reads] it writes nothing
 * @property {boolean} [byPage] a browser's page asks the instance, and no host
 * @property {(connector: Connector) => Promise<string | undefined>} prepare what was done before
 *   anything went wrong; gives the incident's ID, where there is one
 * @property {(connector: Connector, id: string | undefined) => Promise<unknown>} run
 * @property {(incidents: Incident[]) => boolean} achieved whether ServiceNow holds what the action
 *   was for: once, and nothing besides
 */

/**
 * What becomes of an alert.
 *
 * @param {string} correlationId
 * @returns {Action[]}
 */
function alertActions(correlationId) {
  const incident = { short_description: TEXT, correlation_id: correlationId, category: "hardware" };
  return [
    {
      name: "alert fires",
      prepare: nothing,
      run: (connector) => connector.pushToService({ incident, comments: [NOTE] }),
      achieved: (incidents) => isOne(incidents, { open: true, notes: 1 }),
    },
    {
      name: "fires again",
      prepare: async (connector) => (await connector.pushToService({ incident })).id,
      run: (connector) => connector.pushToService({ incident, comments: [NOTE] }),
      achieved: (incidents) => isOne(incidents, { open: true, notes: 1 }),
    },
    {
      name: "recovers",
      prepare: async (connector) =>
        (await connector.pushToService({ incident, comments: [NOTE] })).id,
      run: (connector) => connector.closeIncident({ incident: { correlation_id: correlationId } }),
      achieved: (incidents) => isOne(incidents, { open: false, notes: 1 }),
    },
  ];
}

async function nothing() {
  return undefined;
}

/** @type {Action} */
const CASE = {
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
};

export const ACTIONS = [...alertActions("disk:web-1"), CASE];

/** By the Table API an alert that fires again opens another incident, as the built-in type has it. */
export const TABLE_API_ACTIONS = ACTIONS.filter(({ name }) => name !== "fires again");

/** The correlation ID is longer than what is left of it where it is cut. */
export const LONG_ID_ACTIONS = alertActions("disk:web-1.rack-7.dc-2.example.com:/var/lib/postgres");

/** @type {Action} */
export const UNFIRED = {
  name: "alert that never fired recovers",
  prepare: nothing,
  run: (connector) => connector.closeIncident({ incident: { correlation_id: "disk:web-1" } }),
  achieved: (incidents) => incidents.length === 0,
};

/**
 * What the form asks for, and no alert depends on.
 *
 * @type {Action}
 */
export const CHOICES = {
  name: "choices are asked for",
  reads: true,
  prepare: nothing,
  run: (connector) => connector.getChoices({ fields: ["urgency", "category"] }),
  achieved: (incidents) => incidents.length === 0,
};

/** @type {Action} */
export const HEALTH = {
  name: "connector is checked",
  reads: true,
  prepare: nothing,
  run: (connector) => connector.checkHealth(),
  achieved: (incidents) => incidents.length === 0,
};

/** @type {Action} */
export const HEALTH_BY_PAGE = { ...HEALTH, name: "a page checks the connector", byPage: true };

/**
 * @param {Incident[]} incidents
 * @param {{ open: boolean, notes: number }} expected
 */
function isOne(incidents, { open, notes }) {
  const [incident] = incidents;
  return (
    incidents.length === 1 &&
    incident !== undefined &&
    isOpen(incident) === open &&
    notesOf(incident) === notes
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

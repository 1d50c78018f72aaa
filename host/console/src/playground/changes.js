// The simulator's incidents as they are shown, and what has changed since they were looked at last.

/** @typedef {import("../api/types.js").Incident} Incident */

/**
 * @typedef {object} WatchedIncident
 * @property {string} sysId
 * @property {string} number
 * @property {string} state
 * @property {boolean} isOver
 * @property {string} shortDescription
 * @property {string} correlationId
 * @property {number} comments
 * @property {"opened" | "changed" | undefined} change
 * @property {string} version is another one whenever anything has changed
 */

/** @type {Record<string, string>} */
const STATES = {
  1: "New",
  2: "In progress",
  3: "On hold",
  6: "Resolved",
  7: "Closed",
  8: "Canceled",
};
const OVER = ["6", "7", "8"];

/**
 * @param {readonly Incident[]} incidents
 * @param {readonly WatchedIncident[]} [before] without it nothing is a change
 * @returns {WatchedIncident[]} newest first
 */
export function watched(incidents, before) {
  const known = new Map(before?.map(({ sysId, version }) => [sysId, version]));
  const byNumber = incidents.toSorted((one, other) => numberOf(other).localeCompare(numberOf(one)));
  return byNumber.map((incident) => {
    const { sys_id: sysId = "", number = "", state, journal = [] } = incident;
    const version = [incident.sys_mod_count, incident.sys_updated_on, state, journal.length].join();
    return {
      sysId,
      number,
      state: STATES[state] ?? state,
      isOver: OVER.includes(state),
      shortDescription: incident.short_description,
      correlationId: incident.correlation_id,
      comments: journal.length,
      version,
      change: before && changeOf(known.get(sysId), version),
    };
  });
}

/**
 * @param {string | undefined} before
 * @param {string} version
 */
function changeOf(before, version) {
  if (before === undefined) return "opened";
  return before === version ? undefined : "changed";
}

/** @param {Incident} incident */
function numberOf({ number = "" }) {
  return number;
}

/** @file What the page asks the simulator. */

/** @import { ActiveFault, FaultFacts, Incident } from "../types.js" */
/** @import { JournaledRequest, SetupStep } from "../types.js" */

/**
 * @typedef {object} State
 * @property {number} now
 * @property {boolean} runs whether the clock follows real time
 * @property {number} revision
 * @property {Incident | null} incident the one that is looked at
 * @property {number} incidentCount
 * @property {number} requestCount
 * @property {Incident[]} incidents
 * @property {JournaledRequest[]} requests
 * @property {SetupStep[]} setupSteps
 * @property {ActiveFault[]} faults
 */

/**
 * The state; only the clock when nothing has happened since the revision.
 *
 * @param {number | undefined} revision
 * @param {string | undefined} incident
 * @returns {Promise<State | Pick<State, "now" | "runs" | "revision">>}
 */
export async function state(revision, incident) {
  const query = new URLSearchParams();
  if (revision !== undefined) query.set("revision", String(revision));
  if (incident !== undefined) query.set("incident", incident);
  return (await ask(`state?${query}`)).json();
}

/** @returns {Promise<FaultFacts[]>} */
export async function catalogue() {
  const { catalogue } = await (await ask("faults")).json();
  return catalogue;
}

/** The saved state, as a file. */
export async function save() {
  return (await ask("save")).blob();
}

/**
 * Has something done.
 *
 * @param {string} name
 * @param {unknown} wanted what to do, or a file with it
 */
export async function control(name, wanted) {
  await ask(name, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: wanted instanceof Blob ? await wanted.text() : JSON.stringify(wanted),
  });
}

/**
 * @param {string} what
 * @param {RequestInit} [init]
 */
async function ask(what, init) {
  const response = await fetch(`/simulator/api/${what}`, init);
  if (!response.ok) throw new Error((await response.json()).error);
  return response;
}

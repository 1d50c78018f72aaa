/** @file What the page shows of an instance, and what can be done to it from there. */

import { faultCatalogue } from "./instance.js";

/** @import { Simulated } from "./simulated.js" */

/** As many of the newest incidents and requests as the page shows. */
const SHOWN = 200;

/**
 * What the page wants to see; nothing when there is no such view.
 *
 * @param {Simulated} simulated
 * @param {string} name
 * @param {URLSearchParams} query
 */
export function look(simulated, name, query) {
  switch (name) {
    case "state":
      return state(simulated, query);
    case "faults":
      return { catalogue: faultCatalogue() };
    case "save":
      return simulated.save();
    default:
      return undefined;
  }
}

/**
 * Everything that changes, unless nothing has since the page looked last.
 *
 * @param {Simulated} simulated
 * @param {URLSearchParams} query
 */
function state(simulated, query) {
  const revision = simulated.revision();
  const clock = { now: simulated.now(), runs: simulated.clockRuns() };
  if (query.get("revision") === String(revision)) return { ...clock, revision };
  return {
    ...clock,
    revision,
    incident: simulated.incident(query.get("incident") ?? "") ?? null,
    incidentCount: simulated.incidentCount(),
    requestCount: simulated.requestCount(),
    incidents: simulated.incidents(SHOWN).reverse(),
    requests: simulated.requests(SHOWN).reverse(),
    setupSteps: simulated.setupSteps(),
    faults: simulated.faultRules(),
  };
}

/**
 * Does what the page wants done; gives nothing when there is no such control.
 *
 * @param {Simulated} simulated
 * @param {string} name
 * @param {string} body
 */
export function act(simulated, name, body) {
  if (name === "load") {
    simulated.load(body);
    return {};
  }
  const wanted = JSON.parse(body);
  if (typeof wanted !== "object" || wanted === null) throw new TypeError("Send a JSON object.");
  switch (name) {
    case "inject":
      return { id: simulated.inject(wanted) };
    case "remove":
      return { removed: simulated.removeFault(wanted.id) };
    case "clear":
      simulated.clearFaults();
      return {};
    case "step":
      simulated.setSetupStep(String(wanted.id), wanted.done === true);
      return {};
    case "oauth-client":
      simulated.addOAuthClient(wanted);
      return {};
    case "clock":
      moveClock(simulated, wanted);
      return {};
    case "revoke":
      simulated.revokeTokens();
      return {};
    default:
      return undefined;
  }
}

/**
 * @param {Simulated} simulated
 * @param {{ now?: number, advance?: number, follow?: boolean }} wanted
 */
function moveClock(simulated, { now, advance, follow }) {
  if (follow) simulated.followRealTime();
  if (now !== undefined) simulated.setNow(now);
  if (advance !== undefined) simulated.advance(advance);
}

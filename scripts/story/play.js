// Plays the story through the connector type's contract, and compares the instance with it after
// every action.

import { compareAnswer, Ledger } from "./ledger.js";
import { plotOf } from "./plot.js";

/** @typedef {import("servicenow-itsm-host").Host} Host */
/** @typedef {import("servicenow-itsm-host").ExecutorResult} ExecutorResult */
/** @typedef {import("servicenow-simulator").Simulator} Simulator */
/** @typedef {import("./cast.js").StoryConnector} StoryConnector */
/** @typedef {import("./plot.js").Event} Event */

/** @typedef {import("./ledger.js").Mismatch & { after: string }} Mismatch */

/**
 * @typedef {object} Row what became of an action
 * @property {Event} event
 * @property {ExecutorResult} result
 * @property {ReturnType<Simulator["incident"]>} incident as it was right after
 * @property {number} requests sent for it, those for a token included
 * @property {number} tokenRequests
 * @property {number} milliseconds
 */

/**
 * @typedef {object} Chapter the story on one connector
 * @property {StoryConnector} connector
 * @property {Row[]} rows ends with the first action that failed
 * @property {Mismatch[]} mismatches
 */

/**
 * @typedef {object} Stage
 * @property {Host} host
 * @property {Simulator} simulator
 * @property {Ledger} ledger
 * @property {Set<string>} seen the mismatches so far: each is told once
 */

/**
 * @param {object} options
 * @param {import("./cast.js").Cast} options.cast
 * @param {Simulator} options.simulator started for the cast, and without incidents yet
 * @param {Host} options.host that has the cast's connectors
 * @returns {AsyncGenerator<Chapter>}
 */
export async function* play({ cast, simulator, host }) {
  const stage = { host, simulator, ledger: new Ledger(), seen: new Set() };
  for (const connector of cast.connectors) yield await playOn(connector, stage);
}

/**
 * @param {StoryConnector} connector
 * @param {Stage} stage
 * @returns {Promise<Chapter>}
 */
async function playOn(connector, stage) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Mismatch[]} */
  const mismatches = [];
  for (const event of plotOf(connector)) {
    const row = await act(event, stage);
    rows.push(row);
    // The rest builds on it.
    if (row.result.status !== "ok") return { connector, rows, mismatches };
    mismatches.push(...compare(row, stage));
  }
  const tokens = rows.reduce((sum, { tokenRequests }) => sum + tokenRequests, 0);
  if (tokens !== connector.tokenRequests) {
    mismatches.push({
      after: "all of this",
      what: "requests for an access token",
      expected: String(connector.tokenRequests),
      found: String(tokens),
    });
  }
  return { connector, rows, mismatches };
}

/**
 * @param {Row} row
 * @param {Stage} stage
 * @returns {Mismatch[]} those that are new
 */
function compare({ event, result }, { simulator, ledger, seen }) {
  ledger.enter(event, result);
  const after = `${event.subject} ${event.happening}`;
  return [...ledger.compare(simulator), ...compareAnswer(event, result, simulator)]
    .filter((mismatch) => {
      const text = JSON.stringify(mismatch);
      return !seen.has(text) && seen.add(text);
    })
    .map((mismatch) => ({ ...mismatch, after }));
}

/**
 * @param {Event} event
 * @param {Stage} stage
 * @returns {Promise<Row>}
 */
async function act(event, { host, simulator, ledger }) {
  const sent = simulator.requests().at(-1)?.sequence ?? 0;
  const started = performance.now();
  const result = await event.run(host, ledger.sysIdOf(event.correlationId));
  const milliseconds = performance.now() - started;
  const requests = simulator.requests().filter(({ sequence }) => sequence > sent);
  return {
    event,
    result,
    incident: result.data?.title && simulator.incident(result.data.title),
    requests: requests.length,
    tokenRequests: requests.filter(({ target }) => target.startsWith("/oauth_token.do")).length,
    milliseconds,
  };
}

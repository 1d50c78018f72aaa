// Runs actions while a fault lasts, against the simulated instance over HTTPS, and looks at what is
// left: once with the fault, and where the error says that it helps, once more without.

import { randomUUID } from "node:crypto";
import { createConnector } from "servicenow-itsm-connector";
import { startSimulator } from "servicenow-simulator";
import { keyFile } from "../support/keys.js";
import { TEXT } from "./actions.js";
import { fromPage, INSTANCE, lineTo, lineUnder, PAGE, UNKNOWN_NAME } from "./line.js";

/** @import { Connector, ConnectorError } from "servicenow-itsm-connector" */
/** @import { FaultRule, Incident } from "../../simulator/js/types.js" */
/** @import { Action } from "./actions.js" */
/** @import { Line, Simulator } from "./line.js" */

const MINUTE = 60_000;

/** How long an answer is held back, and how long somebody waits for it, in milliseconds. */
export const HELD_BACK = 60_000;
const IMPATIENT = 400;

/**
 * @typedef {object} Trial
 * @property {Action} action
 * @property {FaultRule} rule
 * @property {"basic" | "oauth"} signIn
 * @property {boolean} lasts whether the fault was there already when the action was prepared
 * @property {boolean} usesTableApi
 */

/**
 * @typedef {object} Outcome
 * @property {string} action
 * @property {boolean} reads whether the action writes nothing
 * @property {number} happened how often the fault happened
 * @property {ConnectorError | undefined} error of the run that it happened to
 * @property {string[]} warnings in its log
 * @property {boolean} changed whether that run has changed anything in ServiceNow
 * @property {Incident[]} left the incidents of the alert after that run
 * @property {boolean} achieved whether they are as the action wanted it
 * @property {ConnectorError | undefined} errorAgain of the run after it, where there was one
 * @property {boolean | undefined} achievedAgain
 * @property {string[]} harm what must never be: somebody else's incident changed
 */

/** @typedef {Awaited<ReturnType<typeof openBench>>} Bench */

export async function openBench() {
  const simulator = await startSimulator({
    https: true,
    seed: 1,
    users: [{ userName: "elastic", password: "changeme", email: "elastic@example.com" }],
    corsRules: [{ domain: PAGE }],
  });
  simulator.setNow(Date.now() - 2 * MINUTE);
  await pushForeign(simulator, "net:db-1");
  const start = simulator.save();
  return {
    catalogue: simulator.faults.catalogue(),
    /** @param {Trial} trial */
    async try(trial) {
      simulator.load(start);
      return tryOnce(simulator, trial);
    },
    close: () => simulator.close(),
  };
}

const BASIC = { username: "elastic", password: "changeme" };

/**
 * The credentials of an OAuth client that has no token yet: tokens are kept as long as the process.
 *
 * @param {Simulator} simulator
 */
function newClient(simulator) {
  const clientId = randomUUID();
  const clientSecret = "secret";
  simulator.addOAuthClient({
    clientId,
    clientSecret,
    verifierMaps: [{ keyId: "key", certificate: keyFile("certificate") }],
  });
  return {
    clientId,
    clientSecret,
    jwtKeyId: "key",
    userIdentifierValue: "elastic@example.com",
    privateKey: keyFile("pkcs8"),
  };
}

/**
 * @param {Simulator} simulator
 * @param {Trial} trial
 * @returns {Promise<Outcome>}
 */
async function tryOnce(simulator, { action, rule, signIn, lasts, usesTableApi }) {
  const line = lineTo(simulator);
  const credentials = signIn === "basic" ? BASIC : newClient(simulator);
  let happened = 0;
  const untouched = foreign(simulator);
  // Between an older incident of somebody else and a newer one: neither is to be taken for its own.
  simulator.setNow(Date.now() - MINUTE);
  if (lasts) inject(simulator, rule);
  const id = await action.prepare(connect(line, { ...BASIC, usesTableApi }));
  happened += lift(simulator);
  simulator.followRealTime();
  untouched.push(await pushForeign(simulator, "net:db-2"));
  const before = JSON.stringify(own(simulator));

  inject(simulator, rule);
  const way = await lineUnder(simulator, rule, () => {
    happened += 1;
  });
  // What the line had to see of the fault is none of the action's.
  lift(simulator);
  inject(simulator, rule);
  /** @type {string[]} */
  const warnings = [];
  const unlucky = connect(action.byPage ? fromPage(way) : way, {
    ...credentials,
    usesTableApi,
    logger: { ...console, debug() {}, info() {}, error() {}, warn: (text) => warnings.push(text) },
    ...(rule.delay === HELD_BACK && { timeout: IMPATIENT }),
  });
  const error = await failure(action.run(unlucky, id));
  happened += lift(simulator);
  const left = own(simulator);
  /** @type {Outcome} */
  const outcome = {
    action: action.name,
    reads: action.reads ?? false,
    happened,
    error,
    warnings,
    changed: JSON.stringify(left) !== before,
    left,
    achieved: action.achieved(left),
    errorAgain: undefined,
    achievedAgain: undefined,
    harm: [],
  };
  if (error && error.retry !== false) {
    const again = connect(line, { ...credentials, usesTableApi });
    outcome.errorAgain = await failure(action.run(again, id));
    outcome.achievedAgain = action.achieved(own(simulator));
  }
  if (JSON.stringify(foreign(simulator)) !== JSON.stringify(untouched)) {
    outcome.harm.push("somebody else's incident is another one");
  }
  return outcome;
}

/**
 * @param {Simulator} simulator
 * @param {FaultRule} rule
 */
function inject(simulator, rule) {
  if (rule.variant !== UNKNOWN_NAME) simulator.faults.inject(rule);
}

/**
 * Ends every fault, and says how often it has happened.
 *
 * @param {Simulator} simulator
 */
function lift({ faults }) {
  const happened = faults.list().reduce((sum, active) => sum + active.happened, 0);
  faults.clear();
  return happened;
}

/**
 * @param {Promise<unknown>} run
 * @returns {Promise<ConnectorError | undefined>}
 */
async function failure(run) {
  try {
    await run;
    return undefined;
  } catch (error) {
    return /** @type {ConnectorError} */ (error);
  }
}

/** @param {Simulator} simulator */
const own = (simulator) =>
  simulator.incidents().filter(({ short_description }) => short_description === TEXT);

/** @param {Simulator} simulator */
const foreign = (simulator) =>
  simulator.incidents().filter(({ short_description }) => short_description !== TEXT);

/**
 * @param {Simulator} simulator
 * @param {string} correlationId
 */
async function pushForeign(simulator, correlationId) {
  const incident = { short_description: "Somebody else's", correlation_id: correlationId };
  const { id } = await connect(lineTo(simulator), BASIC).pushToService({ incident });
  return /** @type {Incident} */ (simulator.incident(id));
}

/**
 * @param {Line} line
 * @param {Omit<import("servicenow-itsm-connector").ConnectorSettings, "apiUrl" | "fetch">} settings
 * @returns {Connector}
 */
function connect(line, settings) {
  const fetch = /** @type {typeof globalThis.fetch} */ (/** @type {unknown} */ (line));
  return createConnector({ apiUrl: INSTANCE, ...settings, fetch });
}

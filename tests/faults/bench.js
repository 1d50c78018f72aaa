// Runs actions while a fault lasts, against the simulated instance over HTTPS, and looks at what is
// left: once with the fault, and where the error says that it helps, once more without.

import { randomUUID } from "node:crypto";
import { createConnector } from "servicenow-itsm-connector";
import { startSimulator } from "servicenow-simulator";
import { Agent, fetch } from "undici";
import { keyFile } from "../support/keys.js";
import { TEXT } from "./actions.js";

/** @import { Connector, ConnectorError } from "servicenow-itsm-connector" */
/** @import { FaultRule, Incident } from "../../simulator/js/types.js" */
/** @import { Action } from "./actions.js" */

const INSTANCE = "https://acme.service-now.com";

/** How long an answer is held back, and how long somebody waits for it, in milliseconds. */
export const HELD_BACK = 60_000;
const IMPATIENT = 400;

/**
 * @typedef {object} Outcome
 * @property {string} action
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
  });
  await connect(simulator, BASIC).pushToService({
    incident: { short_description: "Somebody else's", correlation_id: "net:db-1" },
  });
  const start = simulator.save();
  return {
    catalogue: simulator.faults.catalogue(),
    /**
     * @param {Action} action
     * @param {FaultRule} rule
     * @param {"basic" | "oauth"} signIn
     */
    async try(action, rule, signIn) {
      simulator.load(start);
      return tryOnce(simulator, action, rule, signIn === "basic" ? BASIC : newClient(simulator));
    },
    close: () => simulator.close(),
  };
}

/** @typedef {Awaited<ReturnType<typeof startSimulator>>} Simulator */

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
 * @param {Action} action
 * @param {FaultRule} rule
 * @param {object} credentials
 * @returns {Promise<Outcome>}
 */
async function tryOnce(simulator, action, rule, credentials) {
  const others = JSON.stringify(foreign(simulator));
  const id = await action.prepare(connect(simulator, BASIC));
  const before = JSON.stringify(own(simulator));
  const injected = simulator.faults.inject(rule);
  /** @type {string[]} */
  const warnings = [];
  const unlucky = connect(simulator, credentials, {
    logger: { ...console, debug() {}, info() {}, error() {}, warn: (text) => warnings.push(text) },
    secure: rule.fault === "certificate-bad",
    ...(rule.delay === HELD_BACK && { timeout: IMPATIENT }),
  });
  const error = await failure(action.run(unlucky, id));
  const happened = simulator.faults.list().find((active) => active.id === injected)?.happened ?? 0;
  const left = own(simulator);
  /** @type {Outcome} */
  const outcome = {
    action: action.name,
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
  simulator.faults.clear();
  if (error && error.retry !== false) {
    outcome.errorAgain = await failure(action.run(connect(simulator, credentials), id));
    outcome.achievedAgain = action.achieved(own(simulator));
  }
  if (JSON.stringify(foreign(simulator)) !== others) {
    outcome.harm.push("somebody else's incident is another one");
  }
  return outcome;
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
 * A connector that knows the instance by its name on the internet: texts are the same on each run.
 *
 * @param {Simulator} simulator
 * @param {object} credentials
 * @param {{ secure?: boolean, timeout?: number,
 *   logger?: import("../../js/types.js").Logger }} [options]
 * @returns {Connector}
 */
function connect({ url, httpsUrl, certificateAuthority }, credentials, options = {}) {
  const { secure = false, ...settings } = options;
  // One of its own each time: a fault of certificates shows on new connections only.
  const dispatcher = secure ? new Agent({ connect: { ca: certificateAuthority } }) : undefined;
  const place = String(secure ? httpsUrl : url);
  return createConnector({
    apiUrl: INSTANCE,
    ...credentials,
    ...settings,
    fetch: /** @type {typeof globalThis.fetch} */ (
      /** @type {unknown} */ (
        (/** @type {string | URL} */ asked, /** @type {import("undici").RequestInit} */ init) =>
          fetch(String(asked).replace(INSTANCE, place), { ...init, dispatcher })
      )
    ),
  });
}

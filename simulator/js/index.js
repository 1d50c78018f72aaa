/** @file A ServiceNow instance on a port of this machine. */

import { isIPv4 } from "node:net";

import { makeServerCertificates } from "./certificate.js";
import { faultCatalogue } from "./instance.js";
import { listen } from "./server.js";
import { Simulated } from "./simulated.js";

/** @import { ActiveFault, FaultFacts, FaultRule, Incident, JournaledRequest } from "./types.js" */
/** @import { OAuthClient, Options, SetupStep, User } from "./types.js" */

/**
 * @typedef {object} Simulator
 * @property {string} url where it serves HTTP, without a slash at the end
 * @property {string | undefined} httpsUrl where it serves HTTPS
 * @property {string | undefined} certificateAuthority the certificate to trust for `httpsUrl`, PEM
 * @property {() => Incident[]} incidents every incident, oldest first
 * @property {(id: string) => Incident | undefined} incident one by its number or `sys_id`
 * @property {() => JournaledRequest[]} requests the last 10,000 requests, oldest first
 * @property {() => number} now the clock, in milliseconds since 1970
 * @property {(now: number) => void} setNow makes the clock stand at a time
 * @property {(milliseconds: number) => void} advance moves the clock on
 * @property {() => void} followRealTime lets the clock show real time again, and follow it
 * @property {Faults} faults what goes wrong
 * @property {() => SetupStep[]} setupSteps the steps of the chapter "Configure ServiceNow"
 * @property {(id: string, done: boolean) => void} setSetupStep does or undoes one of them
 * @property {() => string} save the whole state as JSON, with every password and token in it: what
 *   the option `state` takes
 * @property {(state: string) => void} load goes on where the simulator was that saved the state
 * @property {() => void} revokeTokens ends every access token
 * @property {(user: User) => void} addUser adds a user, or replaces the one of the same name
 * @property {(client: OAuthClient) => void} addOAuthClient adds a client, or replaces the one of
 *   the same ID
 * @property {() => Promise<void>} close ends every connection and stops listening
 */

/**
 * @typedef {object} Faults
 * @property {(rule: FaultRule) => number} inject adds a rule, and gives the ID that it can be
 *   removed by
 * @property {() => ActiveFault[]} list the rules, and what they did so far
 * @property {(id: number) => boolean} remove takes a rule away, and says whether there was one
 * @property {() => void} clear takes every rule away
 * @property {() => FaultFacts[]} catalogue what faults there are
 */

/**
 * Starts a simulator. It stands alone: many can run in one process.
 *
 * @param {Options} [options]
 * @returns {Promise<Simulator>}
 */
export async function startSimulator(options = {}) {
  const { host = "127.0.0.1", allowRemote = false, ...others } = options;
  const { port = 0, httpsPort, https = httpsPort !== undefined, now, state, ...setup } = others;
  if (!allowRemote && !isLoopback(host)) {
    throw new Error(
      `The simulator refuses to listen on ${host}: it is no loopback address, and whoever reaches ` +
        "it could sign in. Use 127.0.0.1, or set allowRemote (--allow-remote) if that is meant.",
    );
  }
  const [extra] = Object.keys(setup);
  if (state !== undefined && extra !== undefined) {
    throw new TypeError(`state holds the set-up already: leave out ${extra}`);
  }
  const simulated =
    state === undefined ? Simulated.setUp(setup, now) : Simulated.restore(state, now);
  const http = await listen(simulated, { host, port });
  const secure = https
    ? await listenSecurely(simulated, host, httpsPort ?? 0, http.close)
    : undefined;
  /** @type {Promise<void> | undefined} */
  let closed;
  return {
    url: http.url,
    httpsUrl: secure?.url,
    certificateAuthority: secure?.certificate,
    incidents: () => simulated.incidents(),
    incident: (id) => simulated.incident(id),
    requests: () => simulated.requests(),
    now: () => simulated.now(),
    setNow: (time) => simulated.setNow(time),
    advance: (milliseconds) => simulated.advance(milliseconds),
    followRealTime: () => simulated.followRealTime(),
    faults: {
      inject: (rule) => {
        if (!secure && ["certificate-bad", 52].includes(rule.fault)) {
          throw new TypeError("certificate-bad needs HTTPS: start the simulator with https: true");
        }
        return simulated.inject(rule);
      },
      list: () => simulated.faultRules(),
      remove: (id) => simulated.removeFault(id),
      clear: () => simulated.clearFaults(),
      catalogue: faultCatalogue,
    },
    setupSteps: () => simulated.setupSteps(),
    setSetupStep: (id, done) => simulated.setSetupStep(id, done),
    save: () => simulated.save(),
    load: (state) => simulated.load(state),
    revokeTokens: () => simulated.revokeTokens(),
    addUser: (user) => simulated.addUser(user),
    addOAuthClient: (client) => simulated.addOAuthClient(client),
    close: () => (closed ??= Promise.all([http.close(), secure?.close()]).then(() => {})),
  };
}

/**
 * @param {Simulated} simulated
 * @param {string} host
 * @param {number} port
 * @param {() => Promise<void>} undo what to do when it cannot be
 */
async function listenSecurely(simulated, host, port, undo) {
  try {
    const certificates = await makeServerCertificates(host);
    const server = await listen(simulated, { host, port, certificates });
    return { ...server, certificate: certificates.shown.good };
  } catch (error) {
    await undo();
    throw error;
  }
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

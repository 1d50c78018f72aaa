// The simulated instance of a soak, and its witness: it lets the faults strike, and keeps what it sees
// of each alert's requests, so that afterwards what a fault did is told from what a connector did.

import { makeServerCertificates } from "../../simulator/js/certificate.js";
import { faultCatalogue } from "../../simulator/js/instance.js";
import { listen } from "../../simulator/js/server.js";
import { Simulated } from "../../simulator/js/simulated.js";
import { keyFile } from "../support/keys.js";
import { correlationIdOf } from "./lives.js";
import { lastingRules, strikesOn } from "./strikes.js";
import { Witness } from "./witness.js";

/** @import { Life } from "./lives.js" */

/** How many imports an hour the user of the storms may make. */
const STORM_LIMIT = 60;
const FOREIGN = 40;
/** Milliseconds by the fast clock: longer than any soak. */
const LATER = 10 * 365 * 24 * 60 * 60 * 1000;

const CLIENT = { clientId: "kibana", clientSecret: "client secret of the soak", keyId: "key" };

/** @type {Record<"basic" | "oauth" | "storm" | "admin", { userName: string, password: string }>} */
const USERS = {
  basic: { userName: "soak-basic", password: "password of basic" },
  oauth: { userName: "soak-oauth", password: "password of oauth" },
  storm: { userName: "soak-storm", password: "password of storm" },
  admin: { userName: "admin", password: "password of admin" },
};

/** @typedef {Awaited<ReturnType<typeof startInstance>>} SoakedInstance */

/**
 * @param {object} options
 * @param {number} options.seed
 * @param {() => number} options.now
 * @param {() => void} options.onRequest called once a request has been carried out, and before it is
 *   answered
 */
export async function startInstance({ seed, now, onRequest }) {
  const catalogue = faultCatalogue();
  const simulated = Simulated.setUp(setUp(seed), now());
  const foreign = addForeign(simulated, seed, now());
  for (const rule of lastingRules(catalogue)) simulated.inject(rule);
  const witness = new Witness(simulated);
  const handle = simulated.handle.bind(simulated);
  simulated.handle = (...request) => {
    simulated.setNow(now());
    const answer = witness.watch(request, () => handle(...request));
    onRequest();
    return answer;
  };
  const certificates = await makeServerCertificates("127.0.0.1");
  const server = await listen(simulated, { host: "127.0.0.1", port: 0, certificates });
  return {
    witness,
    catalogue,
    url: server.url,
    certificateAuthority: certificates.shown.good,
    connectors: connectorsOn(server.url),
    /** @param {Life} life */
    expect: (life) => witness.expect(life, strikesOn(catalogue, seed, life)),
    incidents: () => simulated.incidents(),
    faults: () => timesOf(simulated, witness),
    /** Those of nobody's alert as they were, and as they are. */
    foreign: () => ({
      before: foreign,
      after: simulated.incidents().filter(({ sys_id = "" }) => foreign.has(sys_id)),
    }),
    close: () => server.close(),
  };
}

/**
 * How often each fault has happened, by its number. Those of new connections are in no request.
 *
 * @param {Simulated} simulated
 * @param {Witness} witness
 */
function timesOf(simulated, { faults }) {
  const times = new Map(faults);
  for (const { rule, happened } of simulated.faultRules()) {
    if (rule.fault === "certificate-bad") times.set(52, (times.get(52) ?? 0) + happened);
  }
  return times;
}

/** @param {number} seed */
function setUp(seed) {
  const { clientId, clientSecret, keyId } = CLIENT;
  return {
    seed,
    users: Object.values(USERS).map((user) => ({
      ...user,
      email: `${user.userName}@example.com`,
      ...(user === USERS.admin && { roles: ["admin"] }),
    })),
    oauthClients: [
      { clientId, clientSecret, verifierMaps: [{ keyId, certificate: keyFile("certificate") }] },
    ],
    rateLimits: [
      {
        resource: /** @type {const} */ ("importSet"),
        limit: STORM_LIMIT,
        user: USERS.storm.userName,
      },
    ],
  };
}

/** @param {string} apiUrl */
function connectorsOn(apiUrl) {
  const { clientId, clientSecret, keyId } = CLIENT;
  const basic = (/** @type {"basic" | "storm"} */ id) => ({
    id,
    name: `Connector ${id}`,
    config: { apiUrl, usesTableApi: false },
    secrets: { username: USERS[id].userName, password: USERS[id].password },
  });
  const oauth = {
    id: "oauth",
    name: "Connector oauth",
    config: {
      apiUrl,
      usesTableApi: false,
      isOAuth: true,
      clientId,
      jwtKeyId: keyId,
      userIdentifierValue: `${USERS.oauth.userName}@example.com`,
    },
    secrets: { clientSecret, privateKey: keyFile("pkcs8") },
  };
  return [basic("basic"), basic("storm"), oauth];
}

/**
 * Incidents of other people, some of them nearly those of an alert. Every other one is younger than any
 * of an alert will be: it is the latest of those that a wrong query finds.
 *
 * @param {Simulated} simulated
 * @param {number} seed
 * @param {number} now
 * @returns {Map<string, string>} the incidents as JSON, by their IDs
 */
function addForeign(simulated, seed, now) {
  const { userName, password } = USERS.admin;
  const headers = /** @type {[string, string][]} */ ([
    ["Authorization", `Basic ${Buffer.from(`${userName}:${password}`).toString("base64")}`],
    ["Content-Type", "application/json"],
    ["Accept", "application/json"],
  ]);
  for (let number = 0; number < FOREIGN; number += 1) {
    const id = correlationIdOf(seed, number);
    const correlations = ["", `web-${number}`, `${id}-`, id.slice(1), `${id}^ORnumberISNOTEMPTY`];
    simulated.setNow(number % 2 === 0 ? now : now + LATER);
    const body = JSON.stringify({
      short_description: `Somebody else's ${number}`,
      correlation_id: correlations[number % correlations.length],
      urgency: "2",
    });
    const target = "/api/now/table/incident";
    const { status } = simulated.handle(
      "POST",
      target,
      headers,
      Buffer.from(body),
      "http://localhost",
    );
    if (status !== 201) throw new Error(`Somebody else's incident could not be made: ${status}`);
  }
  return new Map(
    simulated.incidents().map((incident) => [String(incident.sys_id), JSON.stringify(incident)]),
  );
}

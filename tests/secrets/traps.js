// A module that fails in the middle of its work, with all its secrets in it.

import { connect } from "./flows.js";

/** @import { Stage } from "./flows.js" */

/** How it fails (src/wasm/traps.rs) ... */
const FAULTS = ["TRAP: panic", "TRAP: stack", "TRAP: throw"];
/** ... and how it fails last and once: each memory that has run out takes a while to look through. */
const RUNS_OUT = "TRAP: memory";

/** @param {Stage} stage */
export async function spring(stage) {
  const { package: it, planted, traces, dropped } = stage;
  const { basic, "encrypted key": oauth } = planted.signIns;
  for (const fault of FAULTS) {
    for (const [signIn, credentials] of Object.entries({ basic, oauth })) {
      for (const isToken of [true, false]) await fail(stage, fault, signIn, credentials, isToken);
      const config = { apiUrl: planted.simulator.url, clientId: fault };
      const { validate } = it.getConnectorType();
      await traces.keep(fault, () => validate.secrets.schema.parse({ ...credentials, fault }));
      await traces.keep(fault, () => validate.config.schema.parse({ ...config, ...credentials }));
      dropped(`${fault} in a validator, ${signIn}`);
    }
  }
  await fail(stage, RUNS_OUT, "oauth", oauth, false);
}

/**
 * Has an action fail by an answer.
 *
 * @param {Stage} stage
 * @param {string} fault
 * @param {string} signIn
 * @param {object} credentials
 * @param {boolean} isToken whether it is the answer to a token request
 */
async function fail(stage, fault, signIn, credentials, isToken) {
  const { planted, traces, dropped } = stage;
  /** @type {typeof globalThis.fetch} */
  const fetch = async (url, init) =>
    isToken === String(url).includes("oauth_token")
      ? new Response(`${fault} ${planted.password}`)
      : planted.fetch(url, init);
  const connector = connect({ ...stage, fetch }, credentials);
  const place = `${fault} in an action, ${signIn}`;
  await traces.keep(place, () => connector.pushToService({ incident: { short_description: "a" } }));
  connector.dispose();
  dropped(place);
}

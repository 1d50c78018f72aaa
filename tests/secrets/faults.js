// Every fault that is known of an instance, with secrets that are canaries.

import { ACTIONS, CHOICES } from "../faults/actions.js";
import { ruleOf } from "../faults/table.js";
import { connect } from "./flows.js";
import { PAGE } from "./planted.js";

/** @import { Action } from "../faults/actions.js" */
/** @import { Stage } from "./flows.js" */
/** @import { Planted } from "./planted.js" */

/** How long somebody waits for an answer that is held back, in milliseconds. */
const IMPATIENT = 100;

/** Those that do not happen to an alert as others have it. @type {Record<string, Action[]>} */
const UNUSUAL = {
  "choices-unreadable": [CHOICES],
  // Whoever finds the incident of an alert gets no empty list.
  "empty-list-missing": [
    {
      name: "recovers without having fired",
      prepare: async () => undefined,
      run: (connector) => connector.closeIncident({ incident: { correlation_id: "unknown" } }),
      achieved: (incidents) => incidents.length === 0,
    },
  ],
  // Of 40 characters, which no correlation ID of the other actions has.
  "value-cut": [
    {
      name: "alert of a long name fires",
      prepare: async () => undefined,
      run: (connector) =>
        connector.pushToService({
          incident: { short_description: "a", correlation_id: `disk:${"a".repeat(80)}` },
        }),
      achieved: (incidents) => incidents.length === 1,
    },
  ],
};

/**
 * Runs an alert and its recovery while each fault lasts, by both ways to sign in.
 *
 * @param {Stage} stage
 * @returns {Promise<Set<string>>} the faults that happened
 */
export async function sufferFaults(stage) {
  const { planted, traces, dropped } = stage;
  const { simulator, signIns } = planted;
  const start = simulator.save();
  /** @type {Set<string>} */
  const happened = new Set();
  for (const fault of simulator.faults.catalogue()) {
    const variants = fault.variants.length > 0 ? fault.variants : [undefined];
    const [fires, , recovers] = ACTIONS;
    const actions = UNUSUAL[fault.id] ?? [fires, recovers];
    for (const variant of variants) {
      for (const signIn of /** @type {const} */ (["basic", "plain key"])) {
        for (const action of actions) {
          if (action === undefined) throw new Error("no action");
          simulator.load(start);
          const rule = ruleOf(fault, variant);
          const id = await prepared(stage, action);
          const injected = simulator.faults.inject(rule);
          const settings = {
            ...(rule.delay && rule.delay > IMPATIENT && { timeout: IMPATIENT }),
            ...(fault.id === "certificate-bad" && { apiUrl: simulator.httpsUrl }),
          };
          const fetch = fault.id === "cors-missing" ? ofPage(planted) : undefined;
          const connector = connect({ ...stage, settings, fetch }, signIns[signIn]);
          const place = `${fault.id} ${variant ?? ""}, ${signIn}, ${action.name}`;
          await traces.keep(place, () => action.run(connector, id));
          await traces.keep(place, () => connector.checkHealth());
          const faults = simulator.faults.list();
          if (faults.find((active) => active.id === injected)?.happened) happened.add(fault.id);
          simulator.faults.clear();
          connector.dispose();
          dropped(place);
        }
      }
    }
  }
  return happened;
}

/**
 * The `fetch` of a page, to which a browser gives no answer that is not meant for it.
 *
 * @param {Planted} planted
 */
function ofPage(planted) {
  return async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    const headers = { ...init.headers, origin: PAGE };
    const answer = await planted.fetch(url, { ...init, headers });
    if (answer.headers.has("access-control-allow-origin")) return answer;
    throw new TypeError("Failed to fetch");
  };
}

/**
 * @param {Stage} stage
 * @param {Action} action
 */
async function prepared(stage, action) {
  const connector = connect(stage, stage.planted.signIns.basic);
  const id = await action.prepare(connector);
  connector.dispose();
  return id;
}

// Connectors that end while an action is under way: disposed of, changed or deleted by a host. The
// action ends as if nothing had happened, and brings nothing back.

import assert from "node:assert/strict";
import { createConfigurationUtilities } from "../support/host.js";
import { connect } from "./flows.js";
import { draftOf } from "./mistakes.js";

/** @import { Stage } from "./flows.js" */

/** As many requests as an action makes that opens an incident, the one for a token included. */
const REQUESTS = { basic: 2, "plain key": 3, "encrypted key": 3 };

/**
 * A `fetch` that holds back the answer to one of its requests.
 *
 * @param {Stage} stage
 * @param {number} held which, from 1 on
 */
function holding({ planted }, held) {
  let count = 0;
  const { pass, ...rest } = gate();
  return {
    ...rest,
    async fetch(/** @type {string} */ url, /** @type {RequestInit} */ init) {
      count += 1;
      const isHeld = count === held;
      const answer = await planted.fetch(url, init);
      if (isHeld) await pass();
      return answer;
    },
  };
}

/** @param {Stage} stage @param {string} id */
function assertWritten({ planted }, id) {
  const found = planted.simulator.incidents().filter(({ correlation_id }) => correlation_id === id);
  assert.equal(found.length, 1, `the incident of ${id} is written`);
}

/** @param {string} id */
const incidentOf = (id) => ({ incident: { short_description: "a", correlation_id: id } });

/**
 * Disposes of a connector while each of its requests is under way.
 *
 * @param {Stage} stage
 */
export async function disposeMeanwhile(stage) {
  const { planted, traces, dropped } = stage;
  for (const [signIn, requests] of Object.entries(REQUESTS)) {
    const credentials = planted.signIns[/** @type {keyof typeof REQUESTS} */ (signIn)];
    for (let held = 1; held <= requests; held++) {
      const id = `disposed:${signIn}:${held}:${traces.size}`;
      const gate = holding(stage, held);
      const connector = connect({ ...stage, fetch: gate.fetch }, credentials);
      const actions = [connector.pushToService(incidentOf(id)), connector.getFields()];
      await gate.arrived;
      connector.dispose();
      gate.open();
      traces.add("an action that was under way", await Promise.all(actions));
      assertWritten(stage, id);
      dropped(`disposed of while request ${held} is under way, ${signIn}`);
      await connector.getFields();
      dropped(`used after it was disposed of, ${signIn}`);
    }
  }
}

/**
 * Ends an action by its signal and disposes of the connector while another one waits for the same
 * token.
 *
 * @param {Stage} stage
 */
export async function abandonMeanwhile(stage) {
  const { planted, traces, dropped } = stage;
  const gate = holding(stage, 1);
  const connector = connect({ ...stage, fetch: gate.fetch }, planted.signIns["plain key"]);
  const ends = [new AbortController(), new AbortController()];
  const actions = ends.map(({ signal }) => connector.getFields({}, { signal }));
  await gate.arrived;
  connector.dispose();
  const failures = actions.map((action) => traces.keep("an action that was ended", () => action));
  for (const end of ends) end.abort(new Error(planted.password));
  for (const failure of await Promise.all(failures)) {
    assert.equal(/** @type {any} */ (failure)?.code, "canceled");
  }
  gate.open();
  await turn();
  dropped("disposed of, its actions ended");
}

/**
 * Calls the hooks of a connector type while each request of an action is under way, and while the
 * host keeps the action's token.
 *
 * @param {Stage} stage
 */
export async function callHooksMeanwhile(stage) {
  const { package: it, planted, traces, dropped } = stage;
  const { config, secrets } = draftOf(planted, planted.signIns["encrypted key"]);
  for (const hook of /** @type {const} */ (["postSaveHook", "postDeleteHook"])) {
    for (const keeps of [true, false]) {
      for (let held = keeps ? 0 : 1; held <= REQUESTS["encrypted key"]; held++) {
        const id = `${hook}:${keeps}:${held}:${traces.size}`;
        const gate = holding(stage, held);
        const store = tokenStore(held === 0);
        const type = it.getConnectorType({ fetch: gate.fetch });
        const given = {
          config: type.validate.config.schema.parse(config),
          secrets: type.validate.secrets.schema.parse(secrets),
          params: type.validate.params.schema.parse({
            subAction: "pushToService",
            subActionParams: incidentOf(id),
          }),
          configurationUtilities: createConfigurationUtilities(),
          logger: traces.logger(),
          ...(keeps && { services: { connectorTokenClient: store.client } }),
        };
        const actions = [type.executor({ actionId: "c-1", ...given })];
        // Not in memory: what is kept there for the same credentials would be this one's.
        if (keeps) actions.push(type.executor({ actionId: "c-2", ...given }));
        await (held === 0 ? store.arrived : gate.arrived);
        // As a host does, in this order.
        await store.client.deleteConnectorTokens({ connectorId: "c-1" });
        await type[hook]({ connectorId: "c-1" });
        const saved = store.saved("c-1");
        gate.open();
        store.open();
        for (const result of await Promise.all(actions)) {
          traces.add("the result of an action that was under way", result);
          assert.equal(result.status, "ok");
        }
        const place = `${hook}, ${keeps ? "the host keeps tokens" : "in memory"}, ${held}`;
        assert.deepEqual(store.kept(), keeps ? ["c-2"] : [], place);
        assert.equal(store.saved("c-1"), saved, `${place}: nothing is kept even for a while`);
        assertWritten(stage, id);
        await type.postDeleteHook({ connectorId: "c-2" });
        dropped(place);
      }
    }
  }
}

/**
 * A host's token client.
 *
 * @param {boolean} isSlow whether it waits before it keeps a token of the connector `c-1`
 */
function tokenStore(isSlow) {
  /** @type {Map<string, any>} */
  const tokens = new Map();
  /** @type {string[]} whose tokens it was ever given */
  const given = [];
  const { pass, ...rest } = gate();
  return {
    ...rest,
    kept: () => [...tokens.keys()],
    saved: (/** @type {string} */ id) => given.filter((other) => other === id).length,
    /** @type {import("../../js/types.js").ConnectorTokenClient} */
    client: {
      get: async ({ connectorId }) => ({
        hasErrors: false,
        connectorToken: tokens.get(connectorId) ?? null,
      }),
      async updateOrReplace({ connectorId, newToken }) {
        given.push(connectorId);
        if (isSlow && connectorId === "c-1") await pass();
        tokens.set(connectorId, { token: newToken });
      },
      async deleteConnectorTokens({ connectorId }) {
        tokens.delete(connectorId);
      },
    },
  };
}

/** Something that has to wait on its way until it is let through. */
function gate() {
  /** @type {() => void} */
  let open = () => {};
  /** @type {() => void} */
  let arrive = () => {};
  const opened = new Promise((resolve) => {
    open = () => resolve(undefined);
  });
  /** Settled as soon as it waits. */
  const arrived = new Promise((resolve) => {
    arrive = () => resolve(undefined);
  });
  const pass = () => {
    arrive();
    return opened;
  };
  return { open, arrived, pass };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

// A host with a connector, whose tasks a test schedules and follows on a clock of its own.

import { createClock } from "./clock.js";
import { hostWithConnector } from "./fake_type.js";

/** @typedef {import("servicenow-itsm-host").ConnectorType} ConnectorType */
/** @typedef {import("servicenow-itsm-host").ExecutorOptions} ExecutorOptions */
/** @typedef {import("servicenow-itsm-host").ExecutorResult} ExecutorResult */
/** @typedef {import("servicenow-itsm-host").HostOptions} HostOptions */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const OK = /** @type {const} */ ({ status: "ok" });

/**
 * A host on a clock of the test's, with a connector and all that it ran, by the text of the action.
 *
 * @param {(run: ExecutorOptions) => Promise<ExecutorResult> | ExecutorResult} [act]
 * @param {HostOptions & { type?: Partial<ConnectorType>, clock?: ReturnType<typeof createClock> }} [options]
 */
export async function setUp(act = () => OK, { type, clock = createClock(), ...options } = {}) {
  /** @type {string[]} */
  const ran = [];
  const executor = async (/** @type {ExecutorOptions} */ run) => {
    ran.push(run.params.text);
    return act(run);
  };
  const { now, setTimer } = clock;
  const host = await hostWithConnector(
    { executor, ...type },
    { now, setTimer, random: () => 0.5, ...options },
  );
  /**
   * @param {string} text
   * @param {string} [correlationId]
   */
  const schedule = async (text, correlationId) => {
    const incident = { correlation_id: correlationId };
    const params = { text, ...(correlationId && { subActionParams: { incident } }) };
    return (await host.scheduleRuleAction({ connectorId: "c", params, variables: {} })).taskId;
  };
  /** @param {string} taskId */
  const state = async (taskId) => (await host.getTask(taskId)).state;
  /** @param {string} taskId oldest first, without what every run has */
  const story = async (taskId) =>
    (await host.events({ taskId }))
      .reverse()
      .filter(({ action }) => action !== "execute-start")
      .map(({ action, attempt, message }) => [action, attempt, message].filter(Boolean).join(" "));
  return { host, clock, ran, schedule, state, story };
}

/** What a test lets end when it likes. */
export function gates() {
  /** @type {Map<string, (result: ExecutorResult) => void>} */
  const open = new Map();
  return {
    open: (/** @type {string} */ text, /** @type {ExecutorResult} */ result = OK) =>
      open.get(text)?.(result),
    /** @param {ExecutorOptions} run @returns {Promise<ExecutorResult>} */
    act: ({ params }) => new Promise((resolve) => open.set(params.text, resolve)),
  };
}

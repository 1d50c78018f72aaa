// Actions of rules as tasks: stored before anything else happens, and run in the background until
// they succeed or nothing is left to try.

import { randomUUID } from "node:crypto";

import { HostError } from "./errors.js";
import { correlationIdOf } from "./incident.js";

/** @typedef {import("./types.js").ExecutionSource} ExecutionSource */

/**
 * @typedef {object} Task as the host shows it
 * @property {string} id
 * @property {string} connectorId
 * @property {import("./store/task_table.js").TaskState} state
 * @property {number} attempts those begun
 * @property {number} maxAttempts
 * @property {string | null} retryUntil ISO 8601: it is retried until then, however many attempts
 *   that takes; null where `maxAttempts` is the end
 * @property {string} runAt ISO 8601: when the last attempt was due, or the next one is
 * @property {string} createdAt ISO 8601
 * @property {any} result of the last attempt, as JSON holds it; null before
 */

/**
 * @typedef {object} ScheduledAction
 * @property {string} connectorId
 * @property {unknown} params templates
 * @property {Record<string, unknown>} variables
 * @property {ExecutionSource} [source]
 * @property {number} [retryForMs] how long it is retried at least; only as often as the connector
 *   type says when left out
 */

/**
 * @param {object} dependencies
 * @param {import("./store/index.js").Store} dependencies.store
 * @param {import("./types.js").ConfigurationUtilities} dependencies.configurationUtilities
 * @param {import("./rule_action.js").RenderRuleAction} dependencies.render
 * @param {import("./events.js").EventLog} dependencies.events
 * @param {import("./task_runner.js").TaskRunner} dependencies.runner
 * @param {() => number} dependencies.now
 */
export function createTasks(dependencies) {
  const { store, configurationUtilities, render, events, runner, now } = dependencies;

  /** @param {ScheduledAction} action */
  const prepare = ({ source, retryForMs, ...action }) => {
    const { connectorId } = action;
    const { type, connectorName, params } = render(action);
    configurationUtilities.ensureActionTypeEnabled(type.id);
    const maxAttempts = configurationUtilities.getMaxAttempts({
      actionTypeId: type.id,
      actionTypeMaxAttempts: type.maxAttempts,
    });
    const about = { connectorId, connectorName, typeId: type.id };
    const createdAt = now();
    const retryUntil = retryForMs === undefined ? null : createdAt + retryForMs;
    const lane = laneOf(connectorId, params);
    const task = { id: randomUUID(), lane, params, maxAttempts, retryUntil, createdAt };
    return { about, task, source };
  };

  /**
   * @param {() => readonly ScheduledAction[]} makeActions all of them are stored, or none, and so
   *   is what it stores itself
   * @returns {Promise<{ taskIds: string[] }>} once no task can be lost any more
   */
  const scheduleAll = async (makeActions) => {
    const taskIds = store.transaction(() =>
      makeActions()
        .map(prepare)
        .map(({ about, task, source }) => {
          store.tasks.add({ ...about, ...task, source });
          events.write({ ...about, action: "enqueued", taskId: task.id, source: source?.type });
          return task.id;
        }),
    );
    runner.wake();
    return { taskIds };
  };

  return {
    scheduleAll,

    /**
     * @param {ScheduledAction} action
     * @returns {Promise<{ taskId: string }>} once the task cannot be lost any more
     */
    async schedule(action) {
      const { taskIds } = await scheduleAll(() => [action]);
      return { taskId: String(taskIds[0]) };
    },

    /**
     * @param {string} id
     * @returns {Promise<Task>}
     */
    async get(id) {
      const row = store.tasks.get(id);
      if (row === undefined) throw new HostError(404, `Saved object [task/${id}] not found`);
      const { connectorId, state, attempts, maxAttempts, retryUntil, result } = row;
      return {
        id,
        connectorId,
        state,
        attempts,
        maxAttempts,
        retryUntil: retryUntil === null ? null : new Date(retryUntil).toISOString(),
        runAt: new Date(row.runAt).toISOString(),
        createdAt: new Date(row.createdAt).toISOString(),
        result,
      };
    },
  };
}

/**
 * Actions on the same incident follow each other: a recovery must not overtake its alert.
 *
 * @param {string} connectorId
 * @param {unknown} params
 * @returns {string | null} nothing when the action has no incident to share
 */
function laneOf(connectorId, params) {
  const correlationId = correlationIdOf(params);
  return correlationId === undefined ? null : JSON.stringify([connectorId, correlationId]);
}

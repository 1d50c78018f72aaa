// The event log: what became of each action, for a person to read and for metrics to count. It
// keeps the last 100,000 events.
//
// A log that cannot be written must not turn an action that succeeded into one that failed.

import { messageOf } from "./errors.js";

/** @typedef {import("./store/event_table.js").Event} Event */
/** @typedef {import("./store/event_table.js").EventEntry} EventEntry */
/** @typedef {Partial<import("./store/event_table.js").EventQuery>} EventQuery */

const LIMIT = 100;
const HIGHEST_LIMIT = 1000;
/** Of a text, in UTF-16 units: an answer quoted in an error can be long. */
const LONGEST_TEXT = 4000;

/** @typedef {ReturnType<typeof createEventLog>} EventLog */

/**
 * @param {object} dependencies
 * @param {import("./store/index.js").Store} dependencies.store
 * @param {import("./types.js").Logger} dependencies.logger
 * @param {() => number} dependencies.now
 */
export function createEventLog({ store, logger, now }) {
  const counts = {
    runs: { success: 0, failure: 0 },
    runDurationMs: 0,
    requestBodyBytes: 0,
    timeouts: 0,
    retries: 0,
    tasksFailed: 0,
  };

  /** @param {EventEntry} entry */
  const count = ({ action, outcome, durationMs = 0, requestBodyBytes = 0 }) => {
    if (action === "execute-timeout") counts.timeouts += 1;
    if (action === "retry-scheduled") counts.retries += 1;
    if (action === "task-failed") counts.tasksFailed += 1;
    if (action !== "execute") return;
    counts.runs[outcome === "success" ? "success" : "failure"] += 1;
    counts.runDurationMs += durationMs;
    counts.requestBodyBytes += requestBodyBytes;
  };

  return {
    /** @param {EventEntry} entry */
    write(entry) {
      count(entry);
      // A run that was aborted by the stop ends when it likes, and runs again after the next start.
      if (!store.isOpen()) return;
      try {
        store.events.add({
          ...entry,
          timestamp: now(),
          message: entry.message?.slice(0, LONGEST_TEXT),
          serviceMessage: entry.serviceMessage?.slice(0, LONGEST_TEXT),
          remedy: entry.remedy?.slice(0, LONGEST_TEXT),
        });
      } catch (thrown) {
        logger.error(`the event "${entry.action}" could not be stored: ${messageOf(thrown)}`);
      }
    },

    /**
     * @param {EventQuery} [query] at most 1000 events, and 100 when no limit is given
     * @returns {Promise<Event[]>} newest first
     */
    async list({ limit = LIMIT, ...query } = {}) {
      return store.events.list({ ...query, limit: Math.min(Math.max(limit, 0), HIGHEST_LIMIT) });
    },

    /** Since the host was made. */
    counts: () => structuredClone(counts),
  };
}

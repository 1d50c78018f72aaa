// Events in words.

/** @typedef {import("../api/types.js").Event} Event */

/** @type {Record<string, string>} */
const ACTIONS = {
  enqueued: "Scheduled",
  "execute-start": "Started",
  execute: "Ran",
  "execute-timeout": "Timed out",
  "retry-scheduled": "Will be run again",
  "task-interrupted": "Interrupted",
  "task-failed": "Given up",
};

/** @param {Event} event */
export function wordsOfAction({ action }) {
  return ACTIONS[action] ?? action;
}

/**
 * @param {Event} event
 * @returns {{ label: string, color: string } | undefined} none where nothing has ended
 */
export function wordsOfOutcome({ outcome }) {
  if (outcome === "success") return { label: "Success", color: "success" };
  if (outcome === "failure") return { label: "Failed", color: "danger" };
  return outcome ? { label: "Unknown", color: "warning" } : undefined;
}

/** @type {Record<string, string>} */
const SOURCES = {
  HTTP_REQUEST: "A request of the API or the console",
  BACKGROUND_TASK: "A task of the host",
  NOTIFICATION: "A notification",
  SAVED_OBJECT: "A saved object",
};

/** @param {Event} event */
export function wordsOfSource({ source }) {
  return source ? (SOURCES[source] ?? String(source)) : "–";
}

/** @param {number | null} [milliseconds] */
export function wordsOfDuration(milliseconds) {
  if (milliseconds == null) return "–";
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {string} timestamp */
export function wordsOfTime(timestamp) {
  const time = new Date(timestamp);
  return Number.isNaN(time.getTime())
    ? timestamp
    : time.toLocaleString(undefined, { dateStyle: "short", timeStyle: "medium" });
}

// The event log as rows: what happened, newest last. It is bounded: the oldest make room.

const KEPT = 100_000;

/**
 * @typedef {object} EventEntry no secret is in any of it
 * @property {"enqueued" | "execute-start" | "execute" | "execute-timeout" | "retry-scheduled" |
 *   "task-interrupted" | "task-failed"} action
 * @property {"success" | "failure" | "unknown"} [outcome]
 * @property {string} [connectorId]
 * @property {string} [connectorName]
 * @property {string} [typeId]
 * @property {string} [taskId]
 * @property {number} [attempt]
 * @property {string} [source] the kind of what made it run
 * @property {string} [message]
 * @property {string} [serviceMessage]
 * @property {string} [remedy] what a person can do about it
 * @property {number} [durationMs]
 * @property {number} [requestBodyBytes]
 */

/**
 * @typedef {{ id: number, timestamp: string, action: EventEntry["action"] } & {
 *   [Key in Exclude<keyof EventEntry, "action">]-?: NonNullable<EventEntry[Key]> | null }} Event
 */

/**
 * @typedef {object} EventQuery
 * @property {string} [connectorId]
 * @property {string} [taskId]
 * @property {EventEntry["outcome"]} [outcome]
 * @property {number} [before] only events that are older than the one with this id
 * @property {number} limit
 */

/** @typedef {ReturnType<typeof createEventTable>} EventTable */

/**
 * @param {import("./database.js").Database} database
 * @param {number} [kept] how many events are
 */
export function createEventTable(database, kept = KEPT) {
  return {
    /** @param {EventEntry & { timestamp: number }} entry */
    add(entry) {
      database.transaction(() => {
        const { lastInsertRowid } = database.run(
          "INSERT INTO events (timestamp, action, outcome, connector_id, connector_name, " +
            "type_id, task_id, attempt, source, message, service_message, remedy, duration_ms, " +
            "request_body_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          [
            entry.timestamp,
            entry.action,
            entry.outcome ?? null,
            entry.connectorId ?? null,
            entry.connectorName ?? null,
            entry.typeId ?? null,
            entry.taskId ?? null,
            entry.attempt ?? null,
            entry.source ?? null,
            entry.message ?? null,
            entry.serviceMessage ?? null,
            entry.remedy ?? null,
            entry.durationMs ?? null,
            entry.requestBodyBytes ?? null,
          ],
        );
        database.run("DELETE FROM events WHERE id <= ?", [Number(lastInsertRowid) - kept]);
      });
    },

    /** @param {EventQuery} query @returns {Event[]} newest first */
    list({ connectorId, taskId, outcome, before, limit }) {
      const conditions = ["id < ?"];
      /** @type {(string | number)[]} */
      const values = [before ?? Number.MAX_SAFE_INTEGER];
      if (connectorId !== undefined) {
        conditions.push("connector_id = ?");
        values.push(connectorId);
      }
      if (taskId !== undefined) {
        conditions.push("task_id = ?");
        values.push(taskId);
      }
      if (outcome !== undefined) {
        conditions.push("outcome = ?");
        values.push(outcome);
      }
      const where = conditions.join(" AND ");
      return database
        .all(`SELECT * FROM events WHERE ${where} ORDER BY id DESC LIMIT ?`, [...values, limit])
        .map(read);
    },
  };
}

/** @param {any} row @returns {Event} */
function read(row) {
  return {
    id: row.id,
    timestamp: new Date(row.timestamp).toISOString(),
    action: row.action,
    outcome: row.outcome,
    connectorId: row.connector_id,
    connectorName: row.connector_name,
    typeId: row.type_id,
    taskId: row.task_id,
    attempt: row.attempt,
    source: row.source,
    message: row.message,
    serviceMessage: row.service_message,
    remedy: row.remedy,
    durationMs: row.duration_ms,
    requestBodyBytes: row.request_body_bytes,
  };
}

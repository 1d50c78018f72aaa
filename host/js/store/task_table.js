// The tasks as rows. Tasks of one lane follow each other: a later one is held until all before it
// have ended, however long their retries take.
//
// Ended tasks are kept to be looked at, a bounded number of them.

/** @typedef {import("../types.js").ExecutionSource} ExecutionSource */
/** @typedef {import("../types.js").ExecutorResult} ExecutorResult */
/** @typedef {"waiting" | "running" | "succeeded" | "failed"} TaskState */

/**
 * @typedef {object} TaskRow
 * @property {string} id
 * @property {string} connectorId
 * @property {string} connectorName when it was scheduled
 * @property {string} typeId
 * @property {unknown} params rendered
 * @property {ExecutionSource | undefined} source
 * @property {TaskState} state
 * @property {number} attempts those begun
 * @property {number} maxAttempts
 * @property {number | null} retryUntil its retries are not counted before then
 * @property {number} cutOffs how often in a row the process ended during an attempt
 * @property {number} createdAt
 * @property {number} runAt
 * @property {number | null} begunAt when its first attempt began
 * @property {any} result of the last attempt, as JSON holds it; null before
 */

/** @typedef {ReturnType<typeof createTaskTable>} TaskTable */

const ENDED_KEPT = 10_000;
/** Named, as SQLite would take the index of states, and sort all the waiting tasks of an outage. */
const DUE = "tasks INDEXED BY tasks_due WHERE state = 'waiting' AND held = 0";
const OPEN = "state IN ('waiting', 'running')";
const ENDED = "state IN ('succeeded', 'failed')";

/**
 * @param {import("./database.js").Database} database
 * @param {number} [endedKept] how many ended tasks are kept
 */
export function createTaskTable(database, endedKept = ENDED_KEPT) {
  /** @param {string} lane */
  const release = (lane) =>
    database.run(
      "UPDATE tasks SET held = 0 WHERE sequence = " +
        `(SELECT min(sequence) FROM tasks WHERE lane = ? AND ${OPEN})`,
      [lane],
    );

  const prune = () =>
    database.run(
      `DELETE FROM tasks INDEXED BY tasks_ended WHERE ${ENDED} AND sequence <= coalesce((` +
        `SELECT sequence FROM tasks INDEXED BY tasks_ended WHERE ${ENDED} ` +
        "ORDER BY sequence DESC LIMIT 1 OFFSET ?), 0)",
      [endedKept],
    );

  return {
    /**
     * @param {object} task
     * @param {string} task.id
     * @param {string} task.connectorId
     * @param {string} task.connectorName
     * @param {string} task.typeId
     * @param {string | null} task.lane
     * @param {unknown} task.params
     * @param {ExecutionSource} [task.source]
     * @param {number} task.maxAttempts
     * @param {number | null} [task.retryUntil]
     * @param {number} task.createdAt
     */
    add(task) {
      database.run(
        "INSERT INTO tasks (id, connector_id, connector_name, type_id, lane, held, params, " +
          "source, state, attempts, max_attempts, retry_until, created_at, run_at, " +
          "decided_at) VALUES (?, ?, ?, ?, ?, " +
          `EXISTS (SELECT 1 FROM tasks WHERE lane = ? AND ${OPEN}), ` +
          "?, ?, 'waiting', 0, ?, ?, ?, ?, ?)",
        [
          task.id,
          task.connectorId,
          task.connectorName,
          task.typeId,
          task.lane,
          task.lane,
          JSON.stringify(task.params),
          task.source === undefined ? null : JSON.stringify(task.source),
          task.maxAttempts,
          task.retryUntil ?? null,
          task.createdAt,
          task.createdAt,
          task.createdAt,
        ],
      );
    },

    /** @param {string} id @returns {TaskRow | undefined} */
    get(id) {
      const row = database.get("SELECT * FROM tasks WHERE id = ?", [id]);
      return row && read(row);
    },

    /**
     * Begins an attempt of the task that has been due the longest.
     *
     * @param {number} now
     * @returns {TaskRow | undefined}
     */
    claim(now) {
      const row = database.get(
        "UPDATE tasks SET state = 'running', attempts = attempts + 1, " +
          "begun_at = coalesce(begun_at, ?) WHERE sequence = " +
          `(SELECT sequence FROM ${DUE} AND run_at <= ? ` +
          "ORDER BY run_at, sequence LIMIT 1) RETURNING *",
        [now, now],
      );
      return row && read(row);
    },

    /** @returns {number | undefined} when the next attempt is due, of tasks that are not held */
    nextRunAt() {
      return database.get(`SELECT min(run_at) AS next FROM ${DUE}`).next ?? undefined;
    },

    /** @returns {TaskRow[]} */
    running() {
      return database
        .all("SELECT * FROM tasks WHERE state = 'running' ORDER BY sequence")
        .map(read);
    },

    /**
     * @param {string} id
     * @param {object} next
     * @param {number} next.now
     * @param {number} next.runAt
     * @param {unknown} result of the attempt
     */
    wait(id, { now, runAt }, result) {
      database.run(
        "UPDATE tasks SET state = 'waiting', run_at = ?, decided_at = ?, cut_offs = 0, " +
          "result = ? WHERE id = ?",
        [runAt, now, JSON.stringify(result), id],
      );
    },

    /**
     * The process ended during an attempt, which has no result.
     *
     * @param {string} id
     * @param {{ now: number, runAt: number }} times
     * @param {number} count how many times it has been cut off now
     */
    waitAfterCutOff(id, { now, runAt }, count) {
      database.run(
        "UPDATE tasks SET state = 'waiting', run_at = ?, decided_at = ?, " +
          "cut_offs = cut_offs + ? WHERE id = ?",
        [runAt, now, count, id],
      );
    },

    /**
     * The clock may have been set back: no task waits longer from now on than it was to wait when
     * that was decided.
     *
     * @param {number} now
     */
    bringForward(now) {
      database.run(
        "UPDATE tasks INDEXED BY tasks_decided SET run_at = run_at - (decided_at - ?), " +
          "decided_at = ? WHERE state = 'waiting' AND decided_at > ?",
        [now, now, now],
      );
    },

    /**
     * @param {string} id
     * @param {"succeeded" | "failed"} state
     * @param {unknown} result
     */
    end(id, state, result) {
      database.transaction(() => {
        const row = database.get(
          "UPDATE tasks SET state = ?, result = ? WHERE id = ? RETURNING lane",
          [state, JSON.stringify(result), id],
        );
        if (typeof row?.lane === "string") release(row.lane);
        prune();
      });
    },

    /** @returns {Record<TaskState, number>} the ended ones as far as they are kept */
    counts() {
      const counts = { waiting: 0, running: 0, succeeded: 0, failed: 0 };
      for (const { state, count } of database.all(
        "SELECT state, count(*) AS count FROM tasks GROUP BY state",
      )) {
        counts[/** @type {TaskState} */ (state)] = count;
      }
      return counts;
    },
  };
}

/** @param {any} row @returns {TaskRow} */
function read(row) {
  return {
    id: row.id,
    connectorId: row.connector_id,
    connectorName: row.connector_name,
    typeId: row.type_id,
    params: JSON.parse(row.params),
    source: row.source === null ? undefined : JSON.parse(row.source),
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    retryUntil: row.retry_until,
    cutOffs: row.cut_offs,
    createdAt: row.created_at,
    runAt: row.run_at,
    begunAt: row.begun_at,
    result: row.result === null ? null : JSON.parse(row.result),
  };
}

// How often alerts from outside have occurred: an alert that fires again after it was over is another
// occurrence, and has an incident of its own.
//
// Alerts that are over are kept, a bounded number of them.

/** @typedef {ReturnType<typeof createOccurrenceTable>} OccurrenceTable */

/**
 * @typedef {object} OutsideAlert
 * @property {string} webhook
 * @property {string} alert what it is known by there
 * @property {number} [startedAt] when it began, as its sender says
 */

const OVER_KEPT = 100_000;
/**
 * Each member of a cluster waits 15 seconds for the one before it. What fires again after its end is told
 * a `group_interval` later: by default five minutes. That is not to be taken for a straggler.
 */
const LATEST_STRAGGLER = 60 * 1000;
/** The latest that was said. */
const STARTED = "started_at = coalesce(max(started_at, ?), started_at, ?)";

/**
 * @param {import("./database.js").Database} database
 * @param {number} [overKept] how many alerts that are over are kept
 */
export function createOccurrenceTable(database, overKept = OVER_KEPT) {
  /** @param {OutsideAlert} alert */
  const find = ({ webhook, alert }) =>
    database.get("SELECT started_at, over_at FROM occurrences WHERE webhook = ? AND alert = ?", [
      webhook,
      alert,
    ]);

  return {
    /**
     * An alert fires, or goes on.
     *
     * @param {OutsideAlert} alert
     * @param {number} now
     * @returns {number | undefined} the occurrence, from 1; nothing when it is over already, and
     *   this was said before
     */
    fires(alert, now) {
      const { webhook, alert: id } = alert;
      const startedAt = alert.startedAt ?? null;
      const row = find(alert);
      if (row && isLate(row, startedAt, now)) return undefined;
      const { number } = database.get(
        "INSERT INTO occurrences (webhook, alert, number, started_at) VALUES (?, ?, 1, ?) " +
          "ON CONFLICT (webhook, alert) DO UPDATE SET number = number + (over_at IS NOT NULL), " +
          `over_at = NULL, ${STARTED} RETURNING number`,
        [webhook, id, startedAt, startedAt, startedAt],
      );
      return number;
    },

    /**
     * An alert is over.
     *
     * @param {OutsideAlert} alert
     * @param {number} now
     * @returns {number} the occurrence, from 1
     */
    ends({ webhook, alert, startedAt }, now) {
      const started = startedAt ?? null;
      const row = database.get(
        `UPDATE occurrences SET over_at = coalesce(over_at, ?), ${STARTED} ` +
          "WHERE webhook = ? AND alert = ? RETURNING number",
        [now, started, started, webhook, alert],
      );
      return row?.number ?? 1;
    },

    /** Once a request: it looks at all that are kept. */
    prune() {
      database.run(
        "DELETE FROM occurrences WHERE over_at <= coalesce((SELECT over_at FROM occurrences " +
          "WHERE over_at IS NOT NULL ORDER BY over_at DESC LIMIT 1 OFFSET ?), -1)",
        [overKept],
      );
    },
  };
}

/**
 * The beginning of an occurrence was on its way while its end arrived, as between the members of a
 * cluster. Later it is no straggler: where Alertmanager heard nothing of an alert for a while, it
 * says that it is over, and then that it fires, with the start that it had.
 *
 * @param {{ started_at: number | null, over_at: number | null }} latest
 * @param {number | null} startedAt
 * @param {number} now
 */
function isLate({ started_at: started, over_at: over }, startedAt, now) {
  if (started === null || over === null || startedAt === null) return false;
  return startedAt <= started && now - over < LATEST_STRAGGLER;
}

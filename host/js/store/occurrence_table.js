// How often alerts from outside have occurred: an alert that fires again after it was over is another
// occurrence, and has an incident of its own.
//
// Alerts that are over are kept, a bounded number of them.

/** @typedef {ReturnType<typeof createOccurrenceTable>} OccurrenceTable */

/**
 * @typedef {object} OutsideAlert
 * @property {string} webhook
 * @property {string} alert what it is known by there
 */

const OVER_KEPT = 100_000;

/**
 * @param {import("./database.js").Database} database
 * @param {number} [overKept] how many alerts that are over are kept
 */
export function createOccurrenceTable(database, overKept = OVER_KEPT) {
  const prune = () =>
    database.run(
      "DELETE FROM occurrences WHERE over_at <= coalesce((SELECT over_at FROM occurrences " +
        "WHERE over_at IS NOT NULL ORDER BY over_at DESC LIMIT 1 OFFSET ?), -1)",
      [overKept],
    );

  return {
    /**
     * An alert fires, or goes on.
     *
     * @param {OutsideAlert} alert
     * @returns {number} the occurrence, from 1
     */
    fires({ webhook, alert }) {
      const row = database.get(
        "INSERT INTO occurrences (webhook, alert, number) VALUES (?, ?, 1) " +
          "ON CONFLICT (webhook, alert) DO UPDATE SET " +
          "number = number + (over_at IS NOT NULL), over_at = NULL RETURNING number",
        [webhook, alert],
      );
      return row.number;
    },

    /**
     * An alert is over.
     *
     * @param {OutsideAlert} alert
     * @param {number} now
     * @returns {number} the occurrence, from 1
     */
    ends({ webhook, alert }, now) {
      const row = database.get(
        "UPDATE occurrences SET over_at = coalesce(over_at, ?) WHERE webhook = ? AND alert = ? " +
          "RETURNING number",
        [now, webhook, alert],
      );
      prune();
      return row?.number ?? 1;
    },
  };
}

// What the instance must hold by now, and in what it does not.

/** @typedef {import("servicenow-itsm-host").ExecutorResult} ExecutorResult */
/** @typedef {import("./plot.js").Event} Event */
/** @typedef {Pick<import("servicenow-simulator").Simulator, "url" | "incidents">} Instance */
/** @typedef {ReturnType<Instance["incidents"]>[number]} Incident */

/** @typedef {{ what: string, expected: string, found: string }} Mismatch */

/** The incident that the events of one correlation ID come to. */
class Expected {
  /** @type {string | null} */
  sysId = null;
  /** @type {Record<string, string>} */
  columns = {};
  /** @type {string[]} */
  workNotes = [];
}

export class Ledger {
  /** @type {Map<string, Expected>} by correlation ID */
  #expected = new Map();

  /**
   * The `sys_id` of the incident, as it was answered first; null before.
   * @param {string} correlationId
   */
  sysIdOf(correlationId) {
    return this.#expected.get(correlationId)?.sysId ?? null;
  }

  /**
   * Enters what an event must have made of its incident.
   *
   * @param {Event} event
   * @param {ExecutorResult} result
   */
  enter({ correlationId, columns, comments }, result) {
    const expected = this.#expected.get(correlationId) ?? new Expected();
    this.#expected.set(correlationId, expected);
    expected.sysId ??= result.data?.id ?? null;
    Object.assign(expected.columns, columns);
    expected.workNotes.push(...comments.map(({ comment }) => comment));
  }

  /**
   * Every incident of the instance against every one of the ledger.
   *
   * @param {Instance} instance
   * @returns {Mismatch[]}
   */
  compare(instance) {
    const incidents = instance.incidents();
    const byCorrelation = [...this.#expected].flatMap(([correlationId, expected]) => {
      const found = incidents.filter(({ correlation_id }) => correlation_id === correlationId);
      const [incident] = found;
      const what = `incidents with the correlation ID ${correlationId}`;
      const numbers = found.map(({ number }) => number).join(", ");
      if (found.length !== 1) return [mismatch(what, "one", numbers || "none")];
      return incident ? compareIncident(expected, incident) : [];
    });
    const others = incidents
      .filter(({ correlation_id = "" }) => !this.#expected.has(correlation_id))
      .map(({ number, correlation_id }) =>
        mismatch(`${number}`, "no such incident", `one with the correlation ID ${correlation_id}`),
      );
    return [...byCorrelation, ...others];
  }
}

/**
 * @param {Expected} expected
 * @param {Incident} incident
 */
function compareIncident({ sysId, columns, workNotes }, incident) {
  const wanted = { sys_id: sysId, ...columns };
  const mismatches = differences(wanted, incident, (name) => `${name} of ${incident.number}`);
  const notes = incident.journal.map(({ element, value }) => `${element}: ${value}`);
  const wantedNotes = workNotes.map((text) => `work_notes: ${text}`);
  if (notes.join("\0") !== wantedNotes.join("\0")) {
    mismatches.push(mismatch(`the journal of ${incident.number}`, wantedNotes, notes));
  }
  return mismatches;
}

/**
 * What the connector answered, against the incident it has to speak of.
 *
 * @param {Event} event
 * @param {ExecutorResult} result
 * @param {Instance} instance
 * @returns {Mismatch[]}
 */
export function compareAnswer({ correlationId, comments }, { data }, { url, incidents }) {
  const incident = incidents().find(({ correlation_id }) => correlation_id === correlationId);
  if (!incident) return [];
  const named = (/** @type {string} */ name) => `${name} in the answer`;
  // The rest belongs to that other incident.
  if (data?.title !== incident.number)
    return differences({ title: incident.number }, data ?? {}, named);
  const wanted = {
    id: incident.sys_id,
    url: `${url}/nav_to.do?uri=incident.do?sys_id=${incident.sys_id}`,
    comments: comments.map(({ commentId }) => commentId).join(", "),
  };
  const commentIds = (data.comments ?? []).map(
    (/** @type {{ commentId: string }} */ { commentId }) => commentId,
  );
  const answered = { ...data, comments: commentIds.join(", ") };
  return differences(wanted, answered, named);
}

/**
 * @param {Record<string, unknown>} expected
 * @param {Record<string, unknown>} found
 * @param {(name: string) => string} describe
 */
function differences(expected, found, describe) {
  return Object.entries(expected)
    .filter(([name, value]) => found[name] !== value)
    .map(([name, value]) => mismatch(describe(name), value, found[name]));
}

/** @type {(what: string, expected: unknown, found: unknown) => Mismatch} */
function mismatch(what, expected, found) {
  const text = (/** @type {unknown} */ value) => JSON.stringify(value) ?? "nothing";
  return { what, expected: text(expected), found: text(found) };
}

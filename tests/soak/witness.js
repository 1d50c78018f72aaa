// What is seen of each alert at the instance: its incidents, and which fault did what to which of its
// requests. Nothing of it comes from the host or the connector.

/** @import { Answer, Instance } from "../../simulator/js/types.js" */
/** @import { Simulated } from "../../simulator/js/simulated.js" */
/** @import { Life } from "./lives.js" */
/** @import { Strike } from "./strikes.js" */

/** @typedef {Parameters<Instance["handle"]>} Request */

/**
 * @typedef {object} Struck
 * @property {number} fault
 * @property {number} step of the alert's, in which it was
 * @property {number} request which of the alert's requests it was, from 1
 * @property {"alert" | "note" | "close" | "other"} asked what the request was to write
 */

/**
 * @typedef {object} Seen of an alert
 * @property {Life} life
 * @property {Strike[]} waiting faults that have not found their request yet
 * @property {number} step that the alert is in
 * @property {Struck[]} struck
 * @property {string[]} sysIds of its incidents, the oldest first
 * @property {number} own how many of them were made with its correlation ID
 * @property {{ sysId: string, fault: number }[]} made incidents that faults have made beside its own
 * @property {number} requests
 */

const NOTE = /fault (\d+) [a-z-]+, rule (\d+)/;

export class Witness {
  #simulated;
  /** @type {Map<string, Seen>} by the short description */
  #byTitle = new Map();
  /** @type {Map<string, Seen>} by the correlation ID */
  #byCorrelation = new Map();
  /** @type {Map<string, Seen>} by the ID of an incident */
  #bySysId = new Map();
  #incidents;
  /** How often each fault has happened, by its number. @type {Map<number, number>} */
  faults = new Map();
  counts = { requests: 0, struck: 0, tokens: 0, tokenRequests: 0, limited: 0 };

  /** @param {Simulated} simulated */
  constructor(simulated) {
    this.#simulated = simulated;
    this.#incidents = simulated.incidentCount();
  }

  /**
   * @param {Life} life
   * @param {Strike[]} waiting
   */
  expect(life, waiting) {
    /** @type {Seen} */
    const seen = { life, waiting, step: 0, struck: [], sysIds: [], own: 0, made: [], requests: 0 };
    this.#byTitle.set(life.title, seen);
    this.#byCorrelation.set(life.correlationId, seen);
    return seen;
  }

  /** An alert that nothing more is asked for. @param {Seen} seen */
  forget(seen) {
    seen.waiting = [];
  }

  /**
   * @param {Request} request
   * @param {() => Answer} carryOut
   * @returns {Answer}
   */
  watch([, target, , body], carryOut) {
    const fields = fieldsOf(body);
    const seen = this.#whose(target, fields);
    const due = seen?.waiting.filter(({ step }) => step <= seen.step) ?? [];
    const rules = new Map(due.map((strike) => [this.#simulated.inject(strike.rule), strike]));
    const answer = carryOut();
    for (const id of rules.keys()) this.#simulated.removeFault(id);
    const happened = this.#happened();
    this.#count(target, answer.status, happened.length > 0);
    if (seen) {
      seen.requests += 1;
      for (const { fault, rule } of happened) {
        const strike = rules.get(rule);
        if (strike) seen.waiting = seen.waiting.filter((other) => other !== strike);
        seen.struck.push({ fault, step: seen.step, request: seen.requests, ...askedBy(fields) });
      }
    }
    this.#findNew(happened.map(({ fault }) => fault));
    return answer;
  }

  /** @param {string} sysId */
  incident(sysId) {
    return this.#simulated.incident(sysId);
  }

  /**
   * @param {string} target
   * @param {Record<string, any>} fields
   */
  #whose(target, fields) {
    const [, sysId = ""] = target.match(/\/incident\/([0-9a-f]{32})/) ?? [];
    const query = new URLSearchParams(target.split("?")[1]).get("sysparm_query") ?? "";
    const [, asked = ""] = query.match(/correlation_id=(.*)$/) ?? [];
    return (
      this.#bySysId.get(sysId || String(fields.elastic_incident_id)) ??
      this.#byCorrelation.get(String(fields.u_correlation_id ?? asked))
    );
  }

  /** Which faults have happened to the last request. */
  #happened() {
    const notes = this.#simulated.requests(1).at(-1)?.notes ?? [];
    return notes.flatMap((text) => {
      const [, fault, rule] = text.match(NOTE) ?? [];
      if (fault === undefined) return [];
      this.faults.set(Number(fault), (this.faults.get(Number(fault)) ?? 0) + 1);
      return [{ fault: Number(fault), rule: Number(rule) }];
    });
  }

  /**
   * @param {string} target
   * @param {number} status
   * @param {boolean} struck
   */
  #count(target, status, struck) {
    this.counts.requests += 1;
    if (struck) this.counts.struck += 1;
    if (status === 429) this.counts.limited += 1;
    if (!target.startsWith("/oauth_token.do")) return;
    this.counts.tokenRequests += 1;
    if (status === 200) this.counts.tokens += 1;
  }

  /**
   * Notes whose an incident is that was not there before.
   *
   * @param {number[]} faults that happened to the request
   */
  #findNew(faults) {
    const more = this.#simulated.incidentCount() - this.#incidents;
    if (more === 0) return;
    this.#incidents += more;
    for (const incident of this.#simulated.incidents(more)) {
      const { sys_id: sysId = "", short_description = "", correlation_id } = incident;
      const seen = this.#byTitle.get(short_description);
      if (!seen) continue;
      this.#bySysId.set(sysId, seen);
      seen.sysIds.push(sysId);
      const isOwn = correlation_id === seen.life.correlationId;
      if (isOwn) seen.own += 1;
      const makers = isOwn ? [23] : [24, 25];
      const fault = faults.find((number) => makers.includes(number));
      if (fault !== undefined && !(isOwn && seen.own === 1)) seen.made.push({ sysId, fault });
    }
  }
}

/**
 * @param {Uint8Array} body
 * @returns {Record<string, any>}
 */
function fieldsOf(body) {
  try {
    return JSON.parse(Buffer.from(body).toString()) ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {Record<string, any>} fields
 * @returns {Pick<Struck, "asked">}
 */
function askedBy({ u_work_notes: note, u_state: state, u_short_description: title }) {
  if (typeof note === "string") return { asked: "note" };
  if (state === "7") return { asked: "close" };
  return { asked: title === undefined ? "other" : "alert" };
}

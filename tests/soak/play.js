// Plays the alerts: asks the host for what their rules would, asks again for what has ended in an
// error, kills the host now and then, and judges each alert when nothing more is asked for it.

import { setTimeout as sleep } from "node:timers/promises";
import { chanceOf } from "./chance.js";
import { fastClock, SPEED } from "./clock.js";
import { makeFolder } from "./folder.js";
import { HostProcess } from "./host_process.js";
import { startInstance } from "./instance.js";
import { lifeOf, notesAtEnd } from "./lives.js";
import { growthOf } from "./memory.js";
import { LIMITS } from "./strikes.js";
import { judge } from "./verdict.js";

/** @import { Event } from "servicenow-itsm-host" */
/** @import { SoakedInstance } from "./instance.js" */
/** @import { Life, Step } from "./lives.js" */
/** @import { Finding } from "./verdict.js" */
/** @import { Seen } from "./witness.js" */

/**
 * @typedef {object} Options
 * @property {number} alerts
 * @property {number} concurrency actions at a time
 * @property {number} seed
 * @property {(text: string) => void} [onProgress]
 */

/**
 * @typedef {object} Wrong
 * @property {Life} life
 * @property {Finding} finding
 * @property {string[]} struck
 * @property {Event[]} events
 */

/** @typedef {Awaited<ReturnType<typeof soak>>} Report */

/** For each action that is worked on, so many alerts are alive: most of them wait. */
const ALIVE = 3;
/** A rule's action that has failed so often in a row is given up, and told. */
const TRIES = 40;
/** By the fast clock: further apart than two firings have to be for their comments to be told apart. */
const BETWEEN_FIRINGS_MS = 2 * 60_000;
/** Requests between two kills, about. */
const BETWEEN_KILLS = 1_500;
const REQUESTS_A_STEP = 3;
/** The part of the soak in which the host is killed; in the rest its memory is looked at. */
const KILLED_PART = 0.5;
/** Wrong alerts of which everything is told. */
const TOLD = 10;
/** What nobody has to do anything about but wait: such an action is to be run again. */
const PASSING = ["rate_limited", "unavailable", "hibernating"];

/** @param {Options} options */
export async function soak({ alerts, concurrency, seed, onProgress = () => {} }) {
  const began = performance.now();
  const epoch = Date.now();
  const { folder, remove } = await makeFolder();
  const lives = Array.from({ length: alerts }, (_, number) => lifeOf(seed, number));
  const steps = lives.reduce((sum, life) => sum + life.steps.length, 0);
  const counts = { actions: 0, attempts: 0, failed: 0, again: 0, looked: 0, thereAlready: 0 };
  let done = 0;
  const killer = new Killer(seed, steps * REQUESTS_A_STEP);
  const instance = await startInstance({
    seed,
    now: fastClock(epoch),
    onRequest: () => {
      if (killer.isTime(instance.witness.counts.requests, done / steps)) {
        host.kill().catch(() => {});
      }
    },
  });
  const { url, certificateAuthority, connectors } = instance;
  const place = { folder, epoch, url, certificateAuthority, connectors };
  const host = new HostProcess({ ...place, concurrency, ...LIMITS });
  /** @type {Wrong[]} */
  const wrong = [];
  /** @type {Map<string, number>} */
  const excused = new Map();
  /** @type {Seen[]} */
  const played = [];

  /** @param {Life} life */
  const live = async (life) => {
    const seen = instance.expect(life);
    played.push(seen);
    /** @type {string[]} */
    const taskIds = [];
    for (const [place, step] of life.steps.entries()) {
      seen.step = place;
      if (life.isMonotonous && place > 0) await sleep(BETWEEN_FIRINGS_MS / SPEED);
      const finding = await take({ host, instance, counts }, seen, step, taskIds);
      done += 1;
      onProgress(`${done} of ${steps} actions, ${host.kills} kills`);
      if (finding) await tell(seen, finding, taskIds);
    }
    instance.witness.forget(seen);
    for (const finding of judge(seen, incidentsOf(instance, seen))) {
      if (finding.excuse.length === 0) await tell(seen, finding, taskIds);
    }
  };
  /**
   * @param {Seen} seen
   * @param {Finding} finding
   * @param {string[]} taskIds
   */
  const tell = async (seen, finding, taskIds) => {
    const struck = seen.struck.map(
      ({ fault, step, asked }) => `${fault} in step ${step + 1}, ${asked}`,
    );
    const events = wrong.length < TOLD ? await host.eventsOf(taskIds) : [];
    wrong.push({ life: seen.life, finding, struck, events });
  };

  try {
    await host.start();
    await Promise.race([host.failed, inParallel(lives, concurrency * ALIVE, live)]);
    // What came to an alert after its end is seen only now.
    for (const seen of played) {
      const findings = judge(seen, incidentsOf(instance, seen));
      const excuses = findings.filter(({ excuse }) => excuse.length > 0);
      const keys = excuses.map(({ excuse, kind }) => `${Math.min(...excuse)} ${kind}`);
      for (const key of new Set(keys)) excused.set(key, (excused.get(key) ?? 0) + 1);
      if (wrong.some(({ life }) => life === seen.life)) continue;
      for (const finding of findings.filter(({ excuse }) => excuse.length === 0)) {
        wrong.push({ life: seen.life, finding, struck: ["after its end"], events: [] });
      }
    }
    return {
      options: { alerts, concurrency, seed },
      seconds: (performance.now() - began) / 1000,
      steps,
      saidAgain: lives.reduce((sum, life) => sum + saidAgainOf(life), 0),
      counts,
      kills: host.kills,
      starts: host.starts,
      instance: { ...instance.witness.counts, faults: instance.faults() },
      catalogue: instance.catalogue,
      incidents: instance.incidents().length,
      wrong,
      excused,
      foreign: foreignOf(instance),
      strangers: strangersIn(instance, played),
      samples: host.samples.at(-1) ?? [],
      growth: growthOf(host.samples.at(-1) ?? []),
    };
  } finally {
    await host.stop();
    await instance.close();
    remove();
  }
}

/**
 * Asks for a step until it is done.
 *
 * @param {{ host: HostProcess, instance: SoakedInstance,
 *   counts: Record<"actions" | "attempts" | "failed" | "again" | "looked" | "thereAlready",
 *   number> }} stage
 * @param {Seen} seen
 * @param {Step} step
 * @param {string[]} taskIds
 * @returns {Promise<Finding | undefined>} what is wrong when it never is
 */
async function take({ host, instance, counts }, seen, step, taskIds) {
  const { life } = seen;
  let notes = step.notes;
  let said = "";
  /** @param {string} note how often it is there */
  const times = (note) =>
    incidentsOf(instance, seen)
      .flatMap(({ journal }) => journal)
      .filter(({ value }) => value === note).length;
  const before = new Map(notes.map((note) => [note, times(note)]));
  for (let tries = 1; tries <= TRIES; tries += 1) {
    counts.actions += 1;
    if (tries > 1) counts.again += 1;
    const ended = await host.run({
      id: `${life.number}/${seen.step}/${tries}`,
      connectorId: life.connector,
      params: paramsOf(life, step, notes),
      patient: life.patient,
    });
    taskIds.push(ended.taskId);
    counts.attempts += ended.attempts;
    if (ended.state === "succeeded") return undefined;
    counts.failed += 1;
    const { errorName = "", retry, serviceMessage, message } = ended.result;
    said = String(serviceMessage ?? message);
    if (PASSING.includes(errorName) && retry === false) return givenUp(seen, step, said);
    // Whoever opens a form looks for themselves.
    if (step.happening === "form is opened") return undefined;
    if (notes.length === 0) continue;
    // As the remedy says: whoever asks again looks at the incident, and adds what is not there.
    const missing = notes.filter((note) => times(note) === before.get(note));
    counts.looked += 1;
    counts.thereAlready += notes.length - missing.length;
    notes = missing;
  }
  return {
    kind: "unfinished",
    what: `step ${seen.step + 1}, ${step.happening}`,
    expected: "done at last",
    found: `${TRIES} times an error, the last: ${said}`,
    excuse: [],
  };
}

/**
 * @param {Seen} seen
 * @param {Step} step
 * @param {string} said
 * @returns {Finding}
 */
function givenUp(seen, step, said) {
  return {
    kind: "given up",
    what: `step ${seen.step + 1}, ${step.happening}`,
    expected: "to be run again",
    found: said,
    excuse: [],
  };
}

/** @param {Life} life how many of its comments it has said before */
function saidAgainOf(life) {
  const times = [...notesAtEnd(life).values()];
  return times.reduce((sum, count) => sum + count - 1, 0);
}

/**
 * The params of a rule's action.
 *
 * @param {Life} life
 * @param {Step} step
 * @param {string[]} notes
 */
function paramsOf({ title, correlationId }, { happening, columns }, notes) {
  if (happening === "form is opened") {
    return { subAction: "getChoices", subActionParams: { fields: ["urgency", "category"] } };
  }
  const incident = { correlation_id: correlationId };
  if (happening === "recovers") {
    return { subAction: "closeIncident", subActionParams: { incident } };
  }
  return {
    subAction: "pushToService",
    subActionParams: {
      incident: { ...incident, ...columns, short_description: title },
      comments: notes.map((comment, place) => ({ commentId: String(place + 1), comment })),
    },
  };
}

/**
 * @param {SoakedInstance} instance
 * @param {Seen} seen
 */
function incidentsOf({ witness }, { sysIds }) {
  return sysIds.map((sysId) => witness.incident(sysId)).filter((found) => found !== undefined);
}

/** @param {SoakedInstance} instance the foreign incidents that are not as they were */
function foreignOf(instance) {
  const { before, after } = instance.foreign();
  const same = after.filter((each) => before.get(String(each.sys_id)) === JSON.stringify(each));
  return { count: before.size, touched: before.size - same.length };
}

/**
 * The incidents that are neither an alert's nor anybody else's.
 *
 * @param {SoakedInstance} instance
 * @param {Seen[]} played
 */
function strangersIn(instance, played) {
  const own = played.reduce((sum, { sysIds }) => sum + sysIds.length, 0);
  return instance.incidents().length - own - instance.foreign().before.size;
}

/**
 * @template T
 * @param {readonly T[]} all
 * @param {number} atOnce
 * @param {(one: T) => Promise<void>} work
 */
async function inParallel(all, atOnce, work) {
  const queue = all.values();
  const worker = async () => {
    for (const one of queue) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
}

/** When the host is killed: by the requests that have been made, drawn from the seed. */
class Killer {
  #chance;
  #between;
  #next;
  #part = -1;

  /**
   * @param {number} seed
   * @param {number} requests that the soak is going to take, at least
   */
  constructor(seed, requests) {
    this.#chance = chanceOf(seed, -2);
    // However short the soak is, there is one.
    this.#between = Math.min(BETWEEN_KILLS, Math.floor((requests * KILLED_PART) / 1.5));
    this.#next = this.#draw(0);
  }

  /** @param {number} from */
  #draw(from) {
    return from + Math.round(this.#between * (0.5 + this.#chance.next()));
  }

  /**
   * @param {number} requests so far
   * @param {number} part of the soak that is over
   */
  isTime(requests, part) {
    if (requests < this.#next || part > KILLED_PART) return false;
    // A short soak would never come to its end.
    if (part === this.#part) this.#between *= 2;
    this.#part = part;
    this.#next = this.#draw(requests);
    return true;
  }
}

// Works through the stored tasks: begins what is due, some at a time, and decides what becomes of
// a task after each attempt (kibana-host.md 3.5).
//
// A task is marked as running before its attempt begins. Whatever is still marked so when the host
// starts was cut off by the end of the process, and is run again.

import { HostError, messageOf } from "./errors.js";
import { correlationIdOf } from "./incident.js";
import { nextAttemptAt } from "./retry.js";

/** @typedef {import("./types.js").ExecutorResult} ExecutorResult */
/** @typedef {import("./store/task_table.js").TaskRow} TaskRow */

/**
 * @callback SetTimer
 * @param {() => void} callback
 * @param {number} milliseconds
 * @returns {() => void} takes the timer back
 */

/**
 * @typedef {object} Dependencies
 * @property {import("./store/index.js").Store} store
 * @property {(run: import("./executor.js").Run) => Promise<ExecutorResult>} execute
 * @property {import("./events.js").EventLog} events
 * @property {import("./types.js").Logger} logger
 * @property {() => number} now
 * @property {SetTimer} setTimer
 * @property {() => number} random from 0 up to 1
 * @property {number} [concurrency] how many tasks are worked on at a time
 */

const CONCURRENCY = 10;
const ATTEMPT_TIMEOUT = 5 * 60 * 1000;
const STOP_TIMEOUT = 10_000;
/** Clocks are set and machines sleep: a timer that is far off is looked at again in between. */
const LONGEST_SLEEP = 60_000;
/** How many more attempts than others a task gets that are cut off, each time: one that ends the
 * process must not for ever. */
const CUT_OFF_ALLOWED = 2;
/** How long ServiceNow may be at work on a request that nobody waits for any more. */
const LONGEST_TRANSACTION = 5 * 60_000;

export class TaskRunner {
  #dependencies;
  #concurrency;
  #started = false;
  /** @type {Map<string, { task: TaskRow, abort: () => void, ended: Promise<void> }>} */
  #running = new Map();
  /** What the store did not take. @type {{ task: TaskRow, result: ExecutorResult }[]} */
  #unrecorded = [];
  #cancelTimer = () => {};

  /** @param {Dependencies} dependencies */
  constructor(dependencies) {
    this.#dependencies = dependencies;
    this.#concurrency = dependencies.concurrency ?? CONCURRENCY;
  }

  start() {
    if (this.#started) return;
    this.#dependencies.store.transaction(() => this.#takeUpWhatWasCutOff());
    this.#started = true;
    this.wake();
  }

  /**
   * Begins nothing more, and waits for what runs. What does not end in time is aborted where the
   * connector type can be, and run again after the next start.
   *
   * @param {{ timeoutMs?: number }} [options]
   * @returns {Promise<void>}
   */
  async stop({ timeoutMs = STOP_TIMEOUT } = {}) {
    this.#started = false;
    this.#cancelTimer();
    if (this.#running.size > 0) await this.#runsEnd(timeoutMs);
    const left = [...this.#running.values()];
    this.#running.clear();
    this.#unrecorded = [];
    for (const { abort } of left) abort();
    if (left.length === 0) return;
    const { store, logger } = this.#dependencies;
    try {
      store.transaction(() => {
        // It was none of them that ended the process; and what they have asked for may be done still.
        const again = { afterMs: LONGEST_TRANSACTION, counts: false };
        for (const { task } of left) this.#runAgain(task, "was stopped", again);
      });
    } catch (thrown) {
      logger.error(`what was stopped could not be stored: ${messageOf(thrown)}`);
    }
  }

  /** Looks for due tasks soon. */
  wake() {
    if (this.#started) this.#sleep(0);
  }

  #work() {
    if (!this.#started) return;
    const { store, now, logger } = this.#dependencies;
    try {
      for (const { task, result } of this.#unrecorded.splice(0)) this.#record(task, result);
      store.tasks.bringForward(now());
      while (this.#running.size < this.#concurrency) {
        const task = store.tasks.claim(now());
        if (task === undefined) break;
        this.#begin(task);
      }
      if (this.#unrecorded.length > 0) this.#sleep(LONGEST_SLEEP);
      // Otherwise the end of a run is what to wait for.
      if (this.#running.size === this.#concurrency) return;
      const next = store.tasks.nextRunAt();
      if (next !== undefined) this.#sleep(next - now());
    } catch (thrown) {
      logger.error(`the tasks could not be worked on: ${messageOf(thrown)}`);
      this.#sleep(LONGEST_SLEEP);
    }
  }

  /** @param {number} timeoutMs */
  async #runsEnd(timeoutMs) {
    const ended = Promise.all([...this.#running.values()].map((run) => run.ended));
    /** @type {() => void} */
    let cancelTimeout = () => {};
    const timeUp = new Promise((resolve) => {
      cancelTimeout = this.#dependencies.setTimer(() => resolve(undefined), timeoutMs);
    });
    await Promise.race([ended, timeUp]);
    cancelTimeout();
  }

  /** @param {number} milliseconds */
  #sleep(milliseconds) {
    this.#cancelTimer();
    const delay = Math.min(Math.max(milliseconds, 0), LONGEST_SLEEP);
    this.#cancelTimer = this.#dependencies.setTimer(() => this.#work(), delay);
  }

  /** @param {TaskRow} task */
  #begin(task) {
    const controller = new AbortController();
    const { signal } = controller;
    const abort = () => controller.abort();
    const cancelTimeout = this.#dependencies.setTimer(abort, ATTEMPT_TIMEOUT);
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    const attempt = this.#attempt(task, signal);
    const run = { task, abort, ended: Promise.resolve() };
    this.#running.set(task.id, run);
    run.ended = Promise.race([attempt, aborted.then(() => undefined)]).then((result) => {
      cancelTimeout();
      // After a stop that did not wait, the task is another start's to run.
      if (this.#running.get(task.id) !== run) return;
      this.#running.delete(task.id);
      this.#record(task, result ?? this.#timedOut(task));
      this.#work();
    });
  }

  /**
   * @param {TaskRow} task
   * @param {AbortSignal} signal
   * @returns {Promise<ExecutorResult>}
   */
  async #attempt(task, signal) {
    const { id: taskId, connectorId, params, source, attempts } = task;
    const begun = task.begunAt === null ? undefined : new Date(task.begunAt);
    const taskInfo = { scheduled: new Date(task.runAt), attempts, begun };
    try {
      const run = { connectorId, params, source, signal, taskId, taskInfo };
      return await this.#dependencies.execute(run);
    } catch (thrown) {
      const message = messageOf(thrown);
      if (!(thrown instanceof HostError)) {
        return failure(task, { message, retry: true, errorSource: "framework" });
      }
      // No run can take place: the connector is gone, or its type must not be used.
      const detail = thrown.statusCode === 404 ? ": it was deleted after this was scheduled" : "";
      return failure(task, { message: message + detail, retry: false, errorSource: "user" });
    }
  }

  /**
   * @param {TaskRow} task
   * @returns {ExecutorResult}
   */
  #timedOut(task) {
    const message = `the action did not end within ${ATTEMPT_TIMEOUT / 60_000} minutes`;
    this.#note(task, { action: "execute-timeout", outcome: "failure", message });
    return failure(task, { message, retry: true, errorSource: "framework" });
  }

  /**
   * @param {TaskRow} task
   * @param {ExecutorResult} result
   */
  #record(task, result) {
    const { store, logger, random } = this.#dependencies;
    const now = this.#dependencies.now();
    const { attempts, maxAttempts, retryUntil } = task;
    try {
      store.transaction(() => {
        if (result.status !== "error") {
          store.tasks.end(task.id, "succeeded", storable(result));
          return;
        }
        const { retry } = result;
        const attempt = { retry, attempts, maxAttempts, retryUntil };
        const next = nextAttemptAt({ ...attempt, now, random });
        if (next === undefined) {
          const why = retry === false ? "" : `after ${attempts} attempts: `;
          this.#fail(task, result, why);
        } else {
          store.tasks.wait(task.id, { now, runAt: next }, storable(result));
          const at = `at ${new Date(next).toISOString()}`;
          const message =
            retryUntil === null
              ? `attempt ${attempts + 1} of ${maxAttempts} ${at}`
              : `attempt ${attempts + 1} ${at}; retried until ${new Date(retryUntil).toISOString()}`;
          this.#note(task, { action: "retry-scheduled", message });
        }
      });
    } catch (thrown) {
      logger.error(`the end of task ${task.id} could not be stored: ${messageOf(thrown)}`);
      this.#unrecorded.push({ task, result });
    }
  }

  #takeUpWhatWasCutOff() {
    for (const task of this.#dependencies.store.tasks.running()) {
      if (task.cutOffs + 1 >= task.maxAttempts + CUT_OFF_ALLOWED) {
        const message = `the host ended during attempt ${task.attempts}, as it did before`;
        this.#fail(task, failure(task, { message, retry: false, errorSource: "framework" }));
      } else {
        this.#runAgain(task, "ended", { afterMs: 0, counts: true });
      }
    }
  }

  /**
   * @param {TaskRow} task
   * @param {string} why what the host did during its attempt
   * @param {{ afterMs: number, counts: boolean }} again when, and whether it counts as cut off
   */
  #runAgain(task, why, { afterMs, counts }) {
    const now = this.#dependencies.now();
    const times = { now, runAt: now + afterMs };
    this.#dependencies.store.tasks.waitAfterCutOff(task.id, times, counts ? 1 : 0);
    const when = afterMs > 0 ? ` at ${new Date(times.runAt).toISOString()} or later` : "";
    const message = `the host ${why} during attempt ${task.attempts}: it is run again${when}`;
    this.#note(task, { action: "task-interrupted", outcome: "unknown", message });
  }

  /**
   * There is no further attempt.
   *
   * @param {TaskRow} task
   * @param {ExecutorResult} result
   * @param {string} [why]
   */
  #fail(task, result, why = "") {
    const message = `${why}${result.message}`;
    this.#dependencies.store.tasks.end(task.id, "failed", storable(result));
    this.#note(task, {
      action: "task-failed",
      outcome: "failure",
      message,
      serviceMessage: result.serviceMessage,
      remedy: result.errorMeta?.remedy,
    });
    this.#dependencies.logger.warn(`${nameOf(task)} has failed for good: ${message}`);
  }

  /**
   * @param {TaskRow} task
   * @param {import("./store/event_table.js").EventEntry} entry
   */
  #note({ id, connectorId, connectorName, typeId, attempts, source }, entry) {
    this.#dependencies.events.write({
      ...entry,
      taskId: id,
      connectorId,
      connectorName,
      typeId,
      attempt: attempts,
      source: source?.type,
    });
  }
}

/**
 * Whoever reads it in the log finds the alert by it.
 *
 * @param {TaskRow} task
 */
function nameOf({ id, connectorId, connectorName, params, source }) {
  const alert = correlationIdOf(params);
  return [
    `task ${id} of connector ${connectorId} (${connectorName})`,
    ...(alert === undefined ? [] : [`for alert ${alert}`]),
    ...(typeof source?.source === "string" ? [`from ${source.source}`] : []),
  ].join(" ");
}

/**
 * @param {Pick<TaskRow, "connectorId">} task
 * @param {Pick<ExecutorResult, "message" | "retry" | "errorSource">} what
 * @returns {ExecutorResult}
 */
function failure({ connectorId }, what) {
  return { actionId: connectorId, status: "error", ...what };
}

/**
 * @param {ExecutorResult} result
 * @returns {ExecutorResult} without its data where JSON cannot hold it
 */
function storable(result) {
  try {
    JSON.stringify(result);
    return result;
  } catch {
    return { ...result, data: undefined };
  }
}

// The host's process, seen from outside: starts it, asks it for actions, kills it, and starts it anew.
// What was asked is answered in the end, by whichever process it is.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** @import { Event, ExecutorResult } from "servicenow-itsm-host" */
/** @import { Sample } from "./memory.js" */

const SCRIPT = fileURLToPath(new URL("host_child.js", import.meta.url));

/**
 * @typedef {object} Ask
 * @property {string} id
 * @property {string} connectorId
 * @property {object} params
 * @property {boolean} patient whether it is retried for a day, or as often as a rule's action
 */

/**
 * @typedef {object} Start
 * @property {string} folder of the database
 * @property {number} epoch when the fast clock began
 * @property {number} concurrency
 * @property {number} patienceMs how long an answer may take, in real time
 * @property {number} actionMs how long an action may take
 * @property {string} url
 * @property {string} certificateAuthority
 * @property {{ id: string, name: string, config: object, secrets: object }[]} connectors
 * @property {Ask[]} open what was asked and not answered
 */

/**
 * @typedef {object} Ended
 * @property {string} askId
 * @property {string} taskId
 * @property {number} attempts
 * @property {"succeeded" | "failed"} state
 * @property {ExecutorResult} result
 */

/** @typedef {{ ask: Ask } | { eventsOf: string[] }} Told */
/** @typedef {{ ready: true } | { ended: Ended } | { memory: Sample } | { events: Event[] }} Said */

export class HostProcess {
  #settings;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #child;
  /** @type {Promise<void>} */
  #up = Promise.resolve();
  #isUp = false;
  #isStopping = false;
  /** @type {Map<string, { ask: Ask, resolve: (ended: Ended) => void }>} */
  #open = new Map();
  /** @type {((events: Event[] | undefined) => void)[]} */
  #wantEvents = [];
  /** @type {(error: Error) => void} */
  #fail = () => {};
  /** Rejects when the host ends by itself. @type {Promise<never>} */
  failed = new Promise((_, reject) => {
    this.#fail = reject;
  });
  /** One list of samples for each process. @type {Sample[][]} */
  samples = [];
  starts = 0;
  kills = 0;

  /** @param {Omit<Start, "open">} settings */
  constructor(settings) {
    this.#settings = settings;
    // Who waits for nothing else need not wait for this either.
    this.failed.catch(() => {});
  }

  /** @returns {Promise<void>} once it works */
  start() {
    this.#up = this.#start();
    return this.#up;
  }

  async #start() {
    this.starts += 1;
    const samples = /** @type {Sample[]} */ ([]);
    this.samples.push(samples);
    const child = spawn(process.execPath, ["--expose-gc", SCRIPT], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    const ready = new Promise((resolve) => {
      child.on("message", (/** @type {Said} */ said) => {
        if ("ready" in said) resolve(undefined);
        else if ("ended" in said) this.#ended(said.ended);
        else if ("memory" in said) samples.push(said.memory);
        else this.#wantEvents.shift()?.(said.events);
      });
    });
    child.once("exit", (code, signal) => {
      if (this.#isStopping || signal === "SIGKILL") return;
      this.#fail(new Error(`the host has ended by itself, with ${signal ?? `status ${code}`}`));
    });
    const open = [...this.#open.values()].map(({ ask }) => ask);
    this.#send({ start: { ...this.#settings, open } });
    await Promise.race([ready, this.failed]);
    this.#isUp = true;
  }

  /** @param {Ended} ended */
  #ended(ended) {
    const waiting = this.#open.get(ended.askId);
    this.#open.delete(ended.askId);
    waiting?.resolve(ended);
  }

  /**
   * @param {Ask} ask
   * @returns {Promise<Ended>}
   */
  async run(ask) {
    await this.#up;
    return new Promise((resolve) => {
      this.#open.set(ask.id, { ask, resolve });
      this.#send({ ask });
    });
  }

  /** Kills it in whatever it does, and starts it anew; not one that does nothing yet. */
  async kill() {
    const child = this.#child;
    if (!child || !this.#isUp) return;
    this.#isUp = false;
    this.kills += 1;
    for (const resolve of this.#wantEvents.splice(0)) resolve(undefined);
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    this.#up = exited.then(() => this.#start());
    await this.#up;
  }

  /** @param {string[]} taskIds @returns {Promise<Event[]>} oldest first */
  async eventsOf(taskIds) {
    await this.#up;
    const events = await new Promise((resolve) => {
      this.#wantEvents.push(resolve);
      this.#send({ eventsOf: taskIds });
    });
    return events ?? this.eventsOf(taskIds);
  }

  async stop() {
    this.#isStopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  }

  /** @param {Told | { start: Start }} message */
  #send(message) {
    // One that has just been killed hears nothing; the next one is told all that is open.
    this.#child?.send(message, () => {});
  }
}

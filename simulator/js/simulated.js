/** @file One instance and its clock, which is set before every look at it. */

import { randomInt } from "node:crypto";

import { Clock } from "./clock.js";
import { createInstance, loadInstance } from "./instance.js";

/** @import { ClockState } from "./clock.js" */
/** @import { FaultRule, Incident, Instance, OAuthClient, Setup, User } from "./types.js" */

export class Simulated {
  /** @type {Instance} */
  #instance;
  /** @type {Clock} */
  #clock;
  #revision = 0;

  /**
   * @param {Instance} instance
   * @param {Clock} clock
   */
  constructor(instance, clock) {
    this.#instance = instance;
    this.#clock = clock;
  }

  /**
   * A new instance.
   *
   * @param {Setup} setup
   * @param {number | undefined} now where its clock stands; it follows real time without
   */
  static setUp(setup, now) {
    const clock = new Clock(now);
    const seed = setup.seed ?? randomInt(2 ** 47);
    return new Simulated(createInstance({ ...setup, seed, now: clock.now() }), clock);
  }

  /**
   * One that goes on where another one was.
   *
   * @param {string} state what {@link save} gave
   * @param {number | undefined} now where its clock stands from now on
   */
  static restore(state, now) {
    const { instance, clock } = restored(state);
    if (now !== undefined) clock.set(now);
    return new Simulated(instance, clock);
  }

  /** The whole state, as JSON. */
  save() {
    this.#instance.setNow(this.#clock.now());
    // The instance's state is an object, and the clock one more member of it.
    return `{"clock":${JSON.stringify(this.#clock.state())},${this.#instance.save().slice(1)}`;
  }

  /**
   * Goes on where another one was.
   *
   * @param {string} state what {@link save} gave
   */
  load(state) {
    const { instance, clock } = restored(state);
    this.#instance.free();
    this.#instance = instance;
    this.#clock = clock;
    this.#revision += 1;
  }

  /** @type {Instance["handle"]} */
  handle(method, target, headers, body, origin) {
    this.#revision += 1;
    this.#instance.setNow(this.#clock.now());
    return this.#instance.handle(method, target, headers, body, origin);
  }

  /** A number that is another one after everything that happened. */
  revision() {
    return this.#revision;
  }

  now() {
    return this.#clock.now();
  }

  /** The time as HTTP writes it. */
  date() {
    return this.#clock.date();
  }

  clockRuns() {
    return this.#clock.runs;
  }

  followRealTime() {
    this.#revision += 1;
    this.#clock.follow();
  }

  /** @param {number} now */
  setNow(now) {
    this.#revision += 1;
    this.#clock.set(now);
  }

  /** @param {number} milliseconds */
  advance(milliseconds) {
    this.#revision += 1;
    this.#clock.advance(milliseconds);
  }

  /** @param {number} [newest] only so many of the newest */
  incidents(newest) {
    return this.#instance.incidents(newest);
  }

  incidentCount() {
    return this.#instance.incidentCount();
  }

  /**
   * @param {string} id a number or a `sys_id`
   * @returns {Incident | undefined}
   */
  incident(id) {
    return this.#instance.incident(id) ?? undefined;
  }

  /** @param {number} [newest] only so many of the newest */
  requests(newest) {
    return this.#instance.requests(newest);
  }

  requestCount() {
    return this.#instance.requestCount();
  }

  revokeTokens() {
    this.#revision += 1;
    this.#instance.revokeTokens();
  }

  /** @param {User} user */
  addUser(user) {
    this.#revision += 1;
    this.#instance.addUser(JSON.stringify(user));
  }

  /** @param {OAuthClient} client */
  addOAuthClient(client) {
    this.#revision += 1;
    this.#instance.addOAuthClient(JSON.stringify(client));
  }

  /** @param {FaultRule} rule */
  inject(rule) {
    this.#revision += 1;
    return this.#instance.inject(JSON.stringify(rule) ?? "null");
  }

  faultRules() {
    return this.#instance.faultRules();
  }

  /** @param {number} id */
  removeFault(id) {
    this.#revision += 1;
    return this.#instance.removeFault(id);
  }

  clearFaults() {
    this.#revision += 1;
    this.#instance.clearFaults();
  }

  /** Which certificate the next HTTPS connection is shown. */
  handshake() {
    return this.#instance.handshake();
  }

  setupSteps() {
    return this.#instance.setupSteps();
  }

  /**
   * @param {string} id
   * @param {boolean} done
   */
  setSetupStep(id, done) {
    this.#revision += 1;
    this.#instance.setSetupStep(id, done);
  }
}

/** @param {string} state */
function restored(state) {
  if (typeof state !== "string") throw new TypeError("state must be the text that save() gave");
  const instance = loadInstance(state);
  const clock = new Clock(instance.now());
  /** @type {{ clock?: ClockState }} */
  const saved = JSON.parse(state);
  // A native program saves none; its clock stands.
  if (saved.clock === undefined) return { instance, clock };
  try {
    clock.restore(saved.clock);
  } catch (error) {
    instance.free();
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`state: this is no saved state of a simulator: ${reason}`);
  }
  return { instance, clock };
}

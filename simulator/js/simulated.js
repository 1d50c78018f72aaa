/** @file One instance and its clock, which is set before every look at it. */

import { randomInt } from "node:crypto";

import { Clock } from "./clock.js";
import { createInstance } from "./instance.js";

/** @import { Incident, Instance, OAuthClient, Setup, User } from "./types.js" */

export class Simulated {
  /** @type {Instance} */
  #instance;
  /** @type {Clock} */
  #clock;

  /**
   * @param {Setup} setup
   * @param {number | undefined} now
   */
  constructor(setup, now) {
    this.#clock = new Clock(now);
    const seed = setup.seed ?? randomInt(2 ** 47);
    this.#instance = createInstance({ ...setup, seed, now: this.#clock.now() });
  }

  /** @type {Instance["handle"]} */
  handle(method, target, headers, body, origin) {
    this.#instance.setNow(this.#clock.now());
    return this.#instance.handle(method, target, headers, body, origin);
  }

  now() {
    return this.#clock.now();
  }

  /** @param {number} now */
  setNow(now) {
    this.#clock.set(now);
  }

  /** @param {number} milliseconds */
  advance(milliseconds) {
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
    this.#instance.revokeTokens();
  }

  /** @param {User} user */
  addUser(user) {
    this.#instance.addUser(JSON.stringify(user));
  }

  /** @param {OAuthClient} client */
  addOAuthClient(client) {
    this.#instance.addOAuthClient(JSON.stringify(client));
  }
}

// Has the contenders act in turns, each in its own process.

import { figures } from "../measure.js";
import { OURS } from "../report/types.js";
import { AXIOS, BARE } from "./contenders.js";
import { startClient, startServer } from "./processes.js";

/**
 * @import { Group } from "../report/types.js"
 * @import { Order, Outcome } from "./client.js"
 * @import { Served } from "./server.js"
 */

const ALL = [OURS, AXIOS, BARE];
const ROUNDS = 5;

/** Before the first sample: many at a time, and as long as engines go on compiling. */
const WARM_UP = { comments: 1, concurrency: 16, milliseconds: 8_000 };

/**
 * @typedef {object} Measured
 * @property {string} name
 * @property {Record<string, Outcome[]>} outcomes
 * @property {Record<string, number>} requests of an action
 * @property {Record<string, number>} connections of a thousand actions
 * @property {number} busy the share of the time that the server worked for this package, at most
 */

/**
 * All contenders in turns, beside the same server.
 *
 * @param {"simulator" | "recorded"} kind
 * @param {Order} order
 * @returns {Promise<Measured>}
 */
export async function together(kind, order) {
  const { comments, concurrency } = order;
  const server = await startServer(kind);
  const clients = await Promise.all(
    ALL.map(async (name) => ({
      name,
      ...(await startClient(name, server.served)),
    })),
  );
  /** @type {Measured} */
  const measured = {
    name: `${comments === 0 ? "no comment" : `${comments} comments`}, ${concurrency} at a time`,
    outcomes: {},
    requests: {},
    connections: {},
    busy: 0,
  };
  try {
    for (const { perform } of clients) await perform(WARM_UP);
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, perform } of clients) {
        const before = await server.counts();
        const outcome = await perform(order);
        const after = await server.counts();
        measured.outcomes[name] = [...(measured.outcomes[name] ?? []), outcome];
        measured.requests[name] = (after.requests - before.requests) / outcome.actions;
        measured.connections[name] =
          ((after.connections - before.connections) * 1000) / outcome.actions;
        if (name === OURS) {
          measured.busy = Math.max(measured.busy, (after.cpu - before.cpu) / outcome.milliseconds);
        }
      }
    }
  } finally {
    await Promise.all(clients.map(({ end }) => end()));
    await server.end();
  }
  return measured;
}

/**
 * @param {Pick<Measured, "name" | "outcomes">} measured
 * @param {(outcome: Outcome) => number} figure
 * @returns {Group}
 */
export function group({ name, outcomes }, figure) {
  const of = Object.entries(outcomes).map(([contender, list]) => [
    contender,
    figures(list.map(figure)),
  ]);
  return { name, figures: Object.fromEntries(of) };
}

/**
 * All contenders in turns beside a server, or those that need none without the network.
 *
 * @param {Served | undefined} served
 * @param {{ rounds: number, order: Order }} plan
 */
export async function inTurns(served, { rounds, order }) {
  const clients = await Promise.all(
    (served ? ALL : [OURS, AXIOS]).map(async (name) => ({
      name,
      ...(await startClient(name, served)),
    })),
  );
  /** @type {Record<string, Outcome[]>} */
  const outcomes = {};
  try {
    for (const { perform } of clients) await perform(WARM_UP);
    for (let round = 0; round < rounds; round++) {
      for (const { name, perform } of clients) {
        outcomes[name] = [...(outcomes[name] ?? []), await perform(order)];
      }
    }
  } finally {
    await Promise.all(clients.map(({ end }) => end()));
  }
  return outcomes;
}

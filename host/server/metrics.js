// Counts what the host does, for Prometheus.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** @typedef {ReturnType<typeof createMetrics>} Metrics */

/** Seconds; a run may take as long as ServiceNow does. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 1, 5, 30];

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {import("./context.js").Host} host
 */
export function createMetrics(app, host) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countRequests(app, registry);
  countActions(host, registry);
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {Registry} registry
 */
function countRequests(app, registry) {
  const requests = new Histogram({
    name: "host_http_request_duration_seconds",
    help: "Requests by method, route and status",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS,
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    // The route and not the path: whoever asks for random paths makes no new series.
    const route = request.routeOptions.url ?? "none";
    const labels = { method: request.method, route, status: reply.statusCode };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
}

/**
 * @param {import("./context.js").Host} host
 * @param {Registry} registry
 */
function countActions(host, registry) {
  const registers = [registry];
  /**
   * @param {string} name
   * @param {string} help
   * @param {() => number} read
   */
  const counter = (name, help, read) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });

  new Counter({
    name: "host_action_runs_total",
    help: "Runs of actions by outcome",
    labelNames: ["outcome"],
    registers,
    collect() {
      this.reset();
      for (const [outcome, runs] of Object.entries(host.counts().runs)) {
        this.inc({ outcome }, runs);
      }
    },
  });
  counter(
    "host_action_run_seconds_total",
    "Time that runs of actions took",
    () => host.counts().runDurationMs / 1000,
  );
  counter(
    "host_action_request_body_bytes_total",
    "Bytes of request bodies that runs of actions sent",
    () => host.counts().requestBodyBytes,
  );
  counter("host_action_timeouts_total", "Runs cut off", () => host.counts().timeouts);
  counter("host_action_retries_total", "Retries scheduled", () => host.counts().retries);
  counter(
    "host_tasks_failed_total",
    "Stored tasks that have failed for good",
    () => host.counts().tasksFailed,
  );

  new Gauge({
    name: "host_tasks",
    help: "Stored tasks of rules by state",
    labelNames: ["state"],
    registers,
    collect() {
      this.reset();
      for (const [state, tasks] of Object.entries(host.counts().tasks)) this.set({ state }, tasks);
    },
  });
  new Gauge({
    name: "host_connectors",
    help: "Connectors by type",
    labelNames: ["type"],
    registers,
    async collect() {
      this.reset();
      for (const { typeId } of await host.listConnectors()) this.inc({ type: typeId });
    },
  });
}

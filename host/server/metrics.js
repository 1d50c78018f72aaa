// Counts what the host does, for Prometheus.

import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

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

  gauge("host_connectors", "Connectors by type", ["type"], () => host.counts().connectors);
  gauge("host_runs", "Runs of actions by outcome", ["outcome"], () => host.counts().runs);
  gauge("host_tasks", "Tasks of rules by state", ["state"], () => host.counts().tasks);

  /**
   * @param {string} name
   * @param {string} help
   * @param {[string]} labelNames
   * @param {() => Record<string, number>} read
   */
  function gauge(name, help, labelNames, read) {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const [label, count] of Object.entries(read())) {
          this.set({ [labelNames[0]]: label }, count);
        }
      },
    });
  }

  return { contentType: registry.contentType, text: () => registry.metrics() };
}

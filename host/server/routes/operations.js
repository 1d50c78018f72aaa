// For those who operate the host: whether it is up, and what it does.

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {import("../context.js").Context & { metrics: import("../metrics.js").Metrics }} context
 */
export async function operationRoutes(app, { metrics }) {
  // In the shape of Kibana's, without the details.
  app.get("/status", { config: { access: { open: true } } }, async () => ({
    status: { overall: { level: "available" } },
  }));

  app.get("/metrics", async (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.text();
  });
}

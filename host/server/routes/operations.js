// For those who operate the host: whether it is up, and what it does.

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {import("../context.js").Context & { metrics: import("../metrics.js").Metrics }} context
 */
export async function operationRoutes(app, { metrics, generation }) {
  const status = { overall: { level: "available" } };
  app.get("/status", { config: { access: { open: true } } }, async () => ({ status }));

  // Kibana's clients ask it for the version that they talk to.
  app.get("/api/status", async () => ({ version: { number: `${generation}.0` }, status }));

  app.get("/metrics", async (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.text();
  });
}

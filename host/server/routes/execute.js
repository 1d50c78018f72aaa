// Kibana's route that runs a connector (kibana-host.md 9): what comes of the run is answered with
// status 200, also where it failed.

import { anything, object, record } from "../schema.js";
import { resultBody } from "../wire.js";
import { abortedWithClient } from "./aborted.js";

const executeBody = object({ params: record(anything) });

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {import("../context.js").Context} context
 */
export async function executeRoute(app, { host }) {
  app.post("/api/actions/connector/:id/_execute", async (request, reply) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    const { params } = executeBody(request.body, ["body"]);
    const result = await host.execute({
      connectorId: id,
      params,
      source: { type: "HTTP_REQUEST", source: undefined },
      signal: abortedWithClient(reply),
    });
    return resultBody(result);
  });
}

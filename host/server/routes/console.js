// What the console page needs beyond Kibana's API.

import { HostError } from "../../js/errors.js";
import {
  anything,
  integer,
  object,
  oneOf,
  optional,
  record,
  text,
  withDefault,
} from "../schema.js";
import { snakeCase, taskBody } from "../wire.js";
import { abortedWithClient } from "./aborted.js";

/** @typedef {import("../context.js").Context} Context */

const healthBody = object({ config: record(anything), secrets: record(anything) });

const ruleActionBody = object({
  connector_id: text,
  params: record(anything),
  variables: withDefault(record(anything), {}),
});

const eventsQuery = object({
  connector_id: optional(text),
  task_id: optional(text),
  outcome: optional(oneOf(/** @type {const} */ (["success", "failure", "unknown"]))),
  limit: withDefault(integer(1, 1000), 100),
  before: optional(integer(1, Number.MAX_SAFE_INTEGER)),
});

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {Context} context
 */
export async function consoleRoutes(app, context) {
  const { host, connectorType, settings, logger } = context;
  const simulatorUrl = settings["console.simulatorUrl"];

  app.get("/internal/console/context", async () => ({
    connectorTypeId: connectorType.id,
    simulator: simulatorUrl === undefined ? null : { url: simulatorUrl },
    generation: context.generation,
    version: context.version,
  }));

  app.post("/internal/console/health_check", async (request, reply) => {
    const given = healthBody(request.body, ["body"]);
    if (connectorType.checkHealth === undefined) {
      throw new HostError(501, "This connector type has no health check.");
    }
    const { configurationUtilities } = host;
    const services = { configurationUtilities, logger, signal: abortedWithClient(reply) };
    const health = await connectorType.checkHealth({ ...given, ...services });
    if (health.status === "ok") return { ok: true, application: health.data };
    const { status: _status, ...fault } = health;
    return { ok: false, ...fault };
  });

  app.post("/internal/console/rule_actions", async (request, reply) => {
    const { connector_id: connectorId, ...action } = ruleActionBody(request.body, ["body"]);
    const source = /** @type {const} */ ({ type: "HTTP_REQUEST", source: "console" });
    const { taskId } = await host.scheduleRuleAction({ connectorId, ...action, source });
    return reply.code(202).send({ task_id: taskId });
  });

  app.get("/internal/console/tasks/:id", async (request) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    return taskBody(await host.getTask(id));
  });

  app.get("/internal/console/events", async (request) => {
    const query = eventsQuery(request.query, ["query"]);
    const { connector_id: connectorId, task_id: taskId, ...others } = query;
    const events = await host.events({ connectorId, taskId, ...others });
    return { events: events.map(snakeCase) };
  });

  app.get("/internal/console/incidents", async () => {
    if (simulatorUrl === undefined) {
      throw new HostError(404, "There is no simulator: set console.simulatorUrl to its address.");
    }
    return { incidents: await incidentsOf(simulatorUrl) };
  });
}

/**
 * @param {string} simulatorUrl
 * @returns {Promise<unknown[]>}
 */
async function incidentsOf(simulatorUrl) {
  const unusable = (/** @type {string} */ why) =>
    new HostError(
      502,
      `The simulator at ${simulatorUrl} ${why}. Start it, or mend console.simulatorUrl.`,
    );
  let response;
  try {
    response = await fetch(new URL("/simulator/api/state", simulatorUrl), {
      signal: AbortSignal.timeout(10_000),
      redirect: "error",
    });
  } catch {
    throw unusable("does not answer");
  }
  const state = await response.json().catch(() => undefined);
  if (!Array.isArray(state?.incidents)) throw unusable("is none");
  return state.incidents;
}

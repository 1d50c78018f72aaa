// Puts the server together: checks, routes, and how failures are answered.

import fastifyCookie from "@fastify/cookie";
import fastifyRateLimit from "@fastify/rate-limit";
import fastify from "fastify";

import { HostError } from "../js/errors.js";
import { readJsonBodies } from "./body.js";
import { createErrorHandler, errorBody } from "./errors.js";
import { createMetrics } from "./metrics.js";
import { connectorRoutes } from "./routes/connectors.js";
import { consoleRoutes } from "./routes/console.js";
import { executeRoute } from "./routes/execute.js";
import { operationRoutes } from "./routes/operations.js";
import { pageRoutes } from "./routes/page.js";
import { sessionRoutes } from "./routes/session.js";
import { inSpace, spaceRoutes } from "./routes/space.js";
import { Counts } from "./security/counts.js";
import { guard } from "./security/guard.js";
import { secureHeaders } from "./security/headers.js";
import { webhookRoutes } from "./webhooks/routes.js";

/** @typedef {import("./context.js").Context} Context */

/** Longer than any path of ours; the framework's own default cuts connector ids at 100. */
const LONGEST_PARAM = 1000;

/**
 * @param {Context} context
 * @param {{ key: string, cert: string, passphrase?: string } | null} https
 */
export async function createApp(context, https) {
  const { settings, logger } = context;
  const maxPayload = settings["server.maxPayload"];
  const app = fastify({
    https,
    bodyLimit: maxPayload,
    forceCloseConnections: "idle",
    // A client that opens a connection and says nothing does not keep it.
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: LONGEST_PARAM, ignoreTrailingSlash: true },
    frameworkErrors: (_error, _request, /** @type {import("fastify").FastifyReply} */ reply) => {
      reply.status(400).send(errorBody(400, "Bad Request"));
    },
  });

  readJsonBodies(app);
  app.setErrorHandler(createErrorHandler({ logger: logger.get("http"), maxPayload }));
  logAccess(app, logger.get("http", "server"));
  await app.register(fastifyCookie);
  await secureHeaders(app, { publicUrl: settings["server.publicBaseUrl"] });
  guard(app, context);
  await app.register(fastifyRateLimit, {
    max: settings["server.requestsPerMinute"],
    timeWindow: 60_000,
    keyGenerator: callerOf,
    store: Counts,
    errorResponseBuilder: (_request, { after }) =>
      new HostError(429, `Too many requests. Try again in ${after}.`),
  });
  const metrics = createMetrics(app, context.host);

  app.setNotFoundHandler(async (_request, reply) => {
    // A file that is missing now may be there later.
    reply.header("cache-control", "no-store");
    return reply.code(404).send(errorBody(404, "Not Found"));
  });
  for (const routes of [connectorRoutes, executeRoute]) {
    await app.register(routes, context);
    await app.register(inSpace(routes), { ...context, prefix: "/s/:space" });
  }
  await app.register(spaceRoutes);
  await app.register(sessionRoutes, context);
  await app.register(consoleRoutes, context);
  await app.register(webhookRoutes, context);
  await app.register(operationRoutes, { ...context, metrics });
  await app.register(pageRoutes, { files: context.consoleFiles });
  return app;
}

/**
 * Who a request is counted for. Whoever has credentials is not held up by others who call from the
 * same address without.
 *
 * @param {import("fastify").FastifyRequest} request
 */
function callerOf({ who, ip }) {
  return who ? `credentials ${who.version}` : `address ${ip}`;
}

/**
 * One line a request. Not its query, nor its headers: there may be a secret in them.
 *
 * @param {import("fastify").FastifyInstance} app
 * @param {import("../js/types.js").Logger} logger
 */
function logAccess(app, logger) {
  app.addHook("onResponse", async (request, reply) => {
    const [path] = request.url.split("?");
    const took = `${reply.elapsedTime.toFixed(0)}ms`;
    logger.info(`${request.ip} ${request.method} ${path} ${reply.statusCode} ${took}`);
  });
}

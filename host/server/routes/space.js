// Kibana's space prefix, /s/<space>: this host has the default space alone.

import { HostError } from "../../js/errors.js";

/** @typedef {import("fastify").FastifyInstance} FastifyInstance */

/**
 * @template Context
 * @param {(app: FastifyInstance, context: Context) => Promise<void>} routes
 * @returns {(app: FastifyInstance, context: Context) => Promise<void>}
 */
export function inSpace(routes) {
  return async (app, context) => {
    app.addHook("preValidation", async ({ params }) => {
      const { space, id } = /** @type {{ space: string, id?: string }} */ (params);
      if (space === "default") return;
      const missing = id === undefined ? `space/${space}` : `action/${id}`;
      throw new HostError(404, `Saved object [${missing}] not found`);
    });
    await routes(app, context);
  };
}

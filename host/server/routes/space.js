// Kibana's spaces and their prefix, /s/<space>: this host has the default space alone.

import { HostError } from "../../js/errors.js";

/** @typedef {import("fastify").FastifyInstance} FastifyInstance */

const DEFAULT = { id: "default", name: "Default", disabledFeatures: [], _reserved: true };

/**
 * Clients ask whether a space is there before they use it.
 *
 * @param {FastifyInstance} app
 */
export async function spaceRoutes(app) {
  app.get("/api/spaces/space", async () => [DEFAULT]);

  app.get("/api/spaces/space/:id", async ({ params }) => {
    const { id } = /** @type {{ id: string }} */ (params);
    if (id !== DEFAULT.id) throw missing(`space/${id}`);
    return DEFAULT;
  });
}

/**
 * @template Context
 * @param {(app: FastifyInstance, context: Context) => Promise<void>} routes
 * @returns {(app: FastifyInstance, context: Context) => Promise<void>}
 */
export function inSpace(routes) {
  return async (app, context) => {
    app.addHook("preValidation", async ({ params }) => {
      const { space, id } = /** @type {{ space: string, id?: string }} */ (params);
      if (space !== DEFAULT.id) throw missing(id === undefined ? `space/${space}` : `action/${id}`);
    });
    await routes(app, context);
  };
}

/** @param {string} what */
function missing(what) {
  return new HostError(404, `Saved object [${what}] not found`);
}

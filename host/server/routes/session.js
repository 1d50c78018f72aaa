// Signing in and out on the page.

import { object, string } from "../schema.js";
import { SESSION_COOKIE, Unauthorized } from "../security/authentication.js";

const loginBody = object({ username: string, password: string });

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {import("../context.js").Context} context
 */
export async function sessionRoutes(app, { authentication, settings }) {
  const { credentials, sessions } = authentication;
  const secure =
    settings["server.ssl.enabled"] || settings["server.publicBaseUrl"]?.startsWith("https:");
  const cookie = /** @type {const} */ ({ path: "/", httpOnly: true, sameSite: "strict", secure });

  app.post(
    "/internal/security/login",
    // The queue of guesses bounds it; a count would let a stranger keep everybody from signing in.
    { config: { access: { open: true }, rateLimit: false } },
    async (request, reply) => {
      const { username, password } = loginBody(request.body, ["body"]);
      const who = await credentials.checkPassword(username, password);
      if (who === undefined) throw new Unauthorized("The user name or the password is wrong.");
      endSession(request);
      reply.setCookie(SESSION_COOKIE, sessions.begin(who), cookie);
      return { username: who.username };
    },
  );

  app.post(
    "/internal/security/logout",
    { config: { access: { open: true } } },
    async (request, reply) => {
      endSession(request);
      reply.clearCookie(SESSION_COOKIE, cookie);
      return reply.code(204).send();
    },
  );

  app.get("/internal/security/me", async ({ who }) => ({ username: who?.username }));

  /** @param {import("fastify").FastifyRequest} request */
  function endSession({ cookies }) {
    const id = cookies[SESSION_COOKIE];
    if (id !== undefined) sessions.end(id);
  }
}

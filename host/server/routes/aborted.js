// What a route does for a client that goes away is given up.

/**
 * @param {import("fastify").FastifyReply} reply
 * @returns {AbortSignal} aborted when the client goes away before it has its answer
 */
export function abortedWithClient({ raw: response }) {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

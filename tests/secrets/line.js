// A forward proxy between a host and an instance that speaks HTTP: it asks for credentials, and
// makes canaries of what is secret in what it passes on.

import { once } from "node:events";
import http from "node:http";

/** @import { Planted } from "./planted.js" */

/**
 * @param {Planted} planted
 * @param {string} credentials `user:password`, without which it refuses
 */
export async function startLine(planted, credentials) {
  const expected = `Basic ${Buffer.from(credentials).toString("base64")}`;
  let passed = 0;
  const server = http.createServer(async (request, response) => {
    const { "proxy-authorization": authorization, ...headers } = request.headers;
    const body = Buffer.concat(await request.toArray());
    if (authorization !== expected) {
      // As some do, it says what it was sent.
      response.writeHead(407, { "proxy-authenticate": "Basic" }).end(`no: ${authorization}`);
      return;
    }
    passed += 1;
    const { method, url = "" } = request;
    planted.note({ headers: { authorization: headers.authorization ?? "" }, body: String(body) });
    const onward = http.request(url, { method, headers }, async (answer) => {
      const { statusCode = 0, headers } = answer;
      try {
        const chunks = await answer.toArray();
        planted.noteTokens(String(Buffer.concat(chunks)));
        response.writeHead(statusCode, headers).end(Buffer.concat(chunks));
      } catch {
        response.destroy();
      }
    });
    onward.on("error", () => response.destroy());
    onward.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    host: `127.0.0.1:${port}`,
    /** How many requests were passed on. */
    passed: () => passed,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A bare HTTP server on a free port, for what no ServiceNow instance would answer. */
import { once } from "node:events";
import { createServer } from "node:http";
import https from "node:https";
import { certify } from "./certificate.js";

/**
 * @param {import("node:test").TestContext} test ends the server with it
 * @param {import("node:http").RequestListener} listener
 * @returns {Promise<string>} its URL
 */
export async function serve(test, listener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

/**
 * The same over TLS, with a certificate that nobody trusts.
 *
 * @param {import("node:test").TestContext} test ends the server with it
 * @param {import("node:http").RequestListener} listener
 * @param {string[]} [hosts] that its certificate is good for
 */
export async function serveTls(test, listener, hosts = ["127.0.0.1", "localhost"]) {
  const tls = await certify(hosts);
  const server = https.createServer(tls, listener);
  let connections = 0;
  server.on("secureConnection", () => {
    connections += 1;
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    ca: tls.cert,
    /** How many clients have finished a handshake. */
    connections: () => connections,
  };
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @returns {Promise<string>}
 */
export async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

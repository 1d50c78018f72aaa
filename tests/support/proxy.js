/** A forward proxy on a free port, which keeps what it was asked. */
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { connect } from "node:net";

/**
 * @typedef {object} ProxyOptions
 * @property {{ key: string, cert: string }} [tls] to be asked over TLS
 * @property {string} [credentials] `user:password`, without which it refuses
 * @property {number | "hang up"} [refusal] what it does instead of opening tunnels
 */

/**
 * @param {import("node:test").TestContext} test ends the proxy with it
 * @param {ProxyOptions} [options]
 */
export async function startProxy(test, { tls, credentials, refusal } = {}) {
  /** @type {{ method: string, target: string, headers: http.IncomingHttpHeaders }[]} */
  const requests = [];
  const sockets = new Set();
  let connections = 0;
  const server = tls ? https.createServer(tls) : http.createServer();
  server.on(tls ? "secureConnection" : "connection", () => {
    connections += 1;
  });
  server.on("connection", keep);
  server.on("tlsClientError", () => {});

  server.on("request", (request, response) => {
    if (!isWelcome(request)) {
      response.writeHead(407, { "proxy-authenticate": "Basic" }).end("no");
      return;
    }
    const { "proxy-authorization": _, ...headers } = request.headers;
    const { method, url = "" } = request;
    const forwarded = http.request(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.writeHead(502).end());
    request.pipe(forwarded);
  });

  server.on("connect", (request, socket, head) => {
    socket.on("error", () => {});
    const status = isWelcome(request) ? refusal : 407;
    if (status === "hang up") return socket.destroy();
    if (status) return socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connect(Number(port || 80), hostname.replace(/^\[(.*)\]$/, "$1"));
    keep(target);
    target.on("error", () => socket.destroy());
    target.once("connect", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.write(head);
      target.pipe(socket).pipe(target);
    });
  });

  /** @param {http.IncomingMessage} request */
  function isWelcome({ method = "", url = "", headers }) {
    requests.push({ method, target: url, headers });
    if (credentials === undefined) return true;
    const expected = `Basic ${Buffer.from(credentials).toString("base64")}`;
    return headers["proxy-authorization"] === expected;
  }

  /** @param {import("node:net").Socket} socket */
  function keep(socket) {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  }
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    hangUp();
    server.close();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    /** Without scheme and credentials. */
    host: `127.0.0.1:${port}`,
    port,
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    requests,
    /** How many connections it was reached by. */
    connections: () => connections,
    /** Breaks all connections. */
    hangUp,
  };
}

/** @file Serves one instance: reads what comes over the line, and enacts the answer. */

import { once } from "node:events";
import http from "node:http";
import https from "node:https";

import { send } from "./line.js";
import { isForPage, servePage } from "./page.js";

/** @import { IncomingMessage, Server, ServerResponse } from "node:http" */
/** @import { Server as SecureServer } from "node:https" */
/** @import { Socket } from "node:net" */
/** @import { Certificates } from "./certificate.js" */
/** @import { Simulated } from "./simulated.js" */

/** One byte more than an instance reads: enough for it to say so. */
const KEPT_BYTES = 10_485_760 + 1;
/** A client that sends more than this is cut off. */
const DRAINED_BYTES = 100 * 1024 * 1024;
/** Room for the longest queries that clients send. */
const MAX_HEADER_SIZE = 64 * 1024;

/**
 * @typedef {object} Address
 * @property {string} host
 * @property {number} port
 * @property {Certificates} [certificates] serve HTTPS with these
 */

/**
 * Starts to listen.
 *
 * @param {Simulated} simulated
 * @param {Address} address
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function listen(simulated, { host, port, certificates }) {
  const settings = { maxHeaderSize: MAX_HEADER_SIZE };
  const secure = certificates && https.createServer(settings);
  /** @type {Server} */
  const server = secure ?? http.createServer(settings);
  if (secure) showCertificates(secure, certificates, simulated);
  const wires = connectionsBelow(server);
  let url = "";
  server.on("request", (request, response) => {
    const wire = wires.get(request.socket.remotePort) ?? request.socket;
    serve(simulated, url, request, response, wire).catch((error) => fail(response, error));
  });
  server.listen(port, host);
  await once(server, "listening");
  url = urlOf(server, secure ? "https" : "http");
  return { url, close: () => close(server) };
}

/**
 * Shows each connection the certificate that the instance wants it to see.
 *
 * @param {SecureServer} server
 * @param {Certificates} certificates
 * @param {Simulated} simulated
 */
function showCertificates(server, certificates, simulated) {
  /** @type {keyof Certificates["shown"]} */
  let shown = "good";
  const show = () =>
    server.setSecureContext({ key: certificates.key, cert: certificates.shown[shown] });
  show();
  // Before the server's own listener, which starts the handshake.
  server.prependListener("connection", () => {
    const wanted = simulated.handshake();
    if (wanted === shown) return;
    shown = wanted;
    show();
  });
}

/**
 * The connections, without TLS around them: only these can be reset.
 *
 * @param {Server} server
 */
function connectionsBelow(server) {
  /** @type {Map<number | undefined, Socket>} */
  const wires = new Map();
  server.on("connection", (/** @type {Socket} */ wire) => {
    const port = wire.remotePort;
    wires.set(port, wire);
    wire.once("close", () => {
      if (wires.get(port) === wire) wires.delete(port);
    });
  });
  return wires;
}

/**
 * @param {Server} server
 * @param {string} scheme
 */
function urlOf(server, scheme) {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  // Whoever listens everywhere is reached here, too.
  const everywhere = ["0.0.0.0", "::"].includes(address.address);
  const host = everywhere ? "127.0.0.1" : address.address;
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

/** @param {Server} server */
async function close(server) {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

/**
 * @param {Simulated} simulated
 * @param {string} origin
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {Socket} wire
 */
async function serve(simulated, origin, request, response, wire) {
  if (isForPage(request)) {
    await servePage(simulated, request, response);
    return;
  }
  const { method = "", url: target = "" } = request;
  const received = await read(request);
  if (!received) return;
  const headers = pairs(request.rawHeaders);
  if (received.length >= KEPT_BYTES) {
    headers.unshift(["Content-Length", String(received.length)]);
  }
  const answer = simulated.handle(method, target, headers, received.body, origin);
  response.setHeader("Date", simulated.date());
  await send(answer, request, response, wire);
}

/**
 * Reads a body. Of one that is too large only the length is told truly; nothing comes of one that
 * never ended.
 *
 * @param {IncomingMessage} request
 */
async function read(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      length += chunk.length;
      if (length <= KEPT_BYTES) chunks.push(chunk);
      if (length > DRAINED_BYTES) {
        request.destroy();
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
  const body = length < KEPT_BYTES ? Buffer.concat(chunks) : Buffer.alloc(0);
  return { body, length };
}

/**
 * @param {string[]} rawHeaders
 * @returns {[string, string][]}
 */
function pairs(rawHeaders) {
  /** @type {[string, string][]} */
  const headers = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return headers;
}

/**
 * The simulator itself is at fault: say so, in a way that no instance does.
 *
 * @param {ServerResponse} response
 * @param {unknown} error
 */
function fail(response, error) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`The simulator failed: ${error instanceof Error ? error.message : String(error)}`);
}

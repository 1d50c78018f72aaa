/** @file What happens to an answer on its way to the client. */

import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { Socket } from "node:net" */
/** @import { Answer, Line } from "./types.js" */

const compressed = promisify(gzip);

/**
 * Sends an answer as its line says. An answer whose client has gone is not sent.
 *
 * @param {Answer} answer
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {Socket} wire the connection below HTTP and TLS
 */
export async function send(answer, request, response, wire) {
  const { line } = answer;
  if (line.delay > 0 && !(await waited(line.delay, response))) return;
  if (line.end === "never") return;
  if (line.end === "resetFirst") {
    wire.resetAndDestroy();
    return;
  }
  if (line.end === "garbage") {
    response.socket?.end("\x15\x03\x01 this is not HTTP\r\n\r\n");
    return;
  }
  const body = answer.body === "" ? undefined : await encoded(answer, request, response);
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name === "Date") response.setHeader(name, value);
    else response.appendHeader(name, value);
  }
  if (line.end === "whole") {
    whole(body, request, response);
  } else {
    await cut(body ?? Buffer.alloc(0), line, response, wire);
  }
}

/**
 * Waits, and says whether the client did, too.
 *
 * @param {number} milliseconds
 * @param {ServerResponse} response
 */
async function waited(milliseconds, response) {
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once("close", leave);
  try {
    await setTimeout(milliseconds, undefined, { signal: gone.signal });
    return !response.destroyed;
  } catch {
    return false;
  } finally {
    response.off("close", leave);
  }
}

/**
 * The body as it goes over the line.
 *
 * @param {Answer} answer
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @returns {Promise<string | Buffer>}
 */
async function encoded({ body, line }, request, response) {
  const text = line.padding > 0 ? Buffer.concat([Buffer.from(body), blanks(line.padding)]) : body;
  if (line.coding === "negotiated" && !acceptsGzip(request)) return text;
  response.setHeader("Content-Encoding", "gzip");
  return line.coding === "broken" ? text : compressed(text);
}

/** @param {number} length */
function blanks(length) {
  return Buffer.alloc(length, " ");
}

/**
 * @param {string | Buffer | undefined} body
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
function whole(body, request, response) {
  if (body === undefined) {
    response.end();
    return;
  }
  // An instance does not say how long its answers are.
  if (request.httpVersionMinor > 0) response.setHeader("Transfer-Encoding", "chunked");
  response.end(body);
}

/**
 * Ends the connection amid the body: part of it is there, its end is not.
 *
 * @param {string | Buffer} body
 * @param {Line} line
 * @param {ServerResponse} response
 * @param {Socket} wire
 */
async function cut(body, line, response, wire) {
  const bytes = Buffer.from(body);
  const part = bytes.subarray(0, line.after ?? bytes.length >> 1);
  response.flushHeaders();
  if (part.length > 0) {
    await new Promise((resolve) => response.write(part, () => resolve(undefined)));
  }
  if (line.end === "reset") wire.resetAndDestroy();
  else response.socket?.destroySoon();
}

/** @param {IncomingMessage} request */
function acceptsGzip(request) {
  return String(request.headers["accept-encoding"] ?? "")
    .split(",")
    .some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)|$)/i.test(coding));
}

/** Plain HTTP through a proxy: it is asked for the whole URL (RFC 9112 3.2.2). */
import { pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { refusedBy } from "./tunnel.js";

/**
 * @import { Dispatcher } from "undici"
 * @import { FetchInit } from "../types.js"
 * @import { Proxy } from "./proxy.js"
 */

/** @type {Record<string, () => import("node:stream").Transform>} */
const DECODERS = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Answers that have no body, and to which none may be given. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * @param {Dispatcher} forwarder
 * @param {Proxy} proxy
 * @param {string} url
 * @param {FetchInit} init
 * @returns {Promise<Response>}
 */
export async function forward(forwarder, proxy, url, init) {
  const { origin, pathname, search, host } = new URL(url);
  /** @type {any} */
  const options = {
    method: init.method,
    path: `${origin}${pathname}${search}`,
    // What the target is told wins over what the proxy is.
    headers: {
      ...proxy.headers,
      ...Object.fromEntries(new Headers(init.headers)),
      host,
    },
    body: init.body,
    signal: init.signal,
    // A certificate's name is the proxy's; else it were the one of the header `host`.
    servername: new URL(proxy.origin).hostname,
  };
  const { statusCode, headers, body } = await forwarder.request(options);
  if (statusCode === 407) {
    await body.dump();
    throw refusedBy(proxy, statusCode);
  }
  /** @type {any} */
  const stream = WITHOUT_BODY.includes(statusCode) ? null : Readable.toWeb(decoded(body, headers));
  if (!stream) await body.dump();
  return new Response(stream, { status: statusCode, headers: pairs(headers) });
}

/**
 * A body as it was before it was compressed. Nobody has asked for that, and still it is done.
 *
 * @param {Readable} body
 * @param {Record<string, string | string[] | undefined>} headers
 * @returns {Readable}
 */
function decoded(body, headers) {
  const decoder = DECODERS[String(headers["content-encoding"] ?? "").toLowerCase()]?.();
  // What goes wrong with either of the two ends both.
  return decoder ? pipeline(body, decoder, () => {}) : body;
}

/**
 * @param {Record<string, string | string[] | undefined>} headers
 * @returns {[string, string][]}
 */
function pairs(headers) {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => /** @type {[string, string]} */ ([name, value])),
  );
}

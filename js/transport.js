/**
 * HTTP over the host's `fetch`: how large an answer may be, its allow-list, its redirects, and the
 * words that users know for what goes wrong (kibana-host.md 6.5).
 */

import { attempt } from "./attempt.js";
import { messageOf } from "./thrown.js";
import { inUsersWords, TransportError } from "./transport_error.js";

/**
 * @import { HostRequest, HostResponse } from "../pkg/connector_bg.js"
 * @import { Limits } from "./limits.js"
 * @import { FetchAnswer, FetchLike } from "./types.js"
 */

/**
 * @typedef {(request: HostRequest) => Promise<HostResponse>} Send
 */

/**
 * @typedef {object} TransportSettings
 * @property {FetchLike} fetch
 * @property {number} maxContentLength bytes of an answer's body
 * @property {(url: string) => void} [ensureUriAllowed] throws for a URL that must not be asked
 * @property {(hostname: string) => void} [ensureHostnameAllowed] ... for a redirect's host; without it
 *   only the instance's is allowed
 * @property {(body: string) => unknown} [countRequestBody] hears of each request but those for tokens
 */

const MAX_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];
/** What Kibana's client calls a redirect that the allow-list refuses ... */
const NOT_ALLOWED = "ERR_FR_REDIRECTION_FAILURE";
/** ... and what this one refuses itself. */
const REFUSED = "ERR_REDIRECT_REFUSED";
const REDIRECTED = "Redirected request failed: ";

/**
 * @param {TransportSettings} settings
 * @param {Limits} limits
 * @returns {Send}
 */
export function createTransport(settings, limits) {
  return async (request) => {
    if (!request.isTokenRequest) attempt(() => settings.countRequestBody?.(request.body ?? ""));
    const over = limits.exceeded();
    if (over) throw over;
    try {
      return await limits.within((signal) => follow(request, settings, signal));
    } catch (error) {
      throw inUsersWords(error);
    }
  };
}

/**
 * @param {HostRequest} request
 * @param {TransportSettings} settings
 * @param {AbortSignal} signal
 * @returns {Promise<HostResponse>}
 */
async function follow(request, settings, signal) {
  const { fetch, ensureHostnameAllowed } = settings;
  let { method, url, headers, body } = request;
  // Deno unpacks no answer to who says what may come.
  if ("Deno" in globalThis) headers = without(headers, "accept-encoding");
  let isWithoutCredentials = false;
  /** @type {string[]} */
  const redirecting = [];
  allow(() => settings.ensureUriAllowed?.(url), "ERR_NOT_ALLOWED", "");
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    /** @type {FetchAnswer & { type?: string }} */
    const response = await fetch(url, {
      method,
      headers,
      ...(body != null && { body }),
      redirect: "manual",
      signal,
    });
    if (response.type === "opaqueredirect") {
      // A browser does not tell where to.
      throw redirectRefused("the instance redirects to another place");
    }
    const { status, headers: told } = response;
    const location = told.get("location");
    if (!REDIRECTS.includes(status) || !location) {
      if (status === 401 && isWithoutCredentials) {
        // It has not seen the credentials, and says nothing about them.
        await streamOf(response)?.cancel();
        throw noCredentialsFor(url);
      }
      const body = await readBody(response, settings.maxContentLength, signal);
      await connectionToBeFree();
      return { status, headers: told, body };
    }
    await streamOf(response)?.cancel();
    await connectionToBeFree();
    const here = new URL(url);
    if (!URL.canParse(location, url)) throw redirectRefused("it names no address");
    const next = new URL(location, url);
    // Nobody's here: `fetch` would refuse them, and quote them.
    next.username = "";
    next.password = "";
    if (next.protocol !== "https:" && next.protocol !== here.protocol) {
      throw redirectRefused(`it would go on over ${next.protocol}`);
    }
    if (ensureHostnameAllowed) {
      allow(() => ensureHostnameAllowed(next.hostname), NOT_ALLOWED, REDIRECTED);
    } else if (next.hostname !== here.hostname) {
      throw redirectRefused(`${next.hostname} is not the instance`);
    }
    if (next.origin !== here.origin) {
      if (request.isTokenRequest) throw noCredentialsFor(next);
      headers = without(headers, "authorization");
      isWithoutCredentials = true;
    }
    if (status === 303 || (status < 303 && method === "POST")) {
      method = "GET";
      headers = without(headers, "content-type");
      body = null;
    }
    redirecting.push(here.href);
    url = next.href;
    // A write that goes in a circle may be carried out each time.
    if (method !== "GET" && redirecting.includes(url)) break;
  }
  throw new TransportError("ERR_FR_TOO_MANY_REDIRECTS", "Maximum number of redirects exceeded");
}

/**
 * As they are now: in tests, clocks are put in their place that stand still.
 *
 * @type {(resolve: () => void) => void}
 */
const nextTurn = globalThis.setImmediate ?? queueMicrotask;

/**
 * In Node the connection of an answer is free again one turn of the event loop after the answer's
 * end. A request before that would open another one.
 *
 * @returns {Promise<void>}
 */
function connectionToBeFree() {
  return new Promise(nextTurn);
}

/** @param {string | URL} url of another origin than the instance's */
function noCredentialsFor(url) {
  return redirectRefused(`no credentials for ${new URL(url).origin}`);
}

/**
 * @param {Record<string, string>} headers
 * @param {string} name
 */
function without(headers, name) {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}

/**
 * A redirect that nobody is to follow.
 *
 * @param {string} why
 */
function redirectRefused(why) {
  return new TransportError(REFUSED, `${REDIRECTED}${why}`);
}

/**
 * @param {() => void} ensure throws where something is not allowed
 * @param {string} code
 * @param {string} prefix
 */
function allow(ensure, code, prefix) {
  try {
    ensure();
  } catch (error) {
    throw new TransportError(code, prefix + messageOf(error));
  }
}

/**
 * Reads a body up to the limit: a larger one is cut off, not read whole.
 *
 * @param {FetchAnswer} response
 * @param {number} limit bytes; none where it is negative, as for the clients that hosts have
 * @param {AbortSignal} signal
 */
async function readBody(response, limit, signal) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  const reader = streamOf(response)?.getReader();
  const cancel = () => reader?.cancel().catch(() => {});
  signal.addEventListener("abort", cancel);
  try {
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (limit >= 0 && size > limit) {
        await cancel();
        const message = `maxContentLength size of ${limit} exceeded`;
        throw new TransportError("ERR_BAD_RESPONSE", message);
      }
      chunks.push(value);
    }
    return textOf(chunks, size);
  } finally {
    // undici keeps the signal as long as the request: by this one it would keep the request, too.
    signal.removeEventListener("abort", cancel);
  }
}

/** One for all bodies: to make one takes longer than to read an answer. */
const decoder = new TextDecoder();

/**
 * @param {Uint8Array[]} chunks
 * @param {number} size bytes of all of them
 */
function textOf(chunks, size) {
  if (chunks.length === 1) return decoder.decode(chunks[0]);
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.byteLength;
  }
  return decoder.decode(bytes);
}

/**
 * A body as a stream of the web's: some of Node's clients give their own kind, of which Node's
 * `Response` makes one.
 *
 * @param {FetchAnswer} response
 * @returns {ReadableStream<Uint8Array> | null | undefined}
 */
function streamOf({ body }) {
  const given = /** @type {any} */ (body);
  return given && !given.getReader ? new Response(given).body : given;
}

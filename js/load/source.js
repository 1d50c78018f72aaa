/** A module of whatever a user has: where it is, what was fetched, its bytes, or the module itself. */

/** @import { ModuleSource } from "../api.js" */

/** How every module begins: `\0asm`. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/**
 * @param {ModuleSource} source
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(source) {
  /** @type {any} */
  const given = await source;
  if (ArrayBuffer.isView(given)) return WebAssembly.compile(/** @type {BufferSource} */ (given));
  // By their names: test runners and frames have classes of their own.
  switch (Object.prototype.toString.call(given)) {
    case "[object WebAssembly.Module]":
      return given;
    case "[object String]":
    case "[object URL]":
      return fetchModule(String(given));
    case "[object Response]":
      return naming(given.url ? placeOf(given.url) : "the response", () => compileResponse(given));
    case "[object ArrayBuffer]":
      return WebAssembly.compile(given);
    default:
      throw new TypeError("init takes a URL, bytes, a Response or a WebAssembly.Module");
  }
}

/**
 * Does something with the module that is at a place, which is named when it fails.
 *
 * @template T
 * @param {string} place
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function naming(place, work) {
  try {
    return await work();
  } catch (cause) {
    throw new Error(place, { cause });
  }
}

/** @param {string} url */
async function fetchModule(url) {
  const place = placeOf(url);
  // What `fetch` says of either would quote the whole.
  if (!place) throw new TypeError("init was given a text that is no URL");
  const { username, password } = new URL(url, globalThis.location?.href);
  if (username || password) throw new TypeError(`${place}: a URL to load from has no credentials`);
  return naming(place, async () => compileResponse(await fetch(url)));
}

/**
 * While it arrives, where the server says that it is a module: engines insist on that.
 *
 * @param {Response} response
 */
async function compileResponse(response) {
  if (!response.ok) throw new Error(`the answer has the status ${response.status}`);
  const type = response.headers.get("content-type") ?? "";
  const canStream = response instanceof Response && "compileStreaming" in WebAssembly;
  if (canStream && /^application\/wasm\s*$/i.test(type)) {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) {
    throw new Error(`the answer (${type || "no type"}) is no module`);
  }
  return WebAssembly.compile(bytes);
}

/**
 * An address without what may be secret in it: credentials and a query.
 *
 * @param {string} url
 * @returns {string} empty where it is none
 */
function placeOf(url) {
  const base = globalThis.location?.href;
  if (!URL.canParse(url, base)) return "";
  const { protocol, host, pathname } = new URL(url, base);
  return /^(https?|file):/.test(protocol) ? `${protocol}//${host}${pathname}` : protocol;
}

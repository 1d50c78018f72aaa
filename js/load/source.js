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
  if (ArrayBuffer.isView(given)) return compileBytes(/** @type {BufferSource} */ (given));
  // By their names: test runners and frames have classes of their own.
  switch (Object.prototype.toString.call(given)) {
    case "[object WebAssembly.Module]":
      return given;
    case "[object String]":
    case "[object URL]":
      return compileResponse(await fetch(given));
    case "[object Response]":
      return compileResponse(given);
    case "[object ArrayBuffer]":
      return compileBytes(given);
    default:
      throw new TypeError("init takes a URL, bytes, a Response or a WebAssembly.Module");
  }
}

/**
 * While it arrives, where the server says that it is a module: engines insist on that.
 *
 * @param {Response} response
 */
async function compileResponse(response) {
  if (!response.ok) throw new Error(`${placeOf(response)} answers with status ${response.status}`);
  const type = response.headers.get("content-type") ?? "";
  const canStream = response instanceof Response && "compileStreaming" in WebAssembly;
  if (canStream && /^application\/wasm\s*$/i.test(type)) {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) {
    throw new Error(`what ${placeOf(response)} answers with (${type || "no type"}) is no module`);
  }
  return compileBytes(bytes);
}

/** @param {BufferSource} bytes */
async function compileBytes(bytes) {
  return WebAssembly.compile(bytes);
}

/**
 * The address without its query, which may hold a secret.
 *
 * @param {Response} response
 */
function placeOf({ url }) {
  if (!URL.canParse(url)) return "the response";
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

// One request to the host. Where the session has ended it waits for the login and asks again, so that
// nothing a user began is lost.

/** What the host answered instead of what was asked for, or that it did not answer. */
export class ApiError extends Error {
  /**
   * @param {number} statusCode 0 where there was no answer
   * @param {string} message
   */
  constructor(statusCode, message) {
    super(message);
    this.name = "ApiError";
    this.statusCode = statusCode;
  }
}

/** @type {() => Promise<void>} */
let login = () => Promise.reject(new ApiError(401, "Log in first."));

/**
 * Says what to do when the host wants a login.
 * @param {() => Promise<void>} ask resolves after the login
 */
export function onLoginNeeded(ask) {
  login = ask;
}

/**
 * @typedef {object} RequestOptions
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string | number | undefined>} [query]
 * @property {AbortSignal} [signal]
 */

/**
 * Asks as the logged-in user.
 *
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<any>}
 */
export async function request(method, path, options = {}) {
  try {
    return await requestOnce(method, path, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.statusCode !== 401) throw error;
    await login();
    options.signal?.throwIfAborted();
    return requestOnce(method, path, options);
  }
}

/**
 * Asks without caring for a login.
 *
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<any>}
 */
export async function requestOnce(method, path, { body, query = {}, signal } = {}) {
  const parameters = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(parameters.map(([name, value]) => [name, String(value)]));
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json", "kbn-xsrf": "console" };
  if (body !== undefined) headers["content-type"] = "application/json";
  /** @type {Response} */
  let response;
  try {
    response = await fetch(search.size > 0 ? `${path}?${search}` : path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "The host does not answer. Check that it runs, then try again.");
  }
  if (!response.ok) throw await errorOf(response);
  return response.status === 204 ? undefined : response.json();
}

/** @param {Response} response */
async function errorOf(response) {
  const body = await response.json().catch(() => undefined);
  const message = typeof body?.message === "string" ? body.message : response.statusText;
  return new ApiError(response.status, message || `The host answered ${response.status}.`);
}

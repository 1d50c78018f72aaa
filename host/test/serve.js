// A server on a free port with a data folder of its own, and a client for it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createServer } from "servicenow-itsm-host/server";
import { fakeType } from "./fake_type.js";

/** @typedef {import("servicenow-itsm-host").ConnectorType} ConnectorType */

/**
 * @typedef {object} Call
 * @property {unknown} [body] sent as JSON; a string as it is
 * @property {Record<string, string>} [headers]
 * @property {"key" | "none"} [auth] the API key when left out
 */

export const LOGIN = "/internal/security/login";
export const ME = "/internal/security/me";

/** What a connector of the fake type is created from. */
export const DRAFT = {
  name: "One",
  connector_type_id: ".fake",
  config: { apiUrl: "https://sn.example.com" },
  secrets: { password: "hunter2" },
};

/**
 * A folder that is gone after the test. What uses it until then is ended first: the hooks of a test
 * run in the order in which they were added.
 *
 * @param {import("node:test").TestContext} t
 */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "host-"));
  /** @type {(() => Promise<unknown>)[]} */
  const users = [];
  t.after(async () => {
    for (const end of users.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    /** @param {() => Promise<unknown>} end */
    endFirst: (end) => users.push(end),
  };
}

/**
 * @param {import("node:test").TestContext} t
 * @param {import("servicenow-itsm-host/server").ServerOptions & { type?: Partial<ConnectorType> }}
 *   [options]
 */
export async function serve(t, { type, settings, ...options } = {}) {
  const { folder, endFirst } = temporaryFolder(t);
  const server = await createServer({
    connectorType: fakeType(type),
    settings: { "server.port": 0, "path.data": folder, ...settings },
    ...options,
  });
  endFirst(() => server.close());
  const { credentials } = server;
  if (credentials === undefined) throw new Error("this is no first start");

  /**
   * @param {string} method
   * @param {string} path
   * @param {Call} [call]
   */
  const call = async (method, path, { body, headers, auth = "key" } = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        "kbn-xsrf": "true",
        ...(auth === "key" && { authorization: `ApiKey ${credentials.apiKey}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body: typeof body === "string" || body === undefined ? body : JSON.stringify(body),
      redirect: "manual",
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  };

  return { ...server, credentials, folder, call };
}

/** @typedef {Awaited<ReturnType<typeof serve>>} Served */

/**
 * @param {Served} served
 * @param {Record<string, string>} [headers]
 * @returns {Promise<string>} the session's cookie, as a browser sends it back
 */
export async function signIn({ call, credentials }, headers) {
  const { username, password } = credentials;
  const answer = await call("POST", LOGIN, { body: { username, password }, auth: "none", headers });
  assert.deepEqual([answer.status, answer.body], [200, { username }]);
  return cookieOf(answer);
}

/** @param {{ headers: Headers }} answer */
function cookieOf({ headers }) {
  const [cookie = ""] = headers.getSetCookie();
  return String(cookie.split(";")[0]);
}

/**
 * @param {string} username
 * @param {string} password
 */
export function basic(username, password) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

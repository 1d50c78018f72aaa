// An instance, a proxy or an HTTP client that repeats what it was sent.

import { connect } from "./flows.js";

/** @import { Stage } from "./flows.js" */

/** @typedef {{ url: string, headers: Record<string, string>, body: string }} Sent */

/** How an answer repeats what was sent. @type {Record<string, (sent: Sent) => string>} */
const REPETITIONS = {
  "as JSON": (sent) => JSON.stringify({ error: { message: "no", detail: sent } }),
  "as a text of JSON": ({ headers, body }) =>
    JSON.stringify({
      error: `${headers.authorization} ${body}`,
      error_description: [
        body,
        decoded(headers.authorization),
        ...new URLSearchParams(body),
      ].join(),
    }),
  "as the credentials themselves": ({ headers, body }) =>
    JSON.stringify({
      error: { message: decoded(headers.authorization), detail: Object.fromEntries(formOf(body)) },
    }),
  "as it was sent": ({ url, headers, body }) => `${url}\n${headers.authorization}\n\n${body}`,
  "as a page": ({ headers, body }) =>
    `<html><title>Error</title><body>${escaped(`${headers.authorization} ${decoded(headers.authorization)} ${body} ${[...formOf(body)]}`)}</body></html>`,
  "as a result": (sent) => JSON.stringify({ result: [{ status: "error", error_message: sent }] }),
};

const STATUSES = [200, 201, 302, 400, 401, 403, 404, 407, 429, 500, 503];

/**
 * Answers of every status, each repeating everything.
 *
 * @param {Stage} stage
 */
export async function repeatEverything(stage) {
  const { planted, traces, dropped } = stage;
  const { basic, "encrypted key": oauth } = planted.signIns;
  for (const [how, repeat] of Object.entries(REPETITIONS)) {
    for (const status of STATUSES) {
      for (const [signIn, credentials] of Object.entries({ basic, oauth })) {
        const place = `an answer ${status} that repeats ${how}, ${signIn}`;
        const fetch = repeating(stage, status, repeat);
        const connector = connect({ ...stage, fetch }, credentials);
        for (const act of [
          () => connector.pushToService({ incident: { short_description: "a" } }),
          () => connector.closeIncident({ incident: { correlation_id: "a" } }),
          () => connector.checkHealth(),
        ]) {
          // What an instance says in an incident is the user's own: errors and logs are not.
          const error = await failureOf(act);
          traces.add(place, error);
        }
        connector.dispose();
        dropped(place);
      }
    }
  }
}

/**
 * An HTTP client whose errors repeat everything.
 *
 * @param {Stage} stage
 */
export async function failLoudly(stage) {
  const { planted, traces, dropped } = stage;
  const { basic, "encrypted key": oauth } = planted.signIns;
  for (const code of ["ECONNREFUSED", "ERR_INVALID_CHAR", "UND_ERR_CONNECT_TIMEOUT", undefined]) {
    for (const [signIn, credentials] of Object.entries({ basic, oauth })) {
      for (const [how, repeat] of Object.entries(REPETITIONS)) {
        const fetch = async (/** @type {unknown} */ url, /** @type {RequestInit} */ init) => {
          stage.planted.note(init);
          const text = repeat(sentBy(url, init));
          const cause = Object.assign(new Error(text), { code, request: init });
          throw Object.assign(new TypeError(`fetch failed: ${text}`, { cause }), { init });
        };
        const connector = connect({ ...stage, fetch }, credentials);
        const place = `an HTTP client that fails with ${code}, repeating ${how}, ${signIn}`;
        traces.add(place, await failureOf(() => connector.getFields()));
        connector.dispose();
        dropped(place);
      }
    }
  }
}

/**
 * @param {Stage} stage
 * @param {number} status
 * @param {(sent: Sent) => string} repeat
 */
function repeating(stage, status, repeat) {
  return async (/** @type {unknown} */ url, /** @type {RequestInit} */ init) => {
    const isToken = String(url).includes("oauth_token");
    stage.planted.note(init);
    const said = repeat(sentBy(url, init));
    // Half of the actions get as far as to have a token.
    if (isToken && status % 2 === 1) return stage.planted.fetch(String(url), init);
    const headers = { "content-type": "application/json", location: `/login?said=${said.length}` };
    return new Response(said, { status, headers });
  };
}

/** @param {unknown} url @param {RequestInit} init @returns {Sent} */
function sentBy(url, init) {
  const headers = Object.fromEntries(new Headers(init.headers));
  return { url: String(url), headers, body: String(init.body ?? "") };
}

/** @param {string | undefined} authorization */
function decoded(authorization) {
  const [scheme, credentials = ""] = authorization?.split(" ") ?? [];
  return scheme === "Basic" ? Buffer.from(credentials, "base64").toString() : credentials;
}

/** @param {string} body */
const formOf = (body) => new URLSearchParams(body.startsWith("{") ? "" : body);

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** @param {() => Promise<unknown>} act */
async function failureOf(act) {
  try {
    await act();
    return "nothing went wrong";
  } catch (error) {
    return error;
  }
}

import assert from "node:assert/strict";
import { getEventListeners, once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import { BASIC, createConfigurationUtilities, run } from "./support/host.js";
import { bodyOf, serve } from "./support/server.js";
import { oauth, simulate } from "./support/simulated.js";

const CHOICES = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };
const ANSWER = JSON.stringify({ result: [{ label: "1 - High", value: "1" }] });

/**
 * @param {string} apiUrl
 * @param {object} [options]
 */
function getChoices(apiUrl, options) {
  const { config, secrets } = BASIC;
  return run(getConnectorType(), {
    config: { ...config, apiUrl },
    secrets,
    params: CHOICES,
    ...options,
  });
}

const failure = (/** @type {string} */ error, /** @type {string} */ status) =>
  `[Action][ServiceNow]: Unable to get choices. Error: ${error} [status=${status}] [method=get] [endpoint=table]`;

test("an answer arrives", async (t) => {
  const url = await serve(t, (_request, response) => response.end(ANSWER));
  const { status, data } = await getChoices(url);
  assert.deepEqual({ status, data }, { status: "ok", data: JSON.parse(ANSWER).result });
});

test("an answer that comes byte by byte is the same answer", async () => {
  const choice = { label: "1 - Größte 🔥", value: "1" };
  const bytes = new TextEncoder().encode(JSON.stringify({ result: [choice] }));
  const body = () =>
    new ReadableStream({
      start(line) {
        for (const byte of bytes) line.enqueue(Uint8Array.of(byte));
        line.close();
      },
    });
  const { config, secrets } = BASIC;
  const { data } = await run(getConnectorType({ fetch: async () => new Response(body()) }), {
    config: { ...config, apiUrl: "https://dev1.service-now.com" },
    secrets,
    params: CHOICES,
  });
  assert.deepEqual(data, [choice]);
});

test("an answer that takes too long ends the action in the host's words", async (t) => {
  const url = await serve(t, (_request, response) => response.write("{"));
  const result = await getChoices(url, {
    configurationUtilities: createConfigurationUtilities(["*"], { timeout: 50 }),
  });
  assert.equal(result.serviceMessage, failure("timeout of 50ms exceeded", "ECONNABORTED"));
  assert.equal(result.retry, true);
});

test("a request leaves nothing behind that listens, however its answer ends", async () => {
  /** @type {(AbortSignal | null | undefined)[]} */
  const signals = [];
  const bodies = [
    () => new Response(ANSWER),
    () => new Response(" ".repeat(2_000)),
    () => new Response(new ReadableStream({ pull: (line) => line.error(new Error("reset")) })),
  ];
  for (const body of bodies) {
    /** @type {typeof globalThis.fetch} */
    const fetch = async (_url, init) => {
      signals.push(init?.signal);
      return body();
    };
    const { config, secrets } = BASIC;
    await run(getConnectorType({ fetch }), {
      config: { ...config, apiUrl: "https://dev1.service-now.com" },
      secrets,
      params: CHOICES,
      configurationUtilities: createConfigurationUtilities(["*"], { maxContentLength: 1000 }),
    });
  }
  assert.deepEqual(
    signals.map((signal) => getEventListeners(/** @type {AbortSignal} */ (signal), "abort").length),
    [0, 0, 0],
  );
});

test("an answer that is too large is cut off, not read whole", async (t) => {
  let sent = 0;
  const url = await serve(t, (_request, response) => {
    const chunk = Buffer.alloc(65_536, " ");
    const write = () => {
      while (!response.destroyed && sent < 1e9) {
        sent += chunk.length;
        if (!response.write(chunk)) return response.once("drain", write);
      }
    };
    write();
  });
  const result = await getChoices(url, {
    configurationUtilities: createConfigurationUtilities(["*"], { maxContentLength: 1000 }),
  });
  assert.equal(
    result.serviceMessage,
    failure("maxContentLength size of 1000 exceeded", "ERR_BAD_RESPONSE"),
  );
  assert.equal(result.errorSource, "user");
  assert.ok(sent < 1e8, `${sent} bytes were sent`);
});

test("an action that its host ends sends nothing more", async (t) => {
  const ending = new AbortController();
  const url = await serve(t, () => ending.abort());
  const result = await getChoices(url, { signal: ending.signal });
  assert.equal(result.serviceMessage, failure("canceled", "ERR_CANCELED"));
  const again = await getChoices(url, { signal: ending.signal });
  assert.equal(again.serviceMessage, failure("canceled", "ERR_CANCELED"));
});

test("an instance that is not there is named, and the action can be repeated", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  const result = await getChoices(`http://127.0.0.1:${port}`);
  assert.equal(
    result.serviceMessage,
    failure(`connect ECONNREFUSED 127.0.0.1:${port}`, "ECONNREFUSED"),
  );
  assert.equal(result.retry, true);
});

test("a port that fetch blocks is told as one that was not asked", async () => {
  const { secrets } = BASIC;
  const result = await run(getConnectorType(), {
    config: { apiUrl: "http://127.0.0.1:6000", usesTableApi: true },
    secrets,
    params: {
      subAction: "pushToService",
      subActionParams: { incident: { short_description: "a", correlation_id: "b" } },
    },
  });
  assert.match(
    String(result.serviceMessage),
    /Error: fetch blocks the port of the URL \[status=ERR_UNSAFE_PORT\]/,
  );
  assert.deepEqual([result.errorName, result.retry], ["bad_url", false]);
  assert.match(String(result.errorMeta?.remedy), /another port/);
});

test("a host that is not allowed is not asked", async (t) => {
  let asked = 0;
  const url = await serve(t, (_request, response) => {
    asked += 1;
    response.end(ANSWER);
  });
  const text = `target url "${url}" is not added to the Kibana config xpack.actions.allowedHosts`;
  const configurationUtilities = createConfigurationUtilities(["dev1.service-now.com"]);
  await assert.rejects(getChoices(url, { configurationUtilities }), {
    message: `error configuring connector action: ${text}`,
  });
  assert.equal(asked, 0);
});

test("a redirect within the instance is followed with the credentials", async (t) => {
  const url = await serve(t, (request, response) => {
    if (request.url?.startsWith("/moved")) {
      assert.ok(request.headers.authorization);
      response.end(ANSWER);
    } else {
      response.writeHead(307, { location: "/moved" }).end();
    }
  });
  assert.equal((await getChoices(url)).status, "ok");
});

test("a redirect to another origin never takes the credentials along", async (t) => {
  /** @type {(string | undefined)[]} */
  const authorizations = [];
  const other = await serve(t, (request, response) => {
    authorizations.push(request.headers.authorization);
    response.end(ANSWER);
  });
  const url = await serve(t, (_request, response) =>
    response.writeHead(302, { location: other }).end(),
  );
  assert.equal((await getChoices(url)).status, "ok");
  assert.deepEqual(authorizations, [undefined]);
});

test("a place that wants credentials after a redirect to it is told for what it is", async (t) => {
  /** @type {string[]} */
  const asked = [];
  const other = await serve(t, (request, response) => {
    asked.push(`${request.method} ${request.headers.authorization}`);
    response.writeHead(401).end(JSON.stringify({ error: { message: "User Not Authenticated" } }));
  });
  const url = await serve(t, (_request, response) =>
    response.writeHead(307, { location: other }).end(),
  );
  const result = await getChoices(url);
  const text = `Redirected request failed: no credentials for ${other}`;
  assert.equal(result.serviceMessage, failure(text, "ERR_REDIRECT_REFUSED"));
  assert.deepEqual([result.errorName, result.retry], ["redirected", false]);
  assert.match(
    String(result.errorMeta?.remedy),
    /Enter the address that the instance redirects to/,
  );
  const params = {
    subAction: "pushToService",
    subActionParams: { incident: { short_description: "a", correlation_id: null } },
  };
  const written = await getChoices(url, { params });
  assert.equal(written.errorName, "redirected");
  assert.doesNotMatch(String(written.errorMeta?.remedy), /may have been written/);
  assert.deepEqual(asked, ["GET undefined", "POST undefined"]);
});

test("a token is kept that a redirect has kept from the place that wants one", async () => {
  let tokens = 0;
  /** @type {any} */
  const fetch = async (/** @type {string} */ url) => {
    if (url.endsWith("/oauth_token.do")) {
      tokens += 1;
      return new Response('{"access_token":"t"}');
    }
    if (url.startsWith("https://elsewhere")) return new Response("{}", { status: 401 });
    return new Response(null, { status: 301, headers: { location: "https://elsewhere.test/" } });
  };
  const type = getConnectorType({ fetch });
  const action = { ...oauth("https://dev2.service-now.com"), params: CHOICES };
  for (const _time of [1, 2]) assert.equal((await run(type, action)).errorName, "redirected");
  assert.equal(tokens, 1);
});

test("a redirect to a host that is not allowed is not followed", async (t) => {
  let asked = 0;
  const other = new URL(
    await serve(t, (_request, response) => {
      asked += 1;
      response.end(ANSWER);
    }),
  );
  other.hostname = "localhost";
  const url = await serve(t, (_request, response) =>
    response.writeHead(302, { location: other.href }).end(),
  );
  const result = await getChoices(url, {
    configurationUtilities: createConfigurationUtilities(["127.0.0.1"]),
  });
  const text =
    'Redirected request failed: target hostname "localhost" is not added to the Kibana config xpack.actions.allowedHosts';
  assert.equal(result.serviceMessage, failure(text, "ERR_FR_REDIRECTION_FAILURE"));
  assert.equal(asked, 0);
});

test("a user and a password in a redirect's URL are nobody's", async (t) => {
  const url = await serve(t, (request, response) => {
    if (request.url === "/moved") return response.end(ANSWER);
    const location = `http://bea:s3cr3t@${request.headers.host}/moved`;
    response.writeHead(307, { location }).end();
  });
  assert.equal((await getChoices(url)).status, "ok");
});

test("a redirect that goes on for ever ends", async (t) => {
  let asked = 0;
  const url = await serve(t, (_request, response) => {
    asked += 1;
    response.writeHead(302, { location: "/" }).end();
  });
  const result = await getChoices(url);
  assert.equal(
    result.serviceMessage,
    failure("Maximum number of redirects exceeded", "ERR_FR_TOO_MANY_REDIRECTS"),
  );
  assert.equal(asked, 21);
});

test("a write that is redirected in a circle is not made again", async (t) => {
  /** @type {(string | undefined)[]} */
  const asked = [];
  const url = await serve(t, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const location = asked.length === 1 ? "/again" : String(asked[0]).split(" ")[1];
    response.writeHead(307, { location }).end();
  });
  const result = await getChoices(url, {
    params: {
      subAction: "pushToService",
      subActionParams: { incident: { short_description: "a", correlation_id: "b" } },
    },
  });
  assert.deepEqual([result.errorName, result.retry], ["redirected", false]);
  assert.deepEqual(asked, ["POST /api/now/import/x_elas2_inc_int_elastic_incident", "POST /again"]);
});

test("a write that is redirected away becomes a read without the incident in it", async (t) => {
  /** @type {string[]} */
  const seen = [];
  const url = await serve(t, async (request, response) => {
    seen.push(`${request.method} ${request.url} ${(await bodyOf(request)).length > 0}`);
    if (request.url === "/login") response.end("<title>Sign In | ServiceNow</title>");
    else response.writeHead(302, { location: "/login" }).end();
  });
  const { config, secrets } = BASIC;
  const result = await run(getConnectorType(), {
    config: { ...config, apiUrl: url },
    secrets,
    params: {
      subAction: "pushToService",
      subActionParams: { incident: { short_description: "a", correlation_id: "b" } },
    },
  });
  assert.deepEqual(seen, [
    "POST /api/now/import/x_elas2_inc_int_elastic_incident true",
    "GET /login false",
  ]);
  assert.equal(result.status, "error");
  assert.match(String(result.errorMeta?.remedy), /login page/);
});

test("long answers come compressed, and short ones as they are", async (t) => {
  const simulator = await simulate(t);
  /** @type {Record<string, string | null>} */
  const codings = {};
  /** @type {import("servicenow-itsm-connector").FetchLike} */
  const recording = async (url, init) => {
    const response = await fetch(url, /** @type {RequestInit} */ (init));
    codings[`${init.method} ${new URL(url).pathname}`] = response.headers.get("content-encoding");
    return response;
  };
  const type = getConnectorType({ fetch: recording });
  const given = oauth(simulator.url);
  const incident = { short_description: "a", correlation_id: "c" };
  const act = (/** @type {string} */ subAction, /** @type {object} */ subActionParams) =>
    run(type, { ...given, params: { subAction, subActionParams } });
  const { data } = await act("pushToService", { incident, comments: [] });
  const { id } = /** @type {{ id: string }} */ (data);
  await act("getIncident", { externalId: id });
  assert.deepEqual(codings, {
    "POST /oauth_token.do": null,
    "POST /api/now/import/x_elas2_inc_int_elastic_incident": null,
    [`GET /api/now/v2/table/incident/${id}`]: "gzip",
  });
  await act("getChoices", { fields: ["urgency"] });
  assert.equal(codings["GET /api/now/table/sys_choice"], "gzip");
  await act("closeIncident", { incident: { correlation_id: "c" } });
  assert.equal(codings["GET /api/now/v2/table/incident"], null);
  assert.equal(codings[`GET /api/now/v2/table/incident/${id}`], null, "which reads it back");
});

test("the request bodies are counted", async (t) => {
  const url = await serve(t, (_request, response) => response.end(ANSWER));
  /** @type {unknown[]} */
  const counted = [];
  await getChoices(url, {
    connectorUsageCollector: {
      addRequestBodyBytes: (/** @type {unknown[]} */ ...what) => counted.push(what),
    },
  });
  assert.deepEqual(counted, [[undefined, ""]]);
});

test("a collector that fails keeps no incident from being written", async (t) => {
  const url = await serve(t, (_request, response) => response.end(ANSWER));
  const addRequestBodyBytes = () => assert.fail("collected nothing");
  const result = await getChoices(url, { connectorUsageCollector: { addRequestBodyBytes } });
  assert.equal(result.status, "ok");
});

test("a timeout of nothing, of months or without end is none", async (t) => {
  const url = await serve(t, (_request, response) => response.end(ANSWER));
  for (const timeout of [0, 2 ** 40, Number.POSITIVE_INFINITY]) {
    const configurationUtilities = createConfigurationUtilities(["*"], { timeout });
    assert.equal((await getChoices(url, { configurationUtilities })).status, "ok");
    const { config, secrets } = BASIC;
    const action = { config: { ...config, apiUrl: url }, secrets, params: CHOICES };
    const type = getConnectorType({ actionTimeout: 0 });
    assert.equal((await run(type, { ...action, configurationUtilities })).status, "ok");
  }
});

test("a host that cannot say its limits has the usual ones", async (t) => {
  const url = await serve(t, (_request, response) => response.end(ANSWER));
  const configurationUtilities = {
    ...createConfigurationUtilities(),
    getResponseSettings() {
      throw new Error("not yet");
    },
  };
  assert.equal((await getChoices(url, { configurationUtilities })).status, "ok");
});

test("a redirect that a browser does not tell of is not followed", async () => {
  /** @type {any} */
  const fetch = async () => ({ type: "opaqueredirect", status: 0, headers: new Headers() });
  const config = { ...BASIC.config, apiUrl: "https://dev1.service-now.com" };
  const { secrets } = BASIC;
  const result = await run(getConnectorType({ fetch }), { config, secrets, params: CHOICES });
  const text = "Redirected request failed: the instance redirects to another place";
  assert.equal(result.serviceMessage, failure(text, "ERR_REDIRECT_REFUSED"));
});

test("the credentials of a token request go to no other origin", async () => {
  /** @type {string[]} */
  const asked = [];
  /** @type {any} */
  const fetch = async (/** @type {string} */ url) => {
    asked.push(url);
    const location = "https://elsewhere.example.com/oauth_token.do";
    return new Response(null, { status: 307, headers: { location } });
  };
  const connector = oauth("https://dev1.service-now.com");
  const result = await run(getConnectorType({ fetch }), { ...connector, params: CHOICES });
  const text = "Redirected request failed: no credentials for https://elsewhere.example.com";
  assert.match(String(result.serviceMessage), new RegExp(text));
  assert.deepEqual(asked, ["https://dev1.service-now.com/oauth_token.do"]);
});

test("a redirect to what is no web server, or from https to http, is not followed", async () => {
  for (const location of [
    "data:application/json,%7B%7D",
    "http://dev1.service-now.com/",
    "https://[",
  ]) {
    let asked = 0;
    const fetch = async () => {
      asked += 1;
      return new Response(null, { status: 307, headers: { location } });
    };
    const type = getConnectorType({ fetch });
    const config = { ...BASIC.config, apiUrl: "https://dev1.service-now.com" };
    const result = await run(type, { config, secrets: BASIC.secrets, params: CHOICES });
    assert.match(String(result.serviceMessage), /Redirected request failed/);
    assert.equal(result.errorName, "redirected");
    assert.equal(asked, 1);
  }
});

test("a fetch that does not obey is left behind", async () => {
  const never = () => /** @type {Promise<Response>} */ (new Promise(() => {}));
  const endless = async () => new Response(new ReadableStream({ pull: () => never().then() }));
  for (const fetch of [never, endless]) {
    const type = getConnectorType({ fetch });
    const config = { ...BASIC.config, apiUrl: "https://dev1.service-now.com" };
    const action = { config, secrets: BASIC.secrets, params: CHOICES };
    const configurationUtilities = createConfigurationUtilities(["*"], { timeout: 20 });
    const late = await run(type, { ...action, configurationUtilities });
    assert.equal(late.serviceMessage, failure("timeout of 20ms exceeded", "ECONNABORTED"));
    const ending = new AbortController();
    const ended = run(type, { ...action, signal: ending.signal });
    ending.abort();
    assert.equal((await ended).serviceMessage, failure("canceled", "ERR_CANCELED"));
  }
});

test("after an action's deadline nothing more is sent", async (t) => {
  t.mock.timers.enable({ apis: ["Date"] });
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    t.mock.timers.setTime(1_000);
    return new Response(JSON.stringify({ result: [{ status: "inserted", sys_id: "9d38" }] }));
  };
  const type = getConnectorType({ fetch, actionTimeout: 1_000 });
  const incident = { short_description: "a", correlation_id: "c" };
  const result = await run(type, {
    config: { ...BASIC.config, apiUrl: "https://dev1.service-now.com" },
    secrets: BASIC.secrets,
    params: { subAction: "pushToService", subActionParams: { incident } },
  });
  assert.match(String(result.serviceMessage), /deadline of 1000ms exceeded/);
  assert.equal(asked, 1);
});

test("an action has a deadline of its own, however many requests it makes", async (t) => {
  let asked = 0;
  const url = await serve(t, async (request, response) => {
    asked += 1;
    await bodyOf(request);
    // Each answer is in time; all of them together are not.
    const record = { sys_id: "9d38", sys_updated_on: "2024-05-06 07:08:09" };
    const result = request.method === "GET" ? record : [record];
    setTimeout(() => response.end(JSON.stringify({ result })), 30);
  });
  const type = getConnectorType({ actionTimeout: 100 });
  const comments = Array.from({ length: 20 }, (_, place) => ({
    commentId: String(place),
    comment: "c",
  }));
  const incident = { short_description: "a", externalId: "9d38" };
  const result = await run(type, {
    config: { ...BASIC.config, apiUrl: url },
    secrets: BASIC.secrets,
    params: { subAction: "pushToService", subActionParams: { incident, comments } },
  });
  assert.match(String(result.serviceMessage), /deadline of 100ms exceeded \[status=ERR_DEADLINE\]/);
  assert.match(String(result.errorMeta?.remedy), /actionTimeout|may have been written/);
  assert.ok(asked < 8, `${asked} requests were made`);
});

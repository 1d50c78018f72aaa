// How much may be asked and guessed, and that nobody is shut out by somebody who does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Counts } from "../server/security/counts.js";
import { basic, LOGIN, ME, serve, signIn } from "./serve.js";

test("A right password and a right key are let in while somebody guesses", async (t) => {
  const served = await serve(t);
  const { call, credentials } = served;
  const { username, password } = credentials;
  const guesses = Array.from({ length: 12 }, (_, guess) =>
    guess % 2 === 0
      ? call("POST", LOGIN, { auth: "none", body: { username, password: `guess ${guess}` } })
      : call("GET", ME, { headers: { authorization: basic(username, `guess ${guess}`) } }),
  );
  // The first of them was answered: the others wait to be.
  await Promise.race(guesses);
  assert.equal((await call("GET", ME)).status, 200);
  await signIn(served);
  for (const { status } of await Promise.all(guesses)) assert.equal(status, 401);
  assert.equal(
    (await call("GET", ME, { headers: { authorization: basic(username, password) } })).status,
    200,
  );
});

test("More guesses at once than can wait are sent away, and who was in before is not", async (t) => {
  const served = await serve(t);
  const { call, credentials } = served;
  const { username } = credentials;
  const cookie = await signIn(served);
  const guesses = Array.from({ length: 40 }, (_, guess) =>
    call("POST", LOGIN, { auth: "none", body: { username, password: `guess ${guess}` } }),
  );
  const refused = await Promise.any(
    guesses.map(async (guess) => {
      const answer = await guess;
      assert.equal(answer.status, 429);
      return answer;
    }),
  );
  assert.match(String(refused.headers.get("retry-after")), /^\d+$/);
  assert.match(refused.body.message, /^Too many attempts to sign in at once\. Try again in \d+ s/);
  await signIn(served);
  assert.equal((await call("GET", ME, { auth: "none", headers: { cookie } })).status, 200);
  assert.equal((await call("GET", ME)).status, 200);
  await Promise.all(guesses);
});

test("A clock that is set back keeps nobody out, and no session open", async (t) => {
  let now = Date.UTC(2026, 10, 24);
  const served = await serve(t, { now: () => now });
  const { call, credentials } = served;
  const cookie = await signIn(served);
  await call("POST", LOGIN, { auth: "none", body: { username: "elastic", password: "guess" } });
  now -= 24 * 3_600_000;
  assert.equal((await call("GET", ME, { auth: "none", headers: { cookie } })).status, 401);
  const authorization = basic(credentials.username, credentials.password);
  assert.equal((await call("GET", ME, { headers: { authorization } })).status, 200);
  await signIn(served);
});

test("There is a limit to how much may be asked with the same credentials", async (t) => {
  const { call } = await serve(t, { settings: { "server.requestsPerMinute": 3 } });
  for (let request = 0; request < 3; request += 1) {
    assert.equal((await call("GET", ME)).status, 200);
  }
  const { status, headers, body } = await call("GET", ME);
  assert.equal(status, 429);
  assert.match(String(headers.get("retry-after")), /^\d+$/);
  assert.deepEqual(Object.keys(body), ["statusCode", "error", "message"]);
});

test("A count begins again each minute, and is each caller's own", () => {
  let now = 5;
  const counts = new Counts({}, () => now);
  const count = (/** @type {string} */ key) => {
    /** @type {unknown} */
    let found;
    counts.incr(key, (_error, answer) => (found = answer), 60_000);
    return found;
  };
  assert.deepEqual(count("a"), { current: 1, ttl: 60_000 });
  now += 20_000;
  assert.deepEqual(count("a"), { current: 2, ttl: 40_000 });
  assert.deepEqual(count("b"), { current: 1, ttl: 40_000 });
  now += 40_000;
  assert.deepEqual(count("a"), { current: 1, ttl: 60_000 });
});

test("Who asks without credentials uses up nobody's share but that of the address", async (t) => {
  const served = await serve(t, { settings: { "server.requestsPerMinute": 3 } });
  const { call } = served;
  const ask = async () => (await call("GET", "/status", { auth: "none" })).status;
  const answers = [await ask(), await ask(), await ask(), await ask()];
  assert.deepEqual(answers, [200, 200, 200, 429]);
  const { username, password } = served.credentials;
  const headers = { authorization: basic(username, password) };
  assert.equal((await call("GET", ME, { headers })).status, 200);
  assert.equal((await call("GET", ME)).status, 200);
  const cookie = await signIn(served);
  assert.equal((await call("GET", "/", { auth: "none", headers: { cookie } })).status, 200);
});

test("A sender of alerts that is asked to wait hears that it is not final", async (t) => {
  const { call } = await serve(t, {
    settings: {
      "server.requestsPerMinute": 1,
      webhooks: {
        w: { connector: "c", format: "json", trigger: { text: "x" }, resolve: { text: "x" } },
      },
    },
  });
  await call("GET", ME);
  const { status, headers, body } = await call("POST", "/api/webhooks/w", { body: {} });
  assert.deepEqual([status, body.error], [503, "Service Unavailable"]);
  assert.match(String(headers.get("retry-after")), /^\d+$/);
});

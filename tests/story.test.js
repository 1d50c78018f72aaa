import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { getConnectorType } from "servicenow-itsm-connector";
import { createHost } from "servicenow-itsm-host";
import { startSimulator } from "servicenow-simulator";
import { createConnectors, makeCast } from "../scripts/story/cast.js";
import { play } from "../scripts/story/play.js";
import { chapterText, faultsOf } from "../scripts/story/report.js";

const cast = await makeCast();

/**
 * Plays the story; `tamper` gets every row that the connector imports and how to send one.
 *
 * @param {import("node:test").TestContext} t
 * @param {(row: any, send: (row: object) => Promise<Response>) => Promise<Response>} [tamper]
 */
async function played(t, tamper = (row, send) => send(row)) {
  const simulator = await startSimulator(cast.instance);
  t.after(() => simulator.close());
  /** @type {typeof globalThis.fetch} */
  const fetch = async (url, init) => {
    if (!String(url).includes("/api/now/import/")) return globalThis.fetch(url, init);
    const send = (/** @type {object} */ row) =>
      globalThis.fetch(url, { ...init, body: JSON.stringify(row) });
    return tamper(JSON.parse(String(init?.body)), send);
  };
  const type = getConnectorType({ fetch });
  const host = createHost({ settings: { allowedHosts: ["127.0.0.1"] } });
  host.registerType(type);
  await createConnectors(cast, { host, typeId: type.id, apiUrl: simulator.url });
  const chapters = [];
  for await (const chapter of play({ cast, simulator, host })) chapters.push(chapter);
  return { simulator, chapters, text: chapters.map(chapterText).join("\n") };
}

const faults = (/** @type {import("../scripts/story/play.js").Chapter[]} */ chapters) =>
  chapters.reduce((sum, chapter) => sum + faultsOf(chapter), 0);

test("the story is played on both connectors without a mismatch", async (t) => {
  const { simulator, chapters, text } = await played(t);
  assert.equal(faults(chapters), 0, text);
  assert.deepEqual(
    chapters.map(({ rows }) => rows.length),
    [10, 10],
  );
  assert.deepEqual(
    simulator.incidents().map(({ state }) => state),
    ["7", "7", "1", "1", "7", "7", "1", "1"],
  );
});

test("its table fits the terminal and says who did what, to which incident", async (t) => {
  const { text } = await played(t);
  assert.match(text, /^web-1 +fires +pushToService +INC0010001 +New +0 +2 +\d+$/m);
  assert.match(text, /^web-1 +recovers +closeIncident +INC0010001 +Closed +1 +3 +\d+$/m);
  assert.match(text, /^web-1 fires: one of the requests was for an access token$/m);
  for (const line of text.split("\n")) assert.ok(line.length <= 100, line);
});

test("a comment that is lost is a mismatch", async (t) => {
  const { text } = await played(t, ({ u_work_notes: note, ...row }, send) =>
    send(note ? { ...row, u_close_notes: note } : row),
  );
  assert.match(text, /After "web-1 fires again": the journal of INC0010001\n +expected: .+\n/);
  assert.match(text, /found: +\[\]/);
});

test("a comment that is there twice is a mismatch", async (t) => {
  const { text } = await played(t, async (row, send) => {
    if (row.u_work_notes) await send(row);
    return send(row);
  });
  assert.match(text, /After "case is pushed again": the journal of INC0010004\n/);
});

test("an update that is lost is a mismatch", async (t) => {
  const { text } = await played(t, (row, send) =>
    send(row.u_urgency === "1" ? { u_correlation_id: row.u_correlation_id } : row),
  );
  assert.match(
    text,
    /After "web-3 fires again": urgency of INC0010003\n +expected: "1"\n +found: +"2"/,
  );
});

test("an alert whose update opens a second incident is a mismatch", async (t) => {
  const { text } = await played(t, (row, send) =>
    send(row.u_urgency === "1" ? { ...row, u_correlation_id: "another" } : row),
  );
  assert.match(text, /After "web-1 fires again": INC0010004\n +expected: "no such incident"/);
});

test("an incident that stays open though its alert recovered is a mismatch", async (t) => {
  const { text } = await played(t, ({ u_state: _, ...row }, send) => send(row));
  assert.match(text, /After "web-2 recovers": state of INC0010002\n +expected: "7"\n +found: +"1"/);
});

test("an action that fails is told with error and remedy, and ends the chapter", async (t) => {
  const refusal = JSON.stringify({ error: { message: "Insufficient rights", detail: "ACL" } });
  const { chapters, text } = await played(t, async () => new Response(refusal, { status: 403 }));
  assert.deepEqual(
    chapters.map(({ rows }) => rows.length),
    [1, 1],
  );
  assert.equal(faults(chapters), 2);
  assert.match(text, /^web-1 +fires +pushToService +- +failed /m);
  assert.match(
    text,
    /✗ web-1 fires: the action failed.*\n +error: .*Insufficient rights.*\n +remedy: \S/,
  );
});

/**
 * @param {string[]} args of the command
 * @param {string[]} [nodeArgs]
 */
function start(args, nodeArgs = []) {
  const script = fileURLToPath(new URL("../scripts/start.js", import.meta.url));
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output.text += text;
    });
  }
  return { child, output };
}

test("the command ends by itself when asked to, and writes plain text into a pipe", async () => {
  const { child, output } = start(["--once"]);
  const [status] = await once(child, "close");
  assert.equal(status, 0, output.text);
  assert.match(output.text, /✓ All 8 incidents are as the story says\.\n$/);
  const control = [...output.text].filter((character) => character < " " && character !== "\n");
  assert.deepEqual(control, []);
});

test("the command fails when an incident is not as the story says", async () => {
  const commentsElsewhere = `
    const send = globalThis.fetch;
    globalThis.fetch = (url, init) =>
      send(url, { ...init, body: init.body?.replace("u_work_notes", "u_close_notes") });`;
  const module = `data:text/javascript,${encodeURIComponent(commentsElsewhere)}`;
  const { child, output } = start(["--once"], ["--import", module]);
  const [status] = await once(child, "close");
  assert.equal(status, 1, output.text);
  assert.match(output.text, /✗ 16 things are not as the story says, see above\.\n$/);
});

test("instance and console stay up otherwise, as printed, until the command is interrupted", async () => {
  const { child, output } = start([]);
  const closed = once(child, "close");
  while (!output.text.includes("Both end with Ctrl+C")) {
    await Promise.race([once(child.stdout, "data"), closed]);
    assert.equal(child.exitCode, null, output.text);
  }
  const printed = (/** @type {RegExp} */ place) => place.exec(output.text)?.[1] ?? "";
  const instance = printed(/The instance is at (\S+)/);
  const state = await (await fetch(`${instance}/simulator/api/state`)).json();
  assert.equal(state.incidentCount, 8);
  const console = printed(/The console is at (\S+)/);
  const signedIn = await fetch(`${console}/internal/security/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "kbn-xsrf": "true" },
    body: JSON.stringify({
      username: printed(/Sign in as (\S+)/),
      password: printed(/Sign in as \S+ with password (\S+)/),
    }),
  });
  assert.equal(signedIn.status, 200);
  const authorization = printed(/'Authorization: ([^']+)'/);
  const connectors = await fetch(`${console}/api/actions/connectors`, {
    headers: { authorization },
  });
  assert.deepEqual(
    (await connectors.json()).map((/** @type {any} */ { id, is_deprecated }) => [
      id,
      is_deprecated,
    ]),
    [
      ["basic", false],
      ["deprecated", true],
      ["oauth", false],
    ],
  );
  // As npm does it: once from the terminal, once from npm.
  child.kill("SIGINT");
  child.kill("SIGINT");
  const [status] = await closed;
  assert.equal(status, 0, output.text);
});

test("an argument that is not known is refused", async () => {
  const { child, output } = start(["--onec"]);
  const [status] = await once(child, "close");
  assert.equal(status, 2);
  assert.match(output.text, /^Unknown argument: --onec\n\nUsage: npm start/);
});

// What a run of the benchmarks is shown as, from figures that are made up. Nothing is measured here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axiosFlow } from "../benches/action/axios_flow.js";
import { nextParams, USER } from "../benches/action/incident.js";
import { answerTo } from "../benches/action/stub.js";
import { WAYS } from "../benches/assertion/contenders.js";
import { figures, measure } from "../benches/measure.js";
import { chart } from "../benches/report/chart.js";
import { page } from "../benches/report/page.js";
import { format, toText } from "../benches/report/text.js";
import { OURS } from "../benches/report/types.js";
import { keyFile } from "./support/keys.js";

/** @import { Report, Series } from "../benches/report/types.js" */

/** @type {Series} */
const SERIES = {
  id: "signing",
  title: "Signing & more",
  unit: "ms",
  better: "shorter",
  groups: [
    {
      name: "RSA 3072 <plain>",
      figures: {
        [OURS]: { median: 10, low: 9, high: 12 },
        other: { median: 45, low: 44, high: 47 },
      },
      goal: 8,
    },
  ],
};

/** @type {Report} */
const REPORT = {
  name: "signing",
  title: "Signing in",
  about: "What was measured.",
  series: [SERIES],
  goals: [
    { text: "Beside other", measured: 4.5, kind: "at least", bound: 4, unit: "times as fast" },
    { text: "At most 8 ms", measured: 10, kind: "at most", bound: 8, unit: "ms" },
  ],
  notes: ["A note."],
};

const MACHINE = {
  processor: "A processor",
  cores: 2,
  memory: 8,
  system: "Linux 6",
  node: "20.0.0",
  date: "2026-01-02",
};

test("a table has medians, their spread, and how many times better this package is", () => {
  const text = toText(REPORT);
  assert.match(text, /Signing & more: ms, less is better/);
  assert.match(text, /RSA 3072 <plain> +10 \(9-12\) +45 \(44-47\) +4\.5x/);
});

test("a goal that is missed is shown as missed, in the terminal, on the page and in the chart", () => {
  assert.match(toText(REPORT), /Goal MISSED: At most 8 ms: 10 ms, and it should be at most 8\./);
  assert.match(toText(REPORT), /Goal reached: Beside other: 4\.5 times as fast/);
  const shown = page([REPORT], MACHINE);
  assert.match(shown, /1 of 2 are reached\./);
  assert.match(shown, /\| At most 8 ms \| at most 8 ms \| 10 ms \| ✗ \*\*missed\*\* \|/);
  assert.match(chart(SERIES), /goal: 8, missed/);
});

test("the page names the machine, the date and its charts", () => {
  const shown = page([REPORT], MACHINE);
  assert.match(shown, /2026-01-02: A processor, 2 cores, 8 GB, Linux 6, Node 20\.0\.0/);
  assert.ok(shown.includes("](benchmarks/signing.svg)"));
});

test("a chart says which direction is better, and quotes what XML would take for its own", () => {
  const svg = chart(SERIES);
  assert.match(svg, /ms: shorter is better/);
  assert.match(svg, /Signing &amp; more/);
  assert.match(svg, /RSA 3072 &lt;plain>/);
  assert.match(svg, /prefers-color-scheme: dark/);
  assert.match(chart({ ...SERIES, better: "longer" }), /longer is better/);
});

test("numbers have the digits that mean something", () => {
  assert.deepEqual([1234567.8, 123.4, 12.345, 0.01234, 0, 3].map(format), [
    "1,234,568",
    "123",
    "12.3",
    "0.0123",
    "0",
    "3",
  ]);
});

test("figures are the quartiles of what was measured", () => {
  assert.deepEqual(figures([5, 1, 4, 2, 3]), { median: 3, low: 2, high: 4 });
});

test("contenders are called in turns, and one that gives a promise is awaited", async () => {
  let underWay = 0;
  let most = 0;
  const calls = { now: 0, later: 0 };
  const measured = await measure(
    {
      now: () => {
        calls.now += 1;
      },
      later: async () => {
        calls.later += 1;
        underWay += 1;
        most = Math.max(most, underWay);
        await undefined;
        underWay -= 1;
      },
    },
    { rounds: 2, warmUp: 1 },
  );
  assert.deepEqual(Object.keys(measured), ["now", "later"]);
  assert.ok(calls.now > 2 && calls.later > 2);
  assert.equal(most, 1);
});

test("the flow beside which actions are measured makes the built-in type's requests", async () => {
  /** @type {string[]} */
  const asked = [];
  const push = axiosFlow({
    apiUrl: "https://dev1.service-now.com",
    ...USER,
    adapter: async (config) => {
      const { method = "", url = "" } = config;
      asked.push(`${method} ${new URL(url).pathname.split("/").slice(2, 4).join("/")}`);
      const headers = { "content-type": "application/json" };
      return { data: answerTo(method, url), status: 200, statusText: "OK", headers, config };
    },
  });
  const { comments } = await push(nextParams(1));
  const write = ["get x_elas2_inc_int/elastic_api", "post now/import", "get now/v2"];
  assert.deepEqual(asked, [...write, ...write]);
  assert.equal(comments?.[0]?.pushedDate, "2024-05-06T07:08:09.000Z");
});

test("every way to sign that is measured signs the same claims", async () => {
  const key = { bits: 2048, form: "plain", pem: keyFile("pkcs8") };
  for (const [name, way] of Object.entries(WAYS)) {
    const [header = "", claims = ""] = String(await way(key).next(0)).split(".");
    const read = (/** @type {string} */ part) =>
      JSON.parse(Buffer.from(part, "base64url").toString());
    assert.equal(read(header).kid, "key-1", name);
    const { sub, aud, iss, exp, iat } = read(claims);
    assert.deepEqual(
      [sub, aud, iss, exp - iat],
      ["svc@example.com", "client-1", "client-1", 3600],
      name,
    );
  }
});

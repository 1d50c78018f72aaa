import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { getConnectorType } from "servicenow-itsm-connector";
import { createLogger } from "./support/host.js";

const { renderParameterTemplates } = getConnectorType();
const CASES = JSON.parse(
  readFileSync(new URL("../src/template/cases.json", import.meta.url), "utf8"),
);

/**
 * @template T
 * @param {T} params
 * @param {object} variables
 */
const render = (params, variables) =>
  renderParameterTemplates(createLogger(), params, variables, "c-1");

test("texts render as they do in Kibana", () => {
  for (const [template, variables, expected, mode] of CASES.layer) {
    // No param of this connector type is escaped for HTML, and errors have a test of their own.
    if (mode === "html" || expected.error) continue;
    if (mode === "json") {
      const params = { subActionParams: { incident: { additional_fields: template } } };
      const { incident } = render(params, variables).subActionParams;
      assert.equal(incident.additional_fields, expected, template);
    } else {
      assert.equal(render({ template }, variables).template, expected, template);
    }
  }
});

test("the variables of a rule's alerts are found", () => {
  for (const [template, variables, expected] of CASES.alerts) {
    assert.equal(render({ template }, CASES[variables]).template, expected, template);
  }
});

test("lambdas make of texts what they make in Kibana", () => {
  for (const [template, variables, expected] of CASES.lambdas) {
    assert.equal(render({ template }, CASES[variables] ?? variables).template, expected, template);
  }
});

test("what a lambda cannot do is told to the log", () => {
  const logger = createLogger();
  const params = { a: "{{#EvalMath}}x{{/EvalMath}}" };
  const error = 'error evaluating tinymath expression "x": Unknown variable: x';
  assert.deepEqual(renderParameterTemplates(logger, params, {}, "c-1"), { a: error });
  assert.deepEqual(logger.lines, [`warn: mustache render error: ${error}`]);
});

test("texts of any length and of any characters are the same on the other side", () => {
  const characters = ["a", "é", "€", "😀"];
  for (let length = 0; length <= 70; length++) {
    for (const last of characters) {
      for (const rest of characters) {
        const text = "a".repeat(length) + last + rest.repeat(length % 7);
        assert.equal(render({ [text]: "{{it}}" }, { it: text })[text], text);
      }
    }
  }
});

test("every text of the params is rendered, at any depth, and nothing else", () => {
  for (const [params, variables, expected] of CASES.params) {
    const before = structuredClone(params);
    assert.deepEqual(render(params, variables), expected);
    assert.deepEqual(params, before, "the params were changed");
  }
});

test("what is no text stays what it is", () => {
  const at = new Date(0);
  const params = { at, list: [undefined, null, 1, "{{v}}"], when: () => 1 };
  const rendered = render(params, { v: "x" });
  assert.deepEqual(rendered, { ...params, list: [undefined, null, 1, "x"] });
  assert.equal(rendered.at, at);
  const named = JSON.parse('{"__proto__":"{{v}}","constructor":"{{v}}"}');
  assert.equal(JSON.stringify(render(named, { v: "x" })), '{"__proto__":"x","constructor":"x"}');
});

test("params that hold themselves are refused", () => {
  /** @type {any} */
  const params = {};
  params.params = params;
  assert.throws(() => render(params, {}), /nested more than 100 levels deep/);
});

test("values in the JSON of additional fields cannot break it", () => {
  const variables = { v: 'say "hi"\n', n: 1 };
  const incident = {
    short_description: "{{v}}",
    additional_fields: '{"u_a":"{{v}}","u_n":{{n}}}',
  };
  const rendered = render({ subActionParams: { incident } }, variables).subActionParams.incident;
  assert.equal(rendered.short_description, 'say "hi"\n');
  assert.deepEqual(JSON.parse(rendered.additional_fields), { u_a: 'say "hi"\n', u_n: 1 });
});

test("the variables are what JSON makes of them", () => {
  const variables = {
    at: new Date(0),
    gone: undefined,
    map: new Map(),
    nan: Number.NaN,
    boxed: [new String("a"), new Number(1), new Boolean(false)],
    own: { toJSON: (/** @type {string} */ key) => ({ key }) },
    date: { toJSON: () => new Date(0) },
    called: Object.assign(() => 1, { toJSON: () => "c" }),
    foreign: runInNewContext("new String('f')"),
    list: [undefined, () => 1, Symbol("s")],
    function: () => 1,
    "dotted.gone": undefined,
  };
  const template =
    "{{at}}|{{gone}}|{{map}}|{{nan}}|{{boxed}}|{{own.key}}|{{list.asJSON}}|{{function}}|{{dotted}}|{{date}}|{{called}}|{{foreign}}";
  assert.deepEqual(render({ a: template }, variables), {
    a: "1970-01-01T00:00:00.000Z||{}||a,1,false|own|[null,null,null]|||{}|c|f",
  });
});

test("variables that JSON cannot show spoil the texts that name them, and no others", () => {
  /** @type {any} */
  const variables = { v: "x", big: 1n };
  variables.self = variables;
  Object.defineProperty(variables, "trap", {
    configurable: true,
    enumerable: true,
    get() {
      throw new Error("not now");
    },
  });
  const params = { v: "{{v}}", deep: "{{self.self.v}}", big: "{{big}}", trap: "{{trap}}" };
  assert.deepEqual(render(params, variables), {
    v: "x",
    deep: "x",
    big: 'error rendering mustache template "{{big}}": Do not know how to serialize a BigInt',
    trap: 'error rendering mustache template "{{trap}}": not now',
  });
  delete variables.trap;
  delete variables.big;
  assert.match(render({ t: "{{self}}" }, variables).t, /: Converting circular structure to JSON/);
});

test("a list that cannot be read spoils its text every time, and nothing else", () => {
  const trap = {
    /**
     * @param {object} target
     * @param {string | symbol} key
     */
    get(target, key) {
      if (key === "length") throw new Error("no length");
      return Reflect.get(target, key);
    },
  };
  const l = new Proxy([1], trap);
  const { proxy: revoked, revoke } = Proxy.revocable([], {});
  revoke();
  for (let time = 0; time < 3000; time++) {
    const rendered = render(
      { a: "{{l.length}}", b: "{{#l}}{{/l}}", c: "{{r}}", d: "{{v}}" },
      {
        l,
        r: revoked,
        v: "x",
      },
    );
    assert.match(rendered.a, /: no length$/);
    assert.match(rendered.b, /: no length$/);
    assert.match(rendered.c, /^error rendering/);
    assert.equal(rendered.d, "x");
  }
});

test("what is thrown may refuse to be read, too", () => {
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const silent = Object.defineProperty(new Error(), "message", {
    get() {
      throw revoked;
    },
  });
  for (const thrown of [revoked, silent]) {
    const refuse = () => {
      throw thrown;
    };
    const variables = {
      get trap() {
        return refuse();
      },
      keys: new Proxy({}, { ownKeys: refuse }),
      list: new Proxy([1], {
        get: (list, key) => (key === "length" ? 1n : Reflect.get(list, key)),
      }),
      v: "x",
    };
    const params = {
      trap: "{{trap}}",
      keys: "{{keys}}",
      list: "{{#list}}{{.}}{{/list}}",
      v: "{{v}}",
    };
    const rendered = render(params, variables);
    assert.match(rendered.trap, /: A variable cannot be read$/);
    assert.match(rendered.keys, /: A variable cannot be read$/);
    assert.equal(rendered.list, "1");
    assert.equal(rendered.v, "x");
  }
});

test("a dotted variable that throws spoils no text that does not name it", () => {
  const variables = {
    q: 1,
    get "x.y"() {
      throw new Error("not now");
    },
  };
  const rendered = render({ q: "{{q}}", x: "{{x.y}}" }, variables);
  assert.equal(rendered.q, "1");
  assert.match(rendered.x, /: not now$/);
});

test("texts that never end leave those room that loop over nothing", () => {
  const endless = Array.from(
    { length: 12 },
    () => "{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}",
  );
  const variables = { l: Array.from({ length: 1000 }, () => 1), v: "x" };
  assert.deepEqual(render([...endless, "{{v}}"], variables).at(-1), "x");
});

test("only what a text names is read", () => {
  /** @type {string[]} */
  const read = [];
  const watched = (/** @type {object} */ target, /** @type {string} */ name) =>
    new Proxy(target, {
      get(target, key) {
        if (typeof key === "string" && key !== "toJSON") read.push(`${name}.${key}`);
        return Reflect.get(target, key);
      },
    });
  const hits = watched([{ id: 1 }, { id: 2 }], "hits");
  const context = watched({ hits, value: 1, message: "m" }, "context");
  assert.equal(render({ a: "{{context.message}}" }, { context }).a, "m");
  assert.deepEqual(read, ["context.message"]);
});

test("variables that are nested absurdly deep lose no alert", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`);
  const rendered = render({ t: "{{v}}|{{deep.a.a.a.b}}" }, { deep, v: "x" });
  assert.deepEqual(rendered, { t: "x|" });
});

test("what a rule's author does wrong stands in the place of the text", () => {
  assert.deepEqual(render({ a: "{{v", b: "{{v}}" }, { v: 1 }), {
    a: 'error rendering mustache template "{{v": Unclosed tag at 3',
    b: "1",
  });
});

test("dates and numbers read as the author's zone and language have them", () => {
  const variables = { date: "2026-03-01T08:00:02.123Z", total: 1234567.891, value: 91.25 };
  const template =
    "{{#FormatDate}}{{date}};Europe/Rome;DD/MM/YYYY HH:mm{{/FormatDate}} " +
    "{{#FormatNumber}}{{total}};de-DE;{{/FormatNumber}} " +
    "{{#EvalMath}}round(value) + 1{{/EvalMath}}";
  assert.deepEqual(render({ template }, variables), {
    template: "01/03/2026 09:00 1.234.567,891 92",
  });
});

test("no template and no variables, however large, bring the module down", () => {
  /** @type {any} */
  const self = { v: 1 };
  self.self = self;
  self.list = [self];
  self["a.b"] = self;
  const nested = (/** @type {string} */ name) =>
    ["{{#%}}".repeat(50_000), "{{v}}", "{{/%}}".repeat(50_000)].join("").replaceAll("%", name);
  const deep = JSON.parse(`${'{"a.b":'.repeat(3000)}1${"}".repeat(3000)}`);
  const big = Array.from({ length: 1_000_000 }, (_, id) => id);
  const rendered = render(
    {
      nested: nested("self"),
      items: nested("list"),
      path: `{{${"self.".repeat(100_000)}v}}`,
      dotted: `{{${"a.b.".repeat(100_000)}v}}`,
      functions: nested("valueOf"),
      dump: "{{deep}}",
      unclosed: `${"x".repeat(1_000_000)}{{`,
      endless: "{{#big}}{{#big}}{{#big}}{{/big}}{{/big}}{{/big}}",
      million: "{{#big}}{{.}},{{/big}}",
      after: "{{v}}",
    },
    { ...self, deep, big },
  );
  assert.equal(rendered.functions, "1");
  assert.ok(rendered.dump.startsWith('{"a.b":{"a.b":'));
  assert.ok(rendered.unclosed.endsWith("Unclosed tag at 1000002"));
  assert.match(rendered.endless, /Rendering takes more than \d+ steps/);
  assert.ok(rendered.million === big.map((id) => `${id},`).join(""), "a million items");
  assert.equal(rendered.after, "1");
});

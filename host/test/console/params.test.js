import assert from "node:assert/strict";
import { test } from "node:test";

import { merged } from "../../console/src/events/merged.js";
import { optionsOf } from "../../console/src/params/choices.js";
import { faultOfJson } from "../../console/src/params/json.js";
import {
  commentOf,
  emptyTrigger,
  firingDefaults,
  recoveredDefaults,
  withComment,
  withField,
} from "../../console/src/params/params.js";
import { errorsOf } from "../../console/src/params/validate.js";
import { watched } from "../../console/src/playground/changes.js";
import { renderFields } from "../../console/src/playground/render.js";
import { forAlert, pathsOf, readVariables } from "../../console/src/playground/variables.js";
import { webUrl } from "../../console/src/results/web_url.js";

test("a rule's actions begin with the correlation ID of rule and alert", () => {
  const incident = { correlation_id: "{{rule.id}}:{{alert.id}}" };
  assert.deepEqual(firingDefaults(), {
    subAction: "pushToService",
    subActionParams: { incident, comments: [] },
  });
  assert.deepEqual(recoveredDefaults(), {
    subAction: "closeIncident",
    subActionParams: { incident },
  });
});

test("a comment is kept as a list of one, and none where it is emptied", () => {
  const params = withComment(emptyTrigger(), "seen");
  assert.deepEqual(params.subActionParams.comments, [{ commentId: "1", comment: "seen" }]);
  assert.equal(commentOf(params), "seen");
  assert.deepEqual(withComment(params, "").subActionParams.comments, []);
});

test("a category takes the subcategory of another one away, and an emptied field is null", () => {
  const before = withField(withField(emptyTrigger(), "category", "a"), "subcategory", "b");
  const after = withField(withField(before, "category", "c"), "description", "");
  assert.deepEqual(after.subActionParams.incident, {
    category: "c",
    subcategory: null,
    description: null,
  });
});

test("additional fields are checked as JSON, unless they hold variables", () => {
  const valid = withField(emptyTrigger(), "short_description", "x");
  /** @type {[text: string, error: string | undefined][]} */
  const cases = [
    ["", undefined],
    ['{ "u_a": 1 }', undefined],
    ["[1]", undefined],
    ["{", "Invalid JSON."],
    ["null", "Invalid JSON."],
    ['{ "u_a": {{context.value}} }', undefined],
    ["{ {{a}}\n{{b", undefined],
    [
      JSON.stringify(Object.fromEntries(Array.from({ length: 21 }, (_, i) => [i, i]))),
      "A maximum of 20 additional fields can be defined at a time.",
    ],
  ];
  for (const [text, error] of cases) {
    const params = withField(valid, "additional_fields", text);
    assert.equal(errorsOf(params).additional_fields, error, text);
  }
});

test("a blank text is none", () => {
  assert.deepEqual(errorsOf(withField(emptyTrigger(), "short_description", " ")), {
    short_description: "Short description is required.",
  });
  assert.deepEqual(errorsOf(withField(recoveredDefaults(), "correlation_id", "")), {
    correlation_id: "Correlation id is required.",
  });
});

test("a fault in JSON has a line and a column, whatever the text is", () => {
  assert.equal(faultOfJson('{"a": [1, 2.5e3, null, "x"]}'), undefined);
  /** @type {[text: string, line: number, column: number][]} */
  const faults = [
    ["", 1, 1],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{\n  "a": tru\n}', 2, 8],
    ["[1\n,2\n", 3, 1],
    ["{} {}", 1, 4],
    ["// no\n1", 1, 1],
    ["\u00a01", 1, 1],
    ['{"a":\n01}', 2, 2],
  ];
  for (const [text, line, column] of faults) {
    const fault = faultOfJson(text);
    assert.deepEqual([fault?.line, fault?.column], [line, column], JSON.stringify(text));
    assert.ok(fault?.problem);
  }
});

test("subcategories are those of the category", () => {
  const choice = (/** @type {string} */ element, value = "", dependent_value = "") => ({
    element,
    value,
    label: value.toUpperCase(),
    dependent_value,
  });
  const choices = [
    choice("category", "a"),
    choice("subcategory", "x", "a"),
    choice("subcategory", "y", "b"),
  ];
  assert.deepEqual(optionsOf(choices, "subcategory", "a"), [{ value: "x", text: "X" }]);
  assert.deepEqual(optionsOf(choices, "category"), [{ value: "a", text: "A" }]);
});

test("variables are an object, and each alert brings its own", () => {
  assert.match(readVariables("[]").problem ?? "", /object/);
  assert.match(readVariables("null").problem ?? "", /object/);
  const { variables } = readVariables('{ "alert": { "id": "a", "flapping": false }, "b": [1] }');
  assert.deepEqual(forAlert(variables ?? {}, "z", "recovered"), {
    alert: {
      id: "z",
      flapping: false,
      actionGroup: "recovered",
      actionGroupName: "Recovered",
    },
    b: [1],
  });
  assert.deepEqual(pathsOf(variables ?? {}), ["alert.id", "alert.flapping", "b"]);
});

test("each field is rendered by itself, and knows what went wrong in it", async () => {
  const params = withComment(
    withField(
      withField(firingDefaults(), "short_description", "{{#EvalMath}}1 +{{/EvalMath}}"),
      "additional_fields",
      '{"u_a": "{{b}}"}',
    ),
    "{{a",
  );
  const variables = { rule: { id: "r" }, alert: { id: "a" }, b: 'x"\n' };
  const fields = await renderFields(params, variables);
  assert.deepEqual(fields.correlation_id, { text: "r:a" });
  assert.match(fields.short_description?.error ?? "", /^error evaluating tinymath expression/);
  assert.match(fields.comments?.error ?? "", /^error rendering mustache template/);
  assert.deepEqual(JSON.parse(fields.additional_fields?.text ?? ""), { u_a: 'x"\n' });
  assert.equal(fields.description, undefined);
});

test("an incident that is new or another than before is marked until the next change", () => {
  const incident = (/** @type {string} */ number, state = "1") => ({
    number,
    sys_id: number,
    state,
    sys_mod_count: "0",
    journal: [],
  });
  const changes = (/** @type {ReturnType<typeof watched>} */ list) =>
    list.map(({ number, change }) => [number, change]);
  const first = watched([incident("INC1"), incident("INC2")]);
  assert.deepEqual(changes(first), [
    ["INC2", undefined],
    ["INC1", undefined],
  ]);
  const second = watched([incident("INC1", "7"), incident("INC2"), incident("INC3")], first);
  assert.deepEqual(changes(second), [
    ["INC3", "opened"],
    ["INC2", undefined],
    ["INC1", "changed"],
  ]);
});

test("lists of events that overlap are one, newest first", () => {
  const event = (/** @type {number} */ id) => ({ id, timestamp: "", action: "execute" });
  const ids = merged([event(3), event(2)], [event(4), event(3), event(1)]).map(({ id }) => id);
  assert.deepEqual(ids, [4, 3, 2, 1]);
});

test("only addresses of the web become links", () => {
  assert.equal(webUrl("https://a.example/x"), "https://a.example/x");
  for (const text of ["javascript:alert(1)", "data:text/html,x", "/relative", "", null, 5]) {
    assert.equal(webUrl(text), undefined);
  }
});

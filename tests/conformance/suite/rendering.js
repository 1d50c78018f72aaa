// Templates: the cases of the core's own tests, and what only JavaScript's values have.

import data from "./data.js";
import { equal, ok } from "./expect.js";

const { templates } = data;
const LOGGER = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * @template T
 * @param {import("./suite.js").Package} it
 * @param {T} params
 * @param {object} variables
 * @returns {T}
 */
const render = (it, params, variables) =>
  it.getConnectorType().renderParameterTemplates(LOGGER, params, variables, "c-1");

/** @type {import("./suite.js").Case[]} */
export const rendering = [
  [
    "texts render as they do in Kibana",
    (it) => {
      for (const [template, variables, expected, mode] of templates.layer) {
        if (mode === "html" || mode === "json" || expected.error) continue;
        equal(render(it, { template }, variables).template, expected, template);
      }
    },
  ],
  [
    "the variables of a rule's alerts are found",
    (it) => {
      for (const [template, variables, expected] of templates.alerts) {
        equal(render(it, { template }, templates[variables]).template, expected, template);
      }
    },
  ],
  [
    "lambdas make of texts what they make in Kibana",
    (it) => {
      for (const [template, variables, expected] of templates.lambdas) {
        const values = templates[variables] ?? variables;
        equal(render(it, { template }, values).template, expected, template);
      }
    },
  ],
  [
    "every text of the params is rendered, at any depth",
    (it) => {
      for (const [params, variables, expected] of templates.params) {
        equal(render(it, params, variables), expected);
      }
    },
  ],
  [
    "only what is named is read",
    (it) => {
      const variables = {
        name: "disk 🚨",
        get other() {
          throw new Error("was read");
        },
      };
      equal(render(it, { a: "{{name}}" }, variables), { a: "disk 🚨" });
      ok(render(it, { a: "{{other}}" }, variables).a.includes("was read"), "the text tells");
    },
  ],
];

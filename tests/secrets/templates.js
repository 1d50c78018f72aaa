// Params of a rule that cannot be rendered, beside variables that are secrets and that name secrets.

/** @import { Stage } from "./flows.js" */

/**
 * Texts that go wrong, or that name a secret and do not show it.
 */
const TEMPLATES = [
  "{{secret}}{{#open}}",
  "{{secret}}{{/closed}}",
  "{{secret",
  "{{=secret}}",
  "{{{secret}}",
  "{{secret}}{{big}}",
  "{{secret}}{{failing}}",
  "{{secret}}{{loop}}",
  "{{#secret}}{{secret.none.nothing}}{{/secret}}",
  "{{^secret}}{{secret}}{{/secret}}",
  "{{#EvalMath}}{{count}} +{{/EvalMath}}",
  "{{#FormatDate}}yesterday{{/FormatDate}}",
  "{{#FormatNumber}}many{{/FormatNumber}}",
  "{{#ParseHjson}}{a: [{{/ParseHjson}}",
  "{{count}}{{list.2.none}}",
];

/** Those that show it, as whoever wrote them wants it; nothing of it may stay. */
const SHOWING = [
  "{{secret}}",
  "{{{secret}}}",
  "{{nested.secret}}",
  "{{nested}}",
  "{{list}}",
  "{{#list}}{{.}}{{/list}}",
  "{{#EncodeURIComponent}}{{secret}}{{/EncodeURIComponent}}",
  "{{#ParseHjson}}{a: {{secret}} }{{/ParseHjson}}",
  "{{#EvalMath}}{{secret}}{{/EvalMath}}",
  "{{#FormatDate}}{{secret}}{{/FormatDate}}",
  "{{#FormatNumber}}{{secret}};en-US{{/FormatNumber}}",
];

/** @param {Stage} stage */
export async function renderTemplates({ package: it, planted, traces, dropped }) {
  const { password, keys } = planted;
  const type = it.getConnectorType();
  for (const secret of [password, keys.pkcs8]) {
    /** @type {any} */
    const variables = {
      secret,
      nested: { secret },
      list: [secret, secret],
      count: 2,
      big: 1n,
      get failing() {
        throw new Error("not now");
      },
    };
    variables.loop = { self: variables, of: [variables] };
    variables.loop.loop = variables.loop;
    for (const template of TEMPLATES) {
      for (const key of ["short_description", "additional_fields"]) {
        const params = { subActionParams: { incident: { [key]: template } } };
        await traces.keep(template, () =>
          type.renderParameterTemplates(traces.logger(), params, variables),
        );
        dropped(template);
      }
    }
    for (const template of SHOWING) {
      const params = { subActionParams: { incident: { short_description: template } } };
      const silent = { debug() {}, warn() {}, error() {} };
      type.renderParameterTemplates(silent, params, variables);
      dropped(template);
    }
  }
}

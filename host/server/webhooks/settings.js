// The setting `webhooks`: which connector the alerts of a webhook go to, what form they have, and
// what is made of them.

import { messageOf } from "../../js/errors.js";
import { anything, Invalid, object, oneOf, optional, record, text } from "../schema.js";
import { TEMPLATES } from "./templates.js";

/** @typedef {Record<string, unknown>} Template params of a rule action, not rendered yet */

/**
 * @typedef {object} Webhook
 * @property {string} connector the id of the connector
 * @property {"alertmanager" | "json"} format
 * @property {Template} trigger what becomes of an alert that fires
 * @property {Template} resolve what becomes of one that is over
 */

const FORMATS = /** @type {const} */ (["alertmanager", "json"]);
const ID = /^[\w-]{1,36}$/;

const given = object({
  connector: text,
  format: oneOf(FORMATS),
  trigger: optional(record(anything)),
  resolve: optional(record(anything)),
});

/**
 * @param {unknown} value
 * @param {import("../schema.js").Path} [path]
 * @returns {Record<string, Webhook>} by the webhook's id
 */
export function webhooks(value, path = []) {
  const all = record(given)(value, path);
  for (const id of Object.keys(all)) {
    if (ID.test(id)) continue;
    throw new Invalid(
      [...path, id],
      "expected an id of up to 36 letters, digits, hyphens and underscores",
    );
  }
  return Object.fromEntries(
    Object.entries(all).map(([id, { connector, format, ...templates }]) => {
      const { trigger, resolve } = TEMPLATES[format];
      const { trigger: ownTrigger = trigger, resolve: ownResolve = resolve } = templates;
      return [id, { connector, format, trigger: ownTrigger, resolve: ownResolve }];
    }),
  );
}

/**
 * What the connector type says of the templates: a name that it does not know would otherwise show
 * when the first alert fires.
 *
 * @param {Record<string, Webhook>} webhooks
 * @param {import("../../js/types.js").ConnectorType} type
 * @returns {string[]} a line for each template that can never be params
 */
export function problemsOf(webhooks, type) {
  return Object.entries(webhooks).flatMap(([id, webhook]) =>
    /** @type {const} */ (["trigger", "resolve"]).flatMap((which) => {
      try {
        type.validate.params?.schema.parse?.(withoutRendered(webhook[which]));
        return [];
      } catch (error) {
        return [
          `settings: webhooks.${id}.${which}: ${messageOf(error)}. Write it as the params of a ` +
            "rule action (docs/webhooks.md), or leave it out.",
        ];
      }
    }),
  );
}

/**
 * A text of additional fields is JSON once it is rendered, and need not be before.
 *
 * @param {any} template
 */
function withoutRendered(template) {
  const incident = template.subActionParams?.incident;
  if (typeof incident?.additional_fields !== "string") return template;
  const { additional_fields: _text, ...others } = incident;
  return { ...template, subActionParams: { ...template.subActionParams, incident: others } };
}

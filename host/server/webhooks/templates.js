// What becomes of an alert where the settings do not say: params templates, as those of a rule.

/** @typedef {import("./settings.js").Template} Template */

const RESOLVE = {
  subAction: "closeIncident",
  subActionParams: { incident: { correlation_id: "{{correlationId}}" } },
};

/** Standing sections leave no empty lines behind. */
const ALERTMANAGER_DESCRIPTION = `{{#annotations.description}}
{{annotations.description}}

{{/annotations.description}}
Firing since {{startsAt}}
{{#labelPairs}}
{{name}}: {{value}}
{{/labelPairs}}
{{#generatorURL}}
Source: {{generatorURL}}
{{/generatorURL}}
Alertmanager: {{externalURL}}`;

/** @type {Record<"alertmanager" | "json", { trigger: Template, resolve: Template }>} */
export const TEMPLATES = {
  alertmanager: {
    trigger: trigger(ALERTMANAGER_DESCRIPTION, "Alertmanager"),
    resolve: RESOLVE,
  },
  json: {
    trigger: trigger("{{description}}", "Webhook"),
    resolve: RESOLVE,
  },
};

/**
 * @param {string} description
 * @param {string} origin
 */
function trigger(description, origin) {
  return {
    subAction: "pushToService",
    subActionParams: {
      incident: {
        short_description: "{{title}}",
        description,
        correlation_id: "{{correlationId}}",
        correlation_display: origin,
      },
    },
  };
}

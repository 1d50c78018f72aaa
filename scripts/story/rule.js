// The rule of the story: what it watches, and what it asks of the connector for each of its action
// groups. The params are templates, as a user writes them.

const CORRELATION_ID = "{{rule.id}}:{{alert.id}}";

const INCIDENT = {
  correlation_id: CORRELATION_ID,
  correlation_display: "{{rule.name}}",
  short_description: "{{rule.name}}: {{context.host}}",
  description: "{{context.reason}}\n\nTags: {{#rule.tags}}[{{.}}]{{/rule.tags}}",
  category: "software",
};

/** What the rule does, by the action group that an alert is in. */
export const ACTIONS = {
  warning: {
    subAction: "pushToService",
    subActionParams: { incident: { ...INCIDENT, urgency: "2", impact: "2" }, comments: [] },
  },
  critical: {
    subAction: "pushToService",
    subActionParams: {
      incident: { ...INCIDENT, urgency: "1", impact: "2" },
      comments: [{ commentId: "1", comment: "{{context.reason}} ({{alert.actionGroup}})" }],
    },
  },
  recovered: {
    subAction: "closeIncident",
    subActionParams: { incident: { correlation_id: CORRELATION_ID } },
  },
};

/** @typedef {keyof typeof ACTIONS} ActionGroup */

/**
 * What the templates may speak of when an alert is in a group.
 *
 * @param {{ ruleId: string, host: string, actionGroup: ActionGroup, load: number }} alert
 */
export function variablesOf({ ruleId, host, actionGroup, load }) {
  return {
    rule: { id: ruleId, name: "CPU load", tags: ["production", "linux"] },
    alert: { id: host, actionGroup },
    context: { host, reason: `CPU load of ${host} is ${load} %` },
  };
}

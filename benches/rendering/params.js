// Params of rule actions.

/** An incident as a rule's author writes one: 29 texts, 12 of which hold 15 tags in all. */
export const INCIDENT = {
  subAction: "pushToService",
  subActionParams: {
    incident: {
      short_description: "[{{rule.name}}] {{alert.actionGroupName}}",
      description:
        "{{context.message}}\n\nReason: {{kibana.alert.reason}}\n" +
        "Look at the host's own dashboard first. If it is a known maintenance, leave this open.",
      severity: "2",
      urgency: "2",
      impact: "2",
      category: "software",
      subcategory: "operating system",
      correlation_id: "{{rule.id}}:{{alert.id}}",
      correlation_display: "{{rule.name}}",
      externalId: null,
      additional_fields: JSON.stringify({
        u_environment: "production",
        u_service: "{{kibana.alert.rule.category}}",
      }),
    },
    comments: [
      { commentId: "1", comment: "Alert: {{alert.uuid}}" },
      { commentId: "2", comment: "Value: {{context.value}}" },
      { commentId: "3", comment: "State since {{state.start}}" },
      { commentId: "4", comment: "{{rule.url}}" },
      { commentId: "5", comment: "Tags: {{rule.tags}}" },
      { commentId: "6", comment: "Scheduled at {{date}}" },
      { commentId: "7", comment: "{{kibana.alert.status}}" },
      { commentId: "8", comment: "Opened by the alerting rules of the operations team." },
      { commentId: "9", comment: "The runbook is in the team's wiki." },
    ],
  },
};

/** A description that goes through all hits. */
export const LOOP = {
  subAction: "pushToService",
  subActionParams: {
    incident: {
      short_description: "{{rule.name}}",
      description:
        "Hits:\n{{#context.hits}}\n" +
        "- {{_source.host.name}}: {{_source.message}} ({{_source.event.code}})\n" +
        "{{/context.hits}}",
    },
    comments: [],
  },
};

/** A description that holds the whole context as JSON. */
export const DUMP = {
  subAction: "pushToService",
  subActionParams: {
    incident: { short_description: "{{rule.name}}", description: "{{context}}" },
    comments: [],
  },
};

// A query of logs that found more than it should: its hits come as a list.

export const logQuery = {
  name: "Log query",
  variables: {
    date: "2026-03-03T04:05:00.000Z",
    kibanaBaseUrl: "https://kibana.example.com",
    rule: {
      id: "5a7f1e2c-6c4d-11f0-b1a7-0242ac120002",
      name: "Failed payments",
      type: ".es-query",
      spaceId: "default",
      tags: ["payments", "logs"],
      params: { searchType: "esQuery", timeWindowSize: 5, timeWindowUnit: "m", threshold: [10] },
      url: "https://kibana.example.com/app/rules/5a7f1e2c",
    },
    alert: { id: "query matched", actionGroup: "query matched", actionGroupName: "Query matched" },
    context: {
      title: "rule 'Failed payments' matched query",
      conditions: "Number of matching documents is greater than 10",
      value: 42,
      date: "2026-03-03T04:05:00.000Z",
      link: "https://kibana.example.com/app/discover#/?_g=(time:(from:now-5m))",
      hits: [
        {
          _id: "a1",
          _source: { message: "card declined", "service.name": "payments", amount: 19.9 },
        },
        {
          _id: "a2",
          _source: { message: "gateway timeout", "service.name": "payments", amount: 250 },
        },
      ],
    },
    state: {},
  },
  templates: {
    short_description:
      "{{rule.name}}: {{context.value}} within {{rule.params.timeWindowSize}} minutes",
    description:
      "{{context.conditions}}:\n{{#context.hits}}\n* {{_source.service.name}}: " +
      "{{_source.message}} ({{_source.amount}})\n{{/context.hits}}\n\n{{{context.link}}}",
    correlation_display: "{{rule.name}}",
    additional_fields: '{\n  "u_impact_count": {{context.value}}\n}',
  },
};

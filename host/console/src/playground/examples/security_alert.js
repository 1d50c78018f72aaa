// A detection rule: alerts of many levels, with lists in them.

export const securityAlert = {
  name: "Security detection",
  variables: {
    date: "2026-03-03T11:59:59.999Z",
    kibanaBaseUrl: "https://kibana.example.com",
    rule: {
      id: "c9e0ab12-6c4d-11f0-9f0f-0242ac120002",
      name: "Logins from two countries within an hour",
      type: "siem.eqlRule",
      spaceId: "default",
      tags: ["Identity", "Initial access"],
      url: "https://kibana.example.com/app/security/rules/c9e0ab12",
    },
    alert: { id: "default", actionGroup: "default", actionGroupName: "Default" },
    context: {
      results_link: "https://kibana.example.com/app/security/alerts?timerange=1h",
      rule: {
        severity: "high",
        risk_score: 73,
        threat: [
          {
            tactic: { id: "TA0001", name: "Initial Access" },
            technique: [{ id: "T1078", name: "Valid Accounts" }],
          },
        ],
      },
      alerts: [
        {
          "@timestamp": "2026-03-03T11:58:40.000Z",
          "user.name": "j.doe",
          source: { ip: "203.0.113.7", geo: { country_name: "Portugal" } },
          host: { name: "vpn-2", os: { family: "linux" } },
        },
        {
          "@timestamp": "2026-03-03T11:12:03.000Z",
          "user.name": "j.doe",
          source: { ip: "198.51.100.23", geo: { country_name: "Canada" } },
          host: { name: "vpn-1", os: { family: "linux" } },
        },
      ],
    },
    state: { signals_count: 2 },
  },
  templates: {
    short_description:
      "{{rule.name}} ({{state.signals_count}} events, risk {{context.rule.risk_score}})",
    description:
      "{{#context.alerts}}\n{{@timestamp}} {{user.name}} from {{source.geo.country_name}} " +
      "({{source.ip}}) on {{host.name}}\n{{/context.alerts}}\n\n" +
      "{{#context.rule.threat}}{{tactic.name}}: {{#technique}}{{id}} {{name}}{{/technique}}\n" +
      "{{/context.rule.threat}}\n{{{context.results_link}}}",
    correlation_display: "{{rule.name}}",
    additional_fields:
      '{\n  "u_source_ips": "{{#context.alerts}}{{source.ip}} {{/context.alerts}}",\n' +
      '  "u_raw": {{{context.alerts.asJSON}}}\n}',
  },
};

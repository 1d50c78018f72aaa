// A rule on a metric: one alert for each host whose value is over a threshold.

export const metricThreshold = {
  name: "Metric threshold",
  variables: {
    date: "2026-03-02T09:14:05.120Z",
    kibanaBaseUrl: "https://kibana.example.com",
    rule: {
      id: "b6a1c7d0-6c4b-11f0-9d3e-0242ac120002",
      name: "CPU of web servers",
      type: "metrics.alert.threshold",
      spaceId: "default",
      tags: ["web", "production"],
      url: "https://kibana.example.com/app/rules/b6a1c7d0",
    },
    alert: {
      id: "web-1",
      uuid: "3f0d2b66-6c4c-11f0-9d3e-0242ac120002",
      actionGroup: "metrics.threshold.fired",
      actionGroupName: "Alert",
      flapping: false,
      consecutiveMatches: 3,
    },
    context: {
      group: "web-1",
      metric: { condition0: "system.cpu.total.norm.pct" },
      threshold: { condition0: 0.8 },
      value: { condition0: 0.937 },
      reason: "system.cpu.total.norm.pct is 93.7% in the last 5 mins for web-1. Alert when > 80%.",
      timestamp: "2026-03-02T09:14:00.000Z",
      viewInAppUrl: "https://kibana.example.com/app/metrics/detail/host/web-1",
    },
    state: { lastRunTimestamp: 1772442545120 },
  },
  templates: {
    short_description: "{{rule.name}}: {{context.group}} is over its threshold",
    description:
      "{{context.reason}}\n\nSince: {{#FormatDate}}{{{context.timestamp}}}; Europe/Vienna; " +
      "dddd HH:mm{{/FormatDate}}\nValue: {{#FormatNumber}}{{context.value.condition0}}; en-US; " +
      "style: percent{{/FormatNumber}}\n{{{context.viewInAppUrl}}}",
    correlation_display: "{{rule.name}}",
    additional_fields: '{\n  "u_cmdb_ci": "{{context.group}}"\n}',
  },
};

// A monitor that looks from outside whether a page answers.

export const uptime = {
  name: "Uptime monitor",
  variables: {
    date: "2026-03-02T22:40:31.004Z",
    kibanaBaseUrl: "https://kibana.example.com",
    rule: {
      id: "0cf2a9b4-6c4d-11f0-8a41-0242ac120002",
      name: "Shop is reachable",
      type: "xpack.synthetics.alerts.monitorStatus",
      spaceId: "default",
      tags: ["shop"],
      url: "https://kibana.example.com/app/rules/0cf2a9b4",
    },
    alert: {
      id: "shop-checkout-eu-west",
      actionGroup: "xpack.synthetics.alerts.actionGroups.monitorStatus",
      actionGroupName: "Synthetics monitor status",
      flapping: false,
    },
    context: {
      monitorName: "Checkout",
      monitorUrl: "https://shop.example.com/checkout?step=1&lang=de",
      locationName: "Europe West",
      status: "down",
      lastErrorMessage: "HTTP 503 Service Unavailable",
      checkedAt: "2026-03-02T22:40:12.000Z",
      downThreshold: 2,
      checks: { downWithinXChecks: 3, down: 3 },
    },
    state: { firstCheckedAt: "2026-03-02T22:36:12.000Z" },
  },
  templates: {
    short_description:
      "{{context.monitorName}} is {{context.status}} from {{context.locationName}}",
    description:
      "{{{context.monitorUrl}}} answered {{context.lastErrorMessage}} in " +
      "{{context.checks.down}} of {{context.checks.downWithinXChecks}} checks.",
    correlation_display: "{{rule.name}}",
    additional_fields: '{\n  "u_company": "Shop",\n  "u_assignment_group": "Operations"\n}',
  },
};

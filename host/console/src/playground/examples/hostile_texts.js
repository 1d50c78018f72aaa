// Texts that somebody chose to do harm, or that do it by chance: quotes, line breaks, tags, conditions
// of queries, and a name that is far too long.

export const hostileTexts = {
  name: "Hostile texts",
  variables: {
    date: "2026-03-04T00:00:00.000Z",
    kibanaBaseUrl: "https://kibana.example.com",
    rule: {
      id: "r-1^state=1^ORnumberISNOTEMPTY",
      name: '"quoted", \\back\\slashed and <b onclick="alert(1)">bold</b>',
      type: ".es-query",
      spaceId: "default",
      tags: ["{{rule.id}}", "a\nb"],
    },
    alert: {
      id: `host=1&sysparm_limit=1#${"-very-long".repeat(12)}`,
      actionGroup: "query matched",
      actionGroupName: "Query matched",
    },
    context: {
      message: 'line one\nline "two"\ttabbed\u2028separated',
      url: "javascript:alert(document.domain)",
      file: "..\\..\\etc/passwd\u0000.txt",
      name: "Zoë Żółć 東京 \u202Egnp.exe 👩‍💻",
      value: "1; de-DE; style: percent",
    },
    state: {},
  },
  templates: {
    short_description: "{{rule.name}}",
    description: "{{context.message}}\n{{context.name}}\n{{{context.url}}}\n{{context.file}}",
    correlation_display: "{{rule.tags}}",
    additional_fields:
      '{\n  "u_message": "{{context.message}}",\n  "u_name": "{{context.name}}"\n}',
  },
};

// The functions that a template may call (templates.md 3), each with an example to begin from.

export const LAMBDAS = [
  {
    name: "FormatDate",
    example: "{{#FormatDate}} {{{date}}} ; UTC ; YYYY-MM-DD HH:mm {{/FormatDate}}",
  },
  {
    name: "FormatNumber",
    example:
      "{{#FormatNumber}} {{{context.value}}} ; en-US ; maximumFractionDigits: 1 {{/FormatNumber}}",
  },
  { name: "EvalMath", example: "{{#EvalMath}} round({{context.value}} * 100, 1) {{/EvalMath}}" },
  { name: "ParseHjson", example: "{{#ParseHjson}} { name: {{rule.name}}\n } {{/ParseHjson}}" },
  { name: "EncodeURI", example: "{{#EncodeURI}}{{{rule.url}}}{{/EncodeURI}}" },
  {
    name: "EncodeURIComponent",
    example: "{{#EncodeURIComponent}}{{{alert.id}}}{{/EncodeURIComponent}}",
  },
];

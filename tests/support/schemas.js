/** The schemas of the connector type as Kibana has them in zod (servicenow-itsm.md 2). */

/** What no additional field may be called. */
export const RESERVED = [
  "short_description",
  "description",
  "externalId",
  "category",
  "subcategory",
  "correlation_id",
  "correlation_display",
  "additional_fields",
  // Kibana lets this one pass.
  "elastic_incident_id",
];

/**
 * The schemas, in either library.
 *
 * @param {any} z
 * @param {any} getFieldsParams
 */
export function schemasOf(z, getFieldsParams) {
  const object = (/** @type {object} */ shape) => z.object(shape).strict();
  const nullableText = () => z.string().nullable().default(null);
  const correlationId = () => z.string().nullable().default("{{rule.id}}:{{alert.id}}");
  const record = z.record(z.string(), z.any());
  const checkedRecord = record.superRefine(
    (/** @type {object} */ fields, /** @type {any} */ ctx) => {
      const names = Object.keys(fields);
      for (const key of names.filter((name) => RESERVED.includes(name))) {
        const message = `The following properties cannot be defined inside additional_fields: ${key}.`;
        ctx.addIssue({ code: "custom", message, path: [key] });
      }
      if (names.length > 20) {
        const message = "A maximum of 20 fields in additional_fields can be defined at a time.";
        ctx.addIssue({ code: "custom", message });
      }
    },
  );
  const fromJson = (/** @type {unknown} */ value, /** @type {any} */ ctx) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch (error) {
      ctx.addIssue({ code: "custom", message: /** @type {Error} */ (error).message });
      return z.NEVER;
    }
  };
  const incident = object({
    short_description: z.string(),
    description: nullableText(),
    externalId: nullableText(),
    category: nullableText(),
    subcategory: nullableText(),
    correlation_id: correlationId(),
    correlation_display: nullableText(),
    additional_fields: z.preprocess(fromJson, checkedRecord.nullable().default(null)),
    severity: nullableText(),
    urgency: nullableText(),
    impact: nullableText(),
  });
  const comment = object({ comment: z.string(), commentId: z.string() });
  const closing = object({ externalId: nullableText(), correlation_id: correlationId() });
  /** @type {[string, any][]} */
  const subActions = [
    ["getFields", getFieldsParams],
    ["getIncident", object({ externalId: z.string() })],
    ["handshake", object({})],
    ["pushToService", object({ incident, comments: z.array(comment).nullable().default(null) })],
    ["getChoices", object({ fields: z.array(z.string()) })],
    ["closeIncident", object({ incident: closing })],
  ];
  const members = subActions.map(([name, subActionParams]) =>
    object({ subAction: z.literal(name), subActionParams }),
  );
  return {
    config: object({
      apiUrl: z.string(),
      isOAuth: z.boolean().default(false),
      userIdentifierValue: nullableText(),
      clientId: nullableText(),
      jwtKeyId: nullableText(),
      usesTableApi: z.boolean().default(true),
    }),
    secrets: object({
      password: nullableText(),
      username: nullableText(),
      clientSecret: nullableText(),
      privateKey: nullableText(),
      privateKeyPassword: nullableText(),
    }),
    params: z.discriminatedUnion("subAction", members),
  };
}

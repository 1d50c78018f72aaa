// The incident that is created again and again, each time another one.

export const USER = { username: "elastic", password: "changeme" };

let count = 0;

/**
 * Params of `pushToService` as a host has them after validation.
 *
 * @param {number} comments how many
 * @param {string} [correlationId] where each shall not have another one
 */
export function nextParams(comments, correlationId) {
  count += 1;
  return {
    incident: {
      short_description: "CPU of web-1 is over 90 %",
      description: "The CPU of the host web-1 was over 90 % for 5 minutes.",
      externalId: null,
      severity: "2",
      urgency: "2",
      impact: "2",
      category: "software",
      subcategory: "os",
      correlation_id: correlationId ?? `${process.pid}:${count}`,
      correlation_display: "CPU",
      additional_fields: null,
    },
    comments: Array.from({ length: comments }, (_, place) => ({
      commentId: String(place + 1),
      comment: `Comment ${place + 1}: it was the third time this week.`,
    })),
  };
}

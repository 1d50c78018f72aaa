// The case of the story: somebody pushes it to ServiceNow, writes on and pushes it again.

/**
 * @param {object} push
 * @param {string} push.caseId
 * @param {string | null} push.externalId the incident that an earlier push made
 * @param {string} push.description
 * @param {{ commentId: string, comment: string }[]} push.comments those not pushed yet
 */
export function caseParams({ caseId, externalId, description, comments }) {
  return {
    subAction: "pushToService",
    subActionParams: {
      incident: {
        externalId,
        correlation_id: caseId,
        correlation_display: "Elastic Case",
        short_description: "Customers see slow pages",
        description,
        urgency: "2",
      },
      comments,
    },
  };
}

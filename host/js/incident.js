// What an action says about its incident, as far as the host understands params of actions.

/**
 * @param {any} params rendered
 * @returns {string | undefined} by what the incident is found again
 */
export function correlationIdOf(params) {
  const id = params?.subActionParams?.incident?.correlation_id;
  return typeof id === "string" && id.trim() !== "" ? id : undefined;
}

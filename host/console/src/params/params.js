// The params of an action as the forms edit them: exactly what the action is run with
// (servicenow-itsm.md 2.4, 7.4). Nothing here draws anything.

/**
 * What the form knows of an incident. A field that is absent or null is left to its default.
 *
 * @typedef {object} IncidentParams
 * @property {string | null} [short_description]
 * @property {string | null} [description]
 * @property {string | null} [urgency]
 * @property {string | null} [severity]
 * @property {string | null} [impact]
 * @property {string | null} [category]
 * @property {string | null} [subcategory]
 * @property {string | null} [correlation_id]
 * @property {string | null} [correlation_display]
 * @property {string | null} [additional_fields] JSON as text
 */

/** @typedef {{ commentId: string, comment: string }} CommentParams */

/**
 * @typedef {object} ActionParams
 * @property {"pushToService" | "closeIncident"} subAction
 * @property {{ incident: IncidentParams, comments?: CommentParams[] }} subActionParams
 */

/** The correlation ID of a rule's actions, as its template. */
export const DEFAULT_CORRELATION_ID = "{{rule.id}}:{{alert.id}}";

/** @returns {ActionParams} what a test that triggers begins with: nothing is preset */
export function emptyTrigger() {
  return { subAction: "pushToService", subActionParams: { incident: {}, comments: [] } };
}

/** @returns {ActionParams} what a test that resolves begins with */
export function emptyResolve() {
  return { subAction: "closeIncident", subActionParams: { incident: {} } };
}

/** @returns {ActionParams} what a rule's action for alerts that fire begins with */
export function firingDefaults() {
  return withField(emptyTrigger(), "correlation_id", DEFAULT_CORRELATION_ID);
}

/** @returns {ActionParams} what a rule's action for alerts that recover begins with */
export function recoveredDefaults() {
  return withField(emptyResolve(), "correlation_id", DEFAULT_CORRELATION_ID);
}

/**
 * @param {ActionParams} params
 * @param {keyof IncidentParams} field
 * @param {string} text an emptied field is null, as if it had never been filled in
 * @returns {ActionParams} a copy; a category that changes takes its subcategory away
 */
export function withField(params, field, text) {
  const incident = { ...params.subActionParams.incident, [field]: text === "" ? null : text };
  if (field === "category") incident.subcategory = null;
  return { ...params, subActionParams: { ...params.subActionParams, incident } };
}

/**
 * @param {ActionParams} params
 * @param {string} text
 * @returns {ActionParams} a copy; without a text there is no comment, which would cost an update
 */
export function withComment(params, text) {
  const comments = text === "" ? [] : [{ commentId: "1", comment: text }];
  return { ...params, subActionParams: { ...params.subActionParams, comments } };
}

/** @param {ActionParams} params */
export function commentOf({ subActionParams }) {
  return subActionParams.comments?.[0]?.comment ?? "";
}

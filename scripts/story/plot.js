// What happens on a connector, in order, and what each event makes of its incident. That is written
// out here: it is what the templates of the rule have to come to.

import { caseParams } from "./case.js";
import { ACTIONS, variablesOf } from "./rule.js";

/** @typedef {import("servicenow-itsm-host").Host} Host */
/** @typedef {import("servicenow-itsm-host").ExecutorResult} ExecutorResult */
/** @typedef {import("./cast.js").StoryConnector} StoryConnector */

/**
 * @typedef {object} Event
 * @property {string} subject the alert, or the case
 * @property {string} happening
 * @property {string} subAction
 * @property {(host: Host, externalId: string | null) => Promise<ExecutorResult>} run takes the
 *   `sys_id` of the incident that an earlier event of the subject made
 * @property {string} correlationId of the incident that it is about
 * @property {Record<string, string>} columns the incident's columns after it; those that an earlier
 *   event set stay as they are
 * @property {{ commentId: string, comment: string }[]} comments what it adds
 */

const ALERTS = ["web-1", "web-2", "web-3"];
const RECOVERED = ["web-1", "web-2"];

/**
 * @param {StoryConnector} connector
 * @returns {Event[]}
 */
export function plotOf(connector) {
  return [
    ...ALERTS.map((host) => fires(connector, host)),
    ...ALERTS.map((host) => firesAgain(connector, host)),
    ...RECOVERED.map((host) => recovers(connector, host)),
    isPushed(connector),
    isPushedAgain(connector),
  ];
}

/** @type {(connector: StoryConnector, host: string) => Event} */
function fires(connector, host) {
  return {
    ...alertEvent(connector, { host, actionGroup: "warning", load: 91 }),
    happening: "fires",
    columns: {
      ...untouched(connector),
      short_description: `CPU load: ${host}`,
      description: `CPU load of ${host} is 91 %\n\nTags: [production][linux]`,
      category: "software",
      urgency: "2",
      impact: "2",
      correlation_display: "CPU load",
    },
    comments: [],
  };
}

/** @type {(connector: StoryConnector, host: string) => Event} */
function firesAgain(connector, host) {
  return {
    ...alertEvent(connector, { host, actionGroup: "critical", load: 97 }),
    happening: "fires again",
    columns: {
      description: `CPU load of ${host} is 97 %\n\nTags: [production][linux]`,
      urgency: "1",
    },
    comments: [{ commentId: "1", comment: `CPU load of ${host} is 97 % (critical)` }],
  };
}

/** @type {(connector: StoryConnector, host: string) => Event} */
function recovers(connector, host) {
  return {
    ...alertEvent(connector, { host, actionGroup: "recovered", load: 12 }),
    happening: "recovers",
    columns: {
      state: "7",
      close_code: "Closed/Resolved by Caller",
      close_notes: "Closed by Caller",
    },
    comments: [],
  };
}

/** @type {(connector: StoryConnector) => Event} */
function isPushed(connector) {
  const description = "Since this morning, in every region";
  return {
    ...caseEvent(connector, description, []),
    happening: "is pushed",
    columns: {
      ...untouched(connector),
      short_description: "Customers see slow pages",
      description,
      urgency: "2",
      correlation_display: "Elastic Case",
    },
  };
}

/** @type {(connector: StoryConnector) => Event} */
function isPushedAgain(connector) {
  const description = "Since this morning, in Europe only";
  return {
    ...caseEvent(connector, description, [{ commentId: "7", comment: "The cache was full" }]),
    happening: "is pushed again",
    columns: { description },
  };
}

/**
 * What an event of an alert does, as a rule does it.
 *
 * @param {StoryConnector} connector
 * @param {{ host: string, actionGroup: import("./rule.js").ActionGroup, load: number }} alert
 */
function alertEvent({ id: connectorId }, alert) {
  const ruleId = `cpu-${connectorId}`;
  const params = ACTIONS[alert.actionGroup];
  const variables = variablesOf({ ...alert, ruleId });
  return {
    subject: alert.host,
    subAction: params.subAction,
    correlationId: `${ruleId}:${alert.host}`,
    run: (/** @type {Host} */ host) => host.runRuleAction({ connectorId, params, variables }),
  };
}

/**
 * What a push of the case does, as Cases does it: it remembers the incident of the first push.
 *
 * @param {StoryConnector} connector
 * @param {string} description
 * @param {Event["comments"]} comments
 */
function caseEvent({ id: connectorId }, description, comments) {
  const caseId = `case-${connectorId}`;
  /** @type {Event["run"]} */
  const run = (host, externalId) =>
    host.execute({
      connectorId,
      params: caseParams({ caseId, externalId, description, comments }),
    });
  return { subject: "case", subAction: "pushToService", correlationId: caseId, run, comments };
}

/**
 * An incident of the connector's that nobody has touched yet.
 * @param {StoryConnector} connector
 */
function untouched({ user }) {
  return {
    state: "1",
    close_code: "",
    close_notes: "",
    caller_id: user.sysId,
    opened_by: user.sysId,
    sys_created_by: user.userName,
  };
}

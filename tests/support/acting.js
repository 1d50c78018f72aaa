/** A host with network settings, and actions in it. */
import { createCollectingLogger, createHost } from "servicenow-itsm-host";
import { basic } from "./simulated.js";

/** @import { Settings } from "../../host/js/types.js" */

export const ANSWER = JSON.stringify({ result: [{ label: "1 - High", value: "1" }] });

/** @type {import("node:http").RequestListener} */
export const answering = (_request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(ANSWER);
};

const CHOICES = { subAction: "getChoices", subActionParams: { fields: ["urgency"] } };

/**
 * @param {import("../../js/types.js").ConnectorType} type
 * @param {string} apiUrl
 * @param {Settings} [settings]
 */
export async function connect(type, apiUrl, settings) {
  const logger = createCollectingLogger();
  const host = createHost({ settings, logger });
  host.registerType(type);
  const { id } = await host.createConnector({
    name: "ServiceNow",
    typeId: type.id,
    ...basic(apiUrl),
  });
  const execute = (/** @type {object} */ params) => host.execute({ connectorId: id, params });
  return {
    execute,
    /** Runs an action of one request. */
    act: () => execute(CHOICES),
    log: () => logger.entries.map(({ level, message }) => `${level}: ${message}`),
    /** What an operator has to act on before anything goes wrong. */
    warnings: () =>
      logger.entries
        .filter(({ level, message }) => level === "warn" && !message.startsWith("action execution"))
        .map(({ message }) => message),
  };
}

/**
 * The text of an action that failed.
 *
 * @param {string} error
 * @param {string} status
 */
export const failure = (error, status) =>
  `[Action][ServiceNow]: Unable to get choices. Error: ${error} [status=${status}] [method=get] [endpoint=table]`;

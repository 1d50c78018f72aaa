// Whether the connectors that the webhooks name can take alerts. One may be created, or changed,
// while the host runs; those that the settings define stay as they are.

import { HostError, messageOf } from "../../js/errors.js";

/** @typedef {import("./settings.js").Webhook} Webhook */
/** @typedef {import("../context.js").Host} Host */

/**
 * @param {Host} host
 * @param {string} id of the connector
 * @throws {HostError} where there is none, or it would not find the incident of an alert again
 */
export async function ensureFinding(host, id) {
  // Kibana's word for one that goes through the Table API.
  const { isDeprecated } = await host.getConnector(id);
  if (!isDeprecated) return;
  throw new HostError(
    400,
    `Connector ${id} has usesTableApi: true, as it has where the key is left out. Through the ` +
      "Table API every repeat of an alert opens another incident. Set usesTableApi: false, which " +
      "needs the Elastic for ITSM application on the instance",
  );
}

/**
 * @param {Record<string, Webhook>} webhooks
 * @param {Host} host
 * @param {object} preconfigured connectors, by their ids
 * @returns {Promise<{ problems: string[], warnings: string[] }>} a line for each that cannot: what
 *   the settings alone can mend, and the rest
 */
export async function judgeConnectors(webhooks, host, preconfigured) {
  const [problems, warnings] = /** @type {[string[], string[]]} */ ([[], []]);
  for (const [id, { connector }] of Object.entries(webhooks)) {
    try {
      await ensureFinding(host, connector);
    } catch (error) {
      const text = `webhooks.${id}.connector: ${messageOf(error)}`;
      if (Object.hasOwn(preconfigured, connector)) {
        problems.push(`settings: ${text}, or name another connector.`);
      } else {
        warnings.push(`${text}. Create or correct it; until then alerts are refused.`);
      }
    }
  }
  return { problems, warnings };
}

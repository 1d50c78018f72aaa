/** A connector's access token, kept by the host's token client (kibana-host.md 5). */

/**
 * @import { HostTokens } from "../pkg/connector_bg.js"
 * @import { ActionUnderWay } from "./connector_type.js"
 * @import { ConnectorTokenClient, Logger } from "./types.js"
 */

/**
 * @param {ConnectorTokenClient | undefined} client
 * @param {ActionUnderWay} action
 * @param {Logger} logger
 * @returns {HostTokens | undefined} none without a client
 */
export function tokensOf(client, action, logger) {
  if (!client) return undefined;
  const { connectorId } = action;
  return {
    async load() {
      const { connectorToken } = await client.get({ connectorId });
      if (!connectorToken) return null;
      const { token, expiresAt, createdAt } = connectorToken;
      return { token, expiresAt: timeOf(expiresAt), requestedAt: timeOf(createdAt) };
    },
    async save({ token, requestedAt, expiresIn }) {
      // The connector that it belongs to is no more, or another one.
      if (action.isOutdated) return;
      try {
        await client.updateOrReplace({
          connectorId,
          token: null,
          newToken: token,
          expiresInSec: expiresIn,
          tokenRequestDate: requestedAt,
          deleteExisting: true,
        });
      } catch (error) {
        const { message } = /** @type {Error} */ (error);
        logger.warn(
          `Not able to update connector token for connectorId: ${connectorId} due to error: ${message}`,
        );
      }
    },
    async forget() {
      await client.deleteConnectorTokens({ connectorId });
    },
  };
}

/** @param {string | undefined} date */
function timeOf(date) {
  return date ? Date.parse(date) : null;
}

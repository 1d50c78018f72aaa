/** A connector's access token, kept by the host's token client (kibana-host.md 5). */
import { logTo } from "./execute.js";
import { messageOf } from "./thrown.js";

/**
 * @import { HostTokens } from "../pkg/connector_bg.js"
 * @import { ActionUnderWay } from "./connector_type.js"
 * @import { Limits } from "./limits.js"
 * @import { ConnectorTokenClient, Logger } from "./types.js"
 */

/**
 * @param {ConnectorTokenClient | undefined} client
 * @param {ActionUnderWay} action
 * @param {{ limits: Limits, logger: Logger }} io
 * @returns {HostTokens | undefined} none without a client
 */
export function tokensOf(client, action, { limits, logger }) {
  if (!client) return undefined;
  const { connectorId } = action;
  const log = logTo(logger);

  /**
   * A client that fails, or does not answer in time, is done without. It is asked even where the action
   * is over: what it is told then is meant for the next one.
   *
   * @template T
   * @param {string} what is done to the token
   * @param {() => Promise<T>} ask
   * @param {string} [secret] what the client is given, and may quote
   * @returns {Promise<T | undefined>}
   */
  const asked = async (what, ask, secret) => {
    try {
      return await limits.within(async () => ask());
    } catch (error) {
      // An action that is over has not waited long enough to say anything of the client.
      if (limits.exceeded()) return undefined;
      const message = messageOf(error);
      const text = secret ? message.replaceAll(secret, "[secret]") : message;
      log(
        "warn",
        `Not able to ${what} connector token for connectorId: ${connectorId} due to error: ${text}`,
      );
    }
  };

  return {
    async load() {
      const kept = await asked("get", async () => {
        const { connectorToken } = await client.get({ connectorId });
        if (!connectorToken) return null;
        const { token, expiresAt, createdAt } = connectorToken;
        return { token, expiresAt: timeOf(expiresAt), requestedAt: timeOf(createdAt) };
      });
      return kept ?? null;
    },
    async save({ token, requestedAt, expiresIn }) {
      // The connector that it belongs to is no more, or another one.
      if (action.isOutdated) return;
      const update = () =>
        client.updateOrReplace({
          connectorId,
          token: null,
          newToken: token,
          expiresInSec: expiresIn,
          tokenRequestDate: requestedAt,
          deleteExisting: true,
        });
      await asked("update", update, token.slice(token.lastIndexOf(" ") + 1));
    },
    async forget() {
      await asked("delete", () => client.deleteConnectorTokens({ connectorId }));
    },
  };
}

/**
 * A time of a host's in milliseconds; `NaN` where it is none.
 *
 * @param {any} time
 */
export const timeOf = (time) => new Date(time ?? Number.NaN).getTime();

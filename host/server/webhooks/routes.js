// POST /api/webhooks/<id>: alerts from outside become rule actions of a connector. They are stored
// before they are accepted, all of a request or none, so that a sender who hears of a failure can
// send the same again.

import { HostError } from "../../js/errors.js";
import { SettingsError } from "../settings/read.js";
import { readAlertmanager } from "./alertmanager.js";
import { ensureFinding, judgeConnectors } from "./connectors.js";
import { readJson } from "./json.js";
import { problemsOf } from "./settings.js";

/** @typedef {import("./settings.js").Webhook} Webhook */

const READERS = { alertmanager: readAlertmanager, json: readJson };

/** A sender says an alert once. From 202 on nobody else sees to it. */
const RETRY_FOR = 24 * 60 * 60 * 1000;

/** Senders are no browsers, and do not know the header. */
const access = { withoutXsrfHeader: true };

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {import("../context.js").Context} context
 */
export async function webhookRoutes(app, { host, connectorType, settings, logger, ...others }) {
  const { webhooks } = settings;
  const { occurrences, now } = others;
  const log = logger.get("webhooks");
  const { preconfigured = {} } = settings.actions;
  const connectors = await judgeConnectors(webhooks, host, preconfigured);
  const problems = [...problemsOf(webhooks, connectorType), ...connectors.problems];
  if (problems.length > 0) throw new SettingsError(problems);
  for (const text of connectors.warnings) log.warn(text);

  app.post("/api/webhooks/:id", { config: { access } }, async (request, reply) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    const webhook = Object.hasOwn(webhooks, id) ? webhooks[id] : undefined;
    if (webhook === undefined) {
      throw new HostError(404, `There is no webhook of that name. Set webhooks.<id> for it.`);
    }
    const { alerts, truncated } = READERS[webhook.format](request.body);
    if (truncated > 0) {
      // To refuse them would not bring them: they would be left out again.
      log.warn(
        `webhook ${id}: the sender has left out ${truncated} alerts, which open no incidents. ` +
          "Take max_alerts out of Alertmanager's receiver, or group the alerts by more labels.",
      );
    }
    const taskIds = await schedule(id, webhook, alerts);
    return reply.code(202).send({ accepted: taskIds.length, task_ids: taskIds });
  });

  /**
   * @param {string} id
   * @param {Webhook} webhook
   * @param {import("./payload.js").Alert[]} alerts
   */
  async function schedule(id, webhook, alerts) {
    const source = /** @type {const} */ ({ type: "HTTP_REQUEST", source: `webhook ${id}` });
    /** @param {import("./payload.js").Alert} alert */
    const makeAction = (alert) => {
      const correlationId = correlationIdOf(id, alert);
      if (correlationId === undefined) {
        log.info(`webhook ${id}: alert ${alert.id} is over, and was said once more to fire.`);
        return [];
      }
      const action = {
        connectorId: webhook.connector,
        params: alert.status === "firing" ? webhook.trigger : webhook.resolve,
        variables: { ...alert.variables, correlationId },
        source,
        retryForMs: RETRY_FOR,
      };
      return [action];
    };
    const makeActions = () => {
      const actions = alerts.flatMap(makeAction);
      occurrences.prune();
      return actions;
    };
    try {
      await ensureFinding(host, webhook.connector);
      return (await host.scheduleRuleActions(makeActions)).taskIds;
    } catch (error) {
      if (!(error instanceof HostError) || error.statusCode >= 500) throw error;
      // Nothing is wrong with the request: it is to be sent again.
      const { connector } = webhook;
      log.error(`webhook ${id}: its alerts cannot go to connector ${connector}: ${error.message}`);
      throw new HostError(
        503,
        `The alerts cannot be taken now: ${error.message}. Create or correct the connector that ` +
          `webhooks.${id}.connector names, or name another one.`,
      );
    }
  }

  /**
   * The same as long as the alert lasts. An incident that was closed would take up the next
   * occurrence unseen.
   *
   * @param {string} webhook
   * @param {import("./payload.js").Alert} alert
   * @returns {string | undefined} nothing when it fires no more
   */
  function correlationIdOf(webhook, { status, id, startedAt }) {
    const alert = { webhook, alert: id, startedAt };
    const number = occurrences[status === "firing" ? "fires" : "ends"](alert, now());
    if (number === undefined) return undefined;
    // No webhook's id has a dot, so that no two alerts can have the same.
    return `${number === 1 ? webhook : `${webhook}.${number}`}:${id}`;
  }
}

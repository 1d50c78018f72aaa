// A server with webhooks, a connector "sn" for a simulated instance, and what came of alerts there.

import { createCollectingLogger } from "servicenow-itsm-host";
import { startSimulator } from "servicenow-simulator";

import { getConnectorType } from "../../js/index.js";
import { serve } from "./serve.js";

/** How long anything may take, in milliseconds. */
const DEADLINE = 30_000;

/**
 * @param {import("node:test").TestContext} t
 * @param {Record<string, unknown>} webhooks
 * @param {Record<string, unknown>} [settings]
 */
export async function serveWebhooks(t, webhooks, settings) {
  const user = { userName: "svc-elastic", password: "s3cret" };
  const simulator = await startSimulator({ users: [user] });
  t.after(() => simulator.close());
  const connector = {
    config: { apiUrl: simulator.url, usesTableApi: false },
    secrets: { username: user.userName, password: user.password },
  };
  const sn = { name: "ServiceNow", actionTypeId: ".servicenow", ...connector };
  const logger = createCollectingLogger();
  const server = await serve(t, {
    connectorType: getConnectorType(),
    logger,
    settings: { webhooks, "xpack.actions.preconfigured": { sn }, ...settings },
  });
  return {
    ...server,
    simulator,
    connector,
    /** What was logged so far. */
    lines: () => logger.entries.map(({ message }) => message),

    /**
     * Sends a body to a webhook, and waits for the tasks that come of it.
     *
     * @param {string} id
     * @param {unknown} body
     */
    async deliver(id, body) {
      const answer = await server.call("POST", `/api/webhooks/${id}`, {
        body,
        headers: { "kbn-xsrf": "" },
      });
      for (const taskId of answer.body.task_ids ?? []) {
        await until(`task ${taskId} ends`, async () => {
          const { state } = await server.host.getTask(taskId);
          return state === "succeeded" || state === "failed";
        });
      }
      return answer;
    },

    /** Each incident, oldest first. */
    incidents: () => simulator.incidents(),
  };
}

/**
 * @param {string} what is waited for
 * @param {() => boolean | Promise<boolean>} condition
 */
export async function until(what, condition) {
  const end = performance.now() + DEADLINE;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** One alert of Alertmanager's. */
export const ALERT = {
  status: "firing",
  labels: { alertname: "DiskFull", instance: "web-1", severity: "critical" },
  annotations: { summary: "Disk of web-1 is full", description: "91 % of /data" },
  startsAt: "2026-11-24T10:00:00Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "http://prometheus.test/graph?g0.expr=disk",
  fingerprint: "0a1b2c3d4e5f6071",
};

/**
 * Alertmanager's notification about a group.
 *
 * @param {object[]} alerts
 * @param {object} [others]
 */
export const notification = (alerts, others) => ({
  version: "4",
  groupKey: '{}:{alertname="DiskFull"}',
  truncatedAlerts: 0,
  status: "firing",
  receiver: "servicenow",
  groupLabels: { alertname: "DiskFull" },
  commonLabels: { alertname: "DiskFull" },
  commonAnnotations: {},
  externalURL: "http://alertmanager.test",
  alerts,
  ...others,
});

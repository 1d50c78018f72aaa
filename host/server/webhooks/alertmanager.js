// The payload of Prometheus Alertmanager's webhook receivers, version 4: a group of alerts, sent
// when one of them changes, and again from time to time.

import { Invalid, integer, list, oneOf, record, string, text, withDefault } from "../schema.js";
import { atLeast, firstText, STATUSES, timeOf } from "./payload.js";

/** Go writes an empty map as null at times. */
const texts = (
  /** @type {unknown} */ value,
  /** @type {import("../schema.js").Path} */ path = [],
) => record(string)(value ?? {}, path);

const alert = atLeast({
  status: oneOf(STATUSES),
  fingerprint: text,
  labels: texts,
  annotations: texts,
});

const payload = atLeast({
  version,
  alerts: list(alert),
  truncatedAlerts: withDefault(integer(0, Number.MAX_SAFE_INTEGER), 0),
});

/**
 * @param {unknown} body
 * @returns {import("./payload.js").Payload}
 */
export function readAlertmanager(body) {
  const { alerts, truncatedAlerts, ...group } = payload(body, ["body"]);
  return {
    truncated: truncatedAlerts,
    alerts: alerts.map((alert) => ({
      status: alert.status,
      id: alert.fingerprint,
      startedAt: timeOf(alert.startsAt),
      variables: {
        ...group,
        ...alert,
        title: firstText(alert.annotations.summary, alert.labels.alertname, alert.fingerprint),
        labelPairs: Object.entries(alert.labels).map(([name, value]) => ({ name, value })),
      },
    })),
  };
}

/** @type {import("../schema.js").Parser<"4">} */
function version(value, path = []) {
  if (value === "4") return value;
  throw new Invalid(path, 'expected "4": a payload of Alertmanager\'s webhook receivers');
}

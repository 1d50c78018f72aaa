// The plain form, for whatever can send JSON: one alert, or { "alerts": [...] }. Of an alert two
// members are needed; all of them are variables of the templates.

import { isObject, list, oneOf, text } from "../schema.js";
import { atLeast, firstText, STATUSES, timeOf } from "./payload.js";

const alert = atLeast({ status: oneOf(STATUSES), id: text });
const payload = atLeast({ alerts: list(alert) });

/**
 * @param {unknown} body
 * @returns {import("./payload.js").Payload}
 */
export function readJson(body) {
  const isList = isObject(body) && Object.hasOwn(body, "alerts");
  const alerts = isList ? payload(body, ["body"]).alerts : [alert(body, ["body"])];
  return {
    truncated: 0,
    alerts: alerts.map((alert) => ({
      status: alert.status,
      id: alert.id,
      startedAt: timeOf(alert.startsAt),
      variables: { ...alert, title: firstText(alert.title, alert.id) },
    })),
  };
}

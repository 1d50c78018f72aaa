// What rules give to their actions: variables to try templates with, and texts that use them.

import { hostileTexts } from "./hostile_texts.js";
import { logQuery } from "./log_query.js";
import { metricThreshold } from "./metric_threshold.js";
import { securityAlert } from "./security_alert.js";
import { uptime } from "./uptime.js";

/** @typedef {Record<string, unknown>} Variables */

/**
 * @typedef {object} Example
 * @property {string} name
 * @property {Variables & { alert: { id: string } }} variables
 * @property {{ short_description: string, description: string, correlation_display: string,
 *   additional_fields: string }} templates
 */

/** @type {readonly [Example, ...Example[]]} */
export const EXAMPLES = [metricThreshold, uptime, logQuery, securityAlert, hostileTexts];

// Reads the host's settings once, with their defaults (kibana-host.md 6.2).
//
// A setting that cannot be meant is refused here, where its name is known.

import { isIP } from "node:net";

/** @typedef {import("./types.js").Settings} Settings */

/**
 * @typedef {Settings & Required<Pick<Settings, "allowedHosts" | "enabledActionTypes" | "ssl" |
 *   "maxResponseContentLength" | "responseTimeout" | "customHostSettings" | "run">>} FullSettings
 */

const MODES = ["none", "certificate", "full"];

/**
 * @type {Record<keyof Settings, { expected: string, accepts: (value: any) => boolean }>}
 */
const RULES = {
  allowedHosts: { expected: 'a list of host names without ports, or "*"', accepts: areHostNames },
  enabledActionTypes: { expected: 'a list of connector type ids, or "*"', accepts: areStrings },
  proxyUrl: { expected: "a string", accepts: isString },
  proxyHeaders: {
    expected: "an object of strings",
    accepts: (value) => isObject(value) && areStrings(Object.values(value)),
  },
  proxyBypassHosts: { expected: "a list of host names without ports", accepts: areHostNames },
  proxyOnlyHosts: { expected: "a list of host names without ports", accepts: areHostNames },
  ssl: {
    expected: `an object whose modes are each one of ${MODES.join(", ")}`,
    accepts: (value) =>
      isObject(value) &&
      isModeOrAbsent(value.verificationMode) &&
      isModeOrAbsent(value.proxyVerificationMode),
  },
  maxResponseContentLength: { expected: "a number of bytes above 0", accepts: isPositive },
  responseTimeout: { expected: "a number of milliseconds above 0", accepts: isPositive },
  customHostSettings: {
    expected: "a list of objects, each with a url",
    accepts: (value) =>
      Array.isArray(value) && value.every((entry) => isObject(entry) && isString(entry.url)),
  },
  run: {
    expected: "attempts from 1 to 10, and overrides of them by connector type id",
    accepts: (value) =>
      isObject(value) &&
      (value.maxAttempts === undefined || areAttempts(value.maxAttempts)) &&
      (value.connectorTypeOverrides === undefined || areOverrides(value.connectorTypeOverrides)),
  },
  preconfigured: { expected: "an object of connectors by their ids", accepts: isObject },
};

/**
 * @param {Settings} settings
 * @returns {FullSettings}
 */
export function readSettings(settings) {
  /** @type {Record<string, unknown>} */
  const given = {};
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(RULES, name)) {
      const known = Object.keys(RULES).join(", ");
      throw new TypeError(`setting "${name}" is not known: use one of ${known}`);
    }
    const { expected, accepts } = RULES[/** @type {keyof Settings} */ (name)];
    if (!accepts(value)) throw new TypeError(`setting "${name}" must be ${expected}`);
    given[name] = structuredClone(value);
  }
  return {
    allowedHosts: ["*"],
    enabledActionTypes: ["*"],
    ssl: {},
    maxResponseContentLength: 1024 * 1024,
    responseTimeout: 60_000,
    customHostSettings: [],
    run: {},
    ...given,
  };
}

/** @param {unknown} value */
function isString(value) {
  return typeof value === "string" && value !== "";
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
function isPositive(value) {
  return Number.isFinite(value) && Number(value) > 0;
}

/** @param {unknown} value */
function areAttempts(value) {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 10;
}

/** @param {unknown} value */
function areOverrides(value) {
  return (
    Array.isArray(value) &&
    value.every((entry) => isString(entry?.id) && areAttempts(entry.maxAttempts))
  );
}

/** @param {unknown} value */
function areStrings(value) {
  return Array.isArray(value) && value.every(isString);
}

/** @param {unknown} value */
function isModeOrAbsent(value) {
  return value === undefined || MODES.includes(String(value));
}

/** @param {unknown} value */
function areHostNames(value) {
  return (
    Array.isArray(value) &&
    value.every((host) => isString(host) && (isIP(host) !== 0 || !/[:/@\s]/.test(host)))
  );
}

// The settings xpack.actions.*: what each may be (kibana-host.md 6.2), and what the host in
// `../../js/` takes of them. The older TLS switches of 8.x are accepted and turned into the newer.

import {
  anything,
  boolean,
  Invalid,
  integer,
  list,
  object,
  oneOf,
  optional,
  record,
  string,
  text,
  withDefault,
} from "../schema.js";
import { duration, hostNames, httpUrl, size } from "./units.js";

/** @typedef {import("../../js/types.js").Settings} ActionsSettings */

const MODES = /** @type {const} */ (["none", "certificate", "full"]);
const attempts = integer(1, 10);

const customHost = object({
  url: text,
  ssl: optional(
    object({
      verificationMode: optional(oneOf(MODES)),
      rejectUnauthorized: optional(boolean),
      certificateAuthoritiesFiles: optional((value, path) =>
        typeof value === "string" ? text(value, path) : list(text)(value, path),
      ),
      certificateAuthoritiesData: optional(text),
    }),
  ),
  smtp: optional(object({ ignoreTLS: optional(boolean), requireTLS: optional(boolean) })),
});

const preconfiguredConnector = object({
  name: text,
  actionTypeId: text,
  config: withDefault(record(anything), {}),
  secrets: withDefault(record(anything), {}),
  exposeConfig: optional(boolean),
});

/** Each setting below `xpack.actions.`, and its parser. */
export const ACTIONS = {
  allowedHosts: hostNames,
  enabledActionTypes: list(text),
  proxyUrl: httpUrl,
  proxyHeaders: record(string),
  proxyBypassHosts: hostNames,
  proxyOnlyHosts: hostNames,
  "ssl.verificationMode": oneOf(MODES),
  "ssl.proxyVerificationMode": oneOf(MODES),
  rejectUnauthorized: boolean,
  proxyRejectUnauthorizedCertificates: boolean,
  maxResponseContentLength: size,
  responseTimeout: duration,
  customHostSettings: list(customHost),
  preconfigured,
  "run.maxAttempts": attempts,
  "run.connectorTypeOverrides": list(object({ id: text, maxAttempts: attempts })),
};

/** @typedef {{ [Key in keyof typeof ACTIONS]?: ReturnType<(typeof ACTIONS)[Key]> }} GivenActions */

/** @typedef {ReturnType<typeof preconfiguredConnector>} PreconfiguredConnector */

/**
 * @param {unknown} value
 * @param {import("../schema.js").Path} [path]
 * @returns {Record<string, PreconfiguredConnector>}
 */
function preconfigured(value, path = []) {
  const connectors = record(anything)(value, path);
  for (const id of Object.keys(connectors)) {
    if (["", "__proto__", "constructor"].includes(id)) {
      throw new Invalid(path, `invalid preconfigured action id "${id}"`);
    }
  }
  return record(preconfiguredConnector)(connectors, path);
}

/**
 * @param {GivenActions} given
 * @returns {ActionsSettings & { preconfigured?: Record<string, PreconfiguredConnector> }}
 */
export function actionsSettings(given) {
  const {
    "ssl.verificationMode": mode,
    "ssl.proxyVerificationMode": proxyMode,
    "run.maxAttempts": maxAttempts,
    "run.connectorTypeOverrides": connectorTypeOverrides,
    rejectUnauthorized,
    proxyRejectUnauthorizedCertificates,
    customHostSettings,
    ...others
  } = given;
  return {
    ...others,
    ssl: {
      verificationMode: mode ?? modeOf(rejectUnauthorized),
      proxyVerificationMode: proxyMode ?? modeOf(proxyRejectUnauthorizedCertificates),
    },
    run: { maxAttempts, connectorTypeOverrides },
    customHostSettings: customHostSettings?.map(({ url, ssl, smtp }) => ({
      url,
      ...(ssl && { ssl: newerSsl(ssl) }),
      ...(smtp && { smtp }),
    })),
  };
}

/** @param {boolean | undefined} rejectUnauthorized */
function modeOf(rejectUnauthorized) {
  if (rejectUnauthorized === undefined) return undefined;
  return rejectUnauthorized ? "full" : "none";
}

/** @param {NonNullable<ReturnType<typeof customHost>["ssl"]>} ssl */
function newerSsl({ rejectUnauthorized, verificationMode, ...ssl }) {
  return { ...ssl, verificationMode: verificationMode ?? modeOf(rejectUnauthorized) };
}

// What the host's settings allow and ask for, as a connector type may ask it (kibana-host.md 6.1).

import { createCustomHosts } from "./custom_hosts.js";
import { HostError } from "./errors.js";

/** @typedef {import("./types.js").Logger} Logger */
/** @typedef {import("./settings.js").FullSettings} FullSettings */

const DEFAULT_MAX_ATTEMPTS = 3;

/**
 * @param {FullSettings} settings
 * @param {Logger} logger
 * @returns {import("./types.js").ConfigurationUtilities}
 */
export function createConfigurationUtilities(settings, logger) {
  const proxy = readProxy(settings, logger);
  const customHostOf = createCustomHosts(settings.customHostSettings, logger);
  /** @param {string} hostname */
  const isHostnameAllowed = (hostname) => listed(settings.allowedHosts, hostname);
  /** @param {string} uri */
  const isUriAllowed = (uri) => isHostnameAllowed(hostnameOf(uri));
  /** @param {string} id */
  const isActionTypeEnabled = (id) => listed(settings.enabledActionTypes, id);

  return {
    isHostnameAllowed,
    isUriAllowed,
    isActionTypeEnabled,

    ensureHostnameAllowed(hostname) {
      if (!isHostnameAllowed(hostname)) throw new Error(notAllowed("hostname", hostname));
    },
    ensureUriAllowed(uri) {
      if (!isUriAllowed(uri)) throw new Error(notAllowed("url", uri));
    },
    ensureActionTypeEnabled(id) {
      if (isActionTypeEnabled(id)) return;
      throw new HostError(
        403,
        `action type "${id}" is not enabled in the Kibana config xpack.actions.enabledActionTypes`,
      );
    },

    getSSLSettings: () => ({ verificationMode: settings.ssl.verificationMode ?? "full" }),
    getProxySettings: () => proxy,
    getResponseSettings: () => ({
      maxContentLength: settings.maxResponseContentLength,
      timeout: settings.responseTimeout,
    }),
    getCustomHostSettings: customHostOf,

    getMaxAttempts({ actionTypeId, actionTypeMaxAttempts }) {
      const { maxAttempts, connectorTypeOverrides = [] } = settings.run;
      const override = connectorTypeOverrides.find(({ id }) => id === actionTypeId);
      return override?.maxAttempts ?? maxAttempts ?? actionTypeMaxAttempts ?? DEFAULT_MAX_ATTEMPTS;
    },
  };
}

/**
 * @param {readonly string[]} list
 * @param {string} value
 */
function listed(list, value) {
  return list.includes("*") || list.includes(value);
}

/** @param {string} uri @returns {string} empty when the text names no host */
function hostnameOf(uri) {
  if (!URL.canParse(uri)) return "";
  return new URL(uri).hostname.replace(/^\[(.*)\]$/, "$1");
}

/** @param {"hostname" | "url"} what @param {string} target */
function notAllowed(what, target) {
  return `target ${what} "${target}" is not added to the Kibana config xpack.actions.allowedHosts`;
}

/**
 * @param {FullSettings} settings
 * @param {Logger} logger
 * @returns {import("./types.js").ProxySettings | undefined}
 */
function readProxy(settings, logger) {
  const { proxyUrl, proxyHeaders, proxyBypassHosts, proxyOnlyHosts } = settings;
  if (proxyUrl === undefined) return undefined;
  if (!URL.canParse(proxyUrl)) {
    logger.warn("the setting proxyUrl is not a URL; no proxy is used");
    return undefined;
  }
  if (proxyBypassHosts && proxyOnlyHosts) {
    logger.warn("proxyBypassHosts and proxyOnlyHosts are both set; proxyOnlyHosts is ignored");
  }
  const onlyHosts = proxyBypassHosts ? undefined : proxyOnlyHosts;
  return {
    proxyUrl,
    proxyHeaders,
    proxyBypassHosts: proxyBypassHosts && new Set(proxyBypassHosts),
    proxyOnlyHosts: onlyHosts && new Set(onlyHosts),
    proxySSLSettings: { verificationMode: settings.ssl.proxyVerificationMode ?? "full" },
  };
}

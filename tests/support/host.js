/** What a host hands to a connector type, as little of it as there may be. */

/** @import { ExecutorOptions } from "../../js/types.js" */

export const BASIC = {
  config: { usesTableApi: false },
  secrets: { username: "elastic", password: "changeme" },
};

/**
 * A logger that keeps what it is told.
 *
 * @returns {import("../../js/types.js").Logger & { lines: string[] }}
 */
export function createLogger() {
  /** @type {string[]} */
  const lines = [];
  const log = (/** @type {string} */ level) => (/** @type {string} */ message) => {
    lines.push(`${level}: ${message}`);
  };
  return { lines, debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
}

/**
 * @param {string[]} [allowedHosts]
 * @param {{ maxContentLength?: number, timeout?: number }} [responseSettings]
 */
export function createConfigurationUtilities(allowedHosts = ["*"], responseSettings) {
  const isAllowed = (/** @type {string} */ hostname) =>
    allowedHosts.includes("*") || allowedHosts.includes(hostname);
  const suffix = "is not added to the Kibana config xpack.actions.allowedHosts";
  return {
    ensureUriAllowed(/** @type {string} */ uri) {
      if (!isAllowed(new URL(uri).hostname)) throw new Error(`target url "${uri}" ${suffix}`);
    },
    ensureHostnameAllowed(/** @type {string} */ hostname) {
      if (!isAllowed(hostname)) throw new Error(`target hostname "${hostname}" ${suffix}`);
    },
    ...(responseSettings && {
      getResponseSettings: () => ({
        maxContentLength: 1_048_576,
        timeout: 60_000,
        ...responseSettings,
      }),
    }),
  };
}

/**
 * Validates as a host does, then executes.
 *
 * @param {import("../../js/types.js").ConnectorType} type
 * @param {{ config: object, secrets: object, params: object } &
 *   Partial<Omit<ExecutorOptions, "config" | "secrets" | "params">>} options
 */
export async function run(type, { config, secrets, params, ...others }) {
  const { validate } = type;
  const configurationUtilities = others.configurationUtilities ?? createConfigurationUtilities();
  const broken = validate.connector(config, secrets);
  if (broken) throw new Error(broken);
  const parsed = {
    config: validate.config.schema.parse(config),
    secrets: validate.secrets.schema.parse(secrets),
    params: validate.params.schema.parse(params),
  };
  validate.config.customValidator(parsed.config, { configurationUtilities });
  validate.secrets.customValidator(parsed.secrets);
  return type.executor({
    actionId: "c-1",
    logger: createLogger(),
    ...others,
    configurationUtilities,
    ...parsed,
  });
}

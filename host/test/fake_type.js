// A connector type that is as small as the contract allows, to drive the host with.

import { createHost } from "servicenow-itsm-host";

/** @typedef {import("servicenow-itsm-host").ConnectorType} ConnectorType */
/** @typedef {import("servicenow-itsm-host").ExecutorOptions} ExecutorOptions */

/**
 * A schema whose two methods tell which of them was called.
 *
 * @param {string[]} calls
 * @param {string} what
 * @param {(value: any) => any} normalise
 */
function schema(calls, what, normalise) {
  /** @type {(method: string) => (value: unknown) => any} */
  const method = (name) => (value) => {
    calls.push(`${what}.${name}`);
    return normalise(value);
  };
  return { validate: method("validate"), parse: method("parse") };
}

/**
 * @param {Partial<ConnectorType>} [overrides]
 * @param {string[]} [calls] every call of a validator is noted here
 * @returns {ConnectorType}
 */
export function fakeType(overrides = {}, calls = []) {
  return {
    id: ".fake",
    name: "Fake",
    minimumLicenseRequired: "gold",
    supportedFeatureIds: ["alerting", "cases"],
    validate: {
      params: {
        schema: schema(calls, "params", (value) => {
          if (typeof value?.text !== "string") throw new Error("text is missing");
          return { loud: false, ...value };
        }),
      },
      config: {
        schema: schema(calls, "config", (value) => {
          if (typeof value?.apiUrl !== "string") throw new Error("apiUrl is missing");
          return { isOAuth: false, ...value };
        }),
        customValidator(config, { configurationUtilities }) {
          calls.push("config.customValidator");
          configurationUtilities.ensureUriAllowed(config.apiUrl);
        },
      },
      secrets: {
        schema: schema(calls, "secrets", (value) => ({ password: null, ...value })),
        customValidator(secrets) {
          calls.push("secrets.customValidator");
          if (secrets.password === "wrong") throw new Error("password is wrong");
        },
      },
      connector(config, secrets) {
        calls.push("connector");
        return config.isOAuth && secrets.password ? "password is of no use with OAuth" : null;
      },
    },
    executor: async ({ params }) => ({ status: "ok", data: params }),
    renderParameterTemplates: (_logger, params, variables) => ({
      ...params,
      text: params.text.replaceAll("{{name}}", String(variables.name)),
    }),
    ...overrides,
  };
}

/**
 * A host with the fake type and one connector of it, whose id is `"c"`.
 *
 * @param {Partial<ConnectorType>} [overrides]
 * @param {import("servicenow-itsm-host").HostOptions} [options]
 */
export async function hostWithConnector(overrides, options) {
  const host = createHost(options);
  host.registerType(fakeType(overrides));
  await host.createConnector({
    id: "c",
    name: "One",
    typeId: ".fake",
    config: { apiUrl: "https://sn.example.com" },
    secrets: { password: "hunter2" },
  });
  return host;
}

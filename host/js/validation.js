// Has a connector type check its params, config and secrets, and words what it refuses
// (kibana-host.md 2).
//
// Whatever a schema throws, its message is taken as it is: a type whose schemas throw a schema
// library's own errors gets no prettier text here.

import { HostError, messageOf } from "./errors.js";

/** @typedef {import("./types.js").ConnectorType} ConnectorType */

/**
 * @typedef {object} Validation each returns the normalised value or throws a `HostError`
 * @property {(type: ConnectorType, params: unknown) => any} params
 * @property {(type: ConnectorType, config: unknown) => any} config
 * @property {(type: ConnectorType, secrets: unknown) => any} secrets
 * @property {(type: ConnectorType, config: unknown, secrets: unknown) => void} connector gets the
 *   raw values, as the caller or the store has them
 */

/**
 * @param {import("./generation.js").Generation} generation
 * @param {import("./types.js").ConfigurationUtilities} configurationUtilities
 * @returns {Validation}
 */
export function createValidation(generation, configurationUtilities) {
  /**
   * @param {import("./types.js").Validator} validator
   * @param {unknown} value
   */
  const run = ({ schema, customValidator }, value) => {
    const method = generation.schemaMethod;
    if (typeof schema[method] !== "function") throw new Error(`the schema has no ${method}()`);
    const normalised = schema[method](value);
    customValidator?.(normalised, { configurationUtilities });
    return normalised;
  };

  return {
    params: (type, params) =>
      prefixed("error validating action params", () => run(type.validate.params, params)),

    config: (type, config) =>
      prefixed(`error validating ${generation.typeNoun} config`, () =>
        run(type.validate.config, config),
      ),

    secrets(type, secrets) {
      const missing = secrets === null || secrets === undefined;
      if (missing && generation.skipsMissingSecrets) return secrets;
      return prefixed(`error validating ${generation.typeNoun} secrets`, () =>
        run(type.validate.secrets, missing ? {} : secrets),
      );
    },

    connector(type, config, secrets) {
      const { connector } = type.validate;
      if (connector === undefined) return;
      prefixed("error validating action type connector", () => {
        if (config === null || config === undefined) throw new Error("config must be defined");
        if (secrets === null || secrets === undefined) throw new Error("secrets must be defined");
        const fault = connector(config, secrets);
        if (fault !== null) throw new Error(fault);
      });
    },
  };
}

/**
 * @template T
 * @param {string} prefix
 * @param {() => T} check
 * @returns {T}
 */
function prefixed(prefix, check) {
  try {
    return check();
  } catch (thrown) {
    throw new HostError(400, `${prefix}: ${messageOf(thrown)}`);
  }
}

// The registry of connector types: what may be registered, and what is (kibana-host.md 1 and 9).

import { HostError } from "./errors.js";

/** @typedef {import("./types.js").ConnectorType} ConnectorType */
/** @typedef {import("./types.js").ListedConnectorType} ListedConnectorType */
/** @typedef {import("./generation.js").Generation} Generation */

/** From the least to the most. A third party's type needs at least gold. */
const LICENSES = ["basic", "standard", "gold", "platinum", "enterprise", "trial"];

export class ConnectorTypes {
  /** @type {Map<string, ConnectorType>} */
  #types = new Map();
  #generation;
  #configurationUtilities;

  /**
   * @param {Generation} generation
   * @param {import("./types.js").ConfigurationUtilities} configurationUtilities
   */
  constructor(generation, configurationUtilities) {
    this.#generation = generation;
    this.#configurationUtilities = configurationUtilities;
  }

  /**
   * Takes a shallow copy of the type: later changes to its fields have no effect.
   *
   * @param {ConnectorType} type
   */
  register(type) {
    checkLicense(type);
    if (this.#types.has(type.id)) {
      throw new Error(`Action type "${type.id}" is already registered.`);
    }
    checkFeatureIds(type, this.#generation);
    checkPrivileges(type);
    this.#types.set(type.id, { ...type });
  }

  /**
   * @param {string} id
   * @returns {ConnectorType}
   */
  get(id) {
    const type = this.#types.get(id);
    if (type === undefined) throw new HostError(400, `Action type "${id}" is not registered.`);
    return type;
  }

  /** @param {string} id may be of no type: connectors outlive theirs */
  find(id) {
    return this.#types.get(id);
  }

  /** @param {string} id */
  isDeprecated(id) {
    return this.find(id)?.isDeprecated ?? false;
  }

  /**
   * @param {string} [featureId] only the types that support it
   * @returns {ListedConnectorType[]}
   */
  list(featureId) {
    const isEnabled = this.#configurationUtilities.isActionTypeEnabled;
    return [...this.#types.values()]
      .filter((type) => featureId === undefined || type.supportedFeatureIds.includes(featureId))
      .map((type) => ({
        id: type.id,
        name: type.name,
        enabled: isEnabled(type.id),
        enabledInConfig: isEnabled(type.id),
        enabledInLicense: true,
        minimumLicenseRequired: type.minimumLicenseRequired,
        supportedFeatureIds: [...type.supportedFeatureIds],
        isSystemActionType: type.isSystemActionType ?? false,
        isDeprecated: type.isDeprecated ?? false,
        ...(this.#generation.listsTypeSource && { source: type.source ?? "stack" }),
      }));
  }
}

/** @param {ConnectorType} type */
function checkLicense({ id, minimumLicenseRequired }) {
  const rank = LICENSES.indexOf(minimumLicenseRequired);
  if (rank === -1) {
    throw new Error(`"${minimumLicenseRequired}" is not a valid license type`);
  }
  if (rank < LICENSES.indexOf("gold")) {
    throw new Error(
      `Third party action type "${id}" can only set minimumLicenseRequired to a gold license or ` +
        "higher",
    );
  }
}

/**
 * @param {ConnectorType} type
 * @param {Generation} generation
 */
function checkFeatureIds({ id, supportedFeatureIds }, generation) {
  if (!(supportedFeatureIds?.length > 0)) {
    throw new Error(
      `At least one "supportedFeatureId" value must be supplied for connector type "${id}".`,
    );
  }
  if (supportedFeatureIds.some((feature) => feature.length > generation.longestFeatureId)) {
    throw new Error(
      `Feature IDs for connector type "${id}" must not exceed ` +
        `${generation.longestFeatureId} characters.`,
    );
  }
  if (!supportedFeatureIds.every((feature) => generation.featureIds.includes(feature))) {
    const all = supportedFeatureIds.join(",");
    throw new Error(`Invalid feature ids "${all}" for connector type "${id}".`);
  }
}

/** @param {ConnectorType} type */
function checkPrivileges({ getKibanaPrivileges, isSystemActionType, subFeature }) {
  if (getKibanaPrivileges && !isSystemActionType && !subFeature) {
    throw new Error(
      "Kibana privilege authorization is only supported for system actions and action types that " +
        "are registered under a sub-feature",
    );
  }
}

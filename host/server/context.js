// What the routes are given.

/** @typedef {import("../js/index.js").Host} Host */

/**
 * @typedef {object} HealthFault
 * @property {"error"} status
 * @property {string} code
 * @property {string} message
 * @property {string} remedy
 * @property {number} [httpStatus]
 * @property {string} [endpoint]
 */

/**
 * @typedef {object} HealthChecker
 * @property {(check: { config: unknown, secrets: unknown,
 *   configurationUtilities: import("../js/types.js").ConfigurationUtilities,
 *   logger: import("../js/types.js").Logger }) =>
 *   Promise<{ status: "ok", data: unknown } | HealthFault>} [checkHealth]
 */

/**
 * @typedef {object} Context
 * @property {Host} host
 * @property {import("../js/types.js").ConnectorType & HealthChecker} connectorType
 * @property {import("./settings/read.js").ServerSettings} settings
 * @property {import("./security/authentication.js").Authentication} authentication
 * @property {import("../js/types.js").Logger} logger
 * @property {string} generation
 * @property {string} version
 * @property {string} consoleFiles
 */

export {};

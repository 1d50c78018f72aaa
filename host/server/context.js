// What the routes are given.

/** @typedef {import("../js/index.js").Host} Host */

/** @typedef {Partial<Pick<import("../../js/types.js").ConnectorType, "checkHealth">>} HealthChecker */

/**
 * @typedef {object} Context
 * @property {Host} host
 * @property {import("../js/types.js").ConnectorType & HealthChecker} connectorType
 * @property {import("./settings/read.js").ServerSettings} settings
 * @property {import("./security/authentication.js").Authentication} authentication
 * @property {import("../js/types.js").Logger} logger
 * @property {import("../js/index.js").Store["occurrences"]} occurrences of alerts from outside
 * @property {() => number} now milliseconds since 1970
 * @property {string} generation
 * @property {string} version
 * @property {string} consoleFiles
 */

export {};

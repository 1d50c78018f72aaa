// What the host's REST API takes and gives, in its own snake_case (kibana-host.md 9).

/**
 * @typedef {object} ConnectorConfig
 * @property {string} apiUrl
 * @property {boolean} [isOAuth]
 * @property {string | null} [clientId]
 * @property {string | null} [userIdentifierValue]
 * @property {string | null} [jwtKeyId]
 * @property {boolean} [usesTableApi] absent where a connector is older than the setting
 */

/**
 * @typedef {object} ConnectorSecrets
 * @property {string} [username]
 * @property {string} [password]
 * @property {string} [clientSecret]
 * @property {string} [privateKey] PEM
 * @property {string} [privateKeyPassword]
 */

/**
 * @typedef {object} Connector
 * @property {string} id
 * @property {string} name
 * @property {string} connector_type_id
 * @property {ConnectorConfig} [config] not of a preconfigured one
 * @property {boolean} is_preconfigured
 * @property {boolean} is_deprecated
 * @property {boolean} [is_missing_secrets]
 * @property {boolean} is_system_action
 * @property {boolean} is_connector_type_deprecated
 * @property {number} [referenced_by_count] in lists only
 */

/**
 * @typedef {object} ConnectorType
 * @property {string} id
 * @property {string} name
 * @property {boolean} enabled
 * @property {boolean} enabled_in_config
 * @property {boolean} enabled_in_license
 * @property {string} minimum_license_required
 * @property {string[]} supported_feature_ids
 */

/** @typedef {{ name: string, config: ConnectorConfig, secrets: ConnectorSecrets }} ConnectorToSave */

/**
 * @typedef {{
 *   status: "ok", connector_id: string, data?: any,
 * } | {
 *   status: "error", connector_id: string, message: string, service_message?: string,
 *   retry?: boolean | string | null, errorSource?: "user" | "framework", errorName?: string,
 *   errorMeta?: { remedy?: string },
 * }} ExecutionResult
 */

/**
 * @typedef {{
 *   ok: true, application: { name?: string, version?: string, scope?: string },
 * } | {
 *   ok: false, code: string, message: string, remedy: string, httpStatus?: number, endpoint?: string,
 * }} Health
 */

/**
 * @typedef {object} ConsoleContext
 * @property {string} connectorTypeId the type of the connectors that the page makes
 * @property {{ url: string } | null} simulator
 * @property {string} generation of Kibana that the host behaves as
 * @property {string} version
 */

/**
 * @typedef {object} Task
 * @property {string} id
 * @property {string} connector_id
 * @property {"waiting" | "running" | "succeeded" | "failed"} state
 * @property {number} attempts
 * @property {number} max_attempts
 * @property {string} run_at
 * @property {string} created_at
 * @property {ExecutionResult | null} [result]
 */

/**
 * @typedef {object} Event
 * @property {string | number} id
 * @property {string} timestamp
 * @property {string} action
 * @property {string | null} [outcome]
 * @property {string | null} [connector_id]
 * @property {string | null} [connector_name]
 * @property {string | null} [type_id]
 * @property {string | null} [task_id]
 * @property {number | null} [attempt]
 * @property {any} [source]
 * @property {string | null} [message]
 * @property {string | null} [service_message]
 * @property {string | null} [remedy]
 * @property {number | null} [duration_ms]
 * @property {number | null} [request_body_bytes]
 */

/** @typedef {Record<string, any> & { number?: string, sys_id?: string }} Incident */

export {};

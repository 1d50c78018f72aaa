// Every endpoint of the host that the page asks, one function each.

import { request, requestOnce } from "./request.js";

export { ApiError, onLoginNeeded } from "./request.js";

/**
 * @import { Connector, ConnectorToSave, ConnectorType, ConsoleContext } from "./types.js"
 * @import { Event, ExecutionResult, Health, Incident, Task } from "./types.js"
 */

const CONNECTOR = "/api/actions/connector";

/** @param {string} id */
const connectorPath = (id) => `${CONNECTOR}/${encodeURIComponent(id)}`;

// Session

/**
 * @param {{ username: string, password: string }} credentials
 * @returns {Promise<{ username: string }>}
 */
export const login = (credentials) =>
  requestOnce("POST", "/internal/security/login", { body: credentials });

/** @returns {Promise<void>} */
export const logout = () => requestOnce("POST", "/internal/security/logout");

/** @returns {Promise<{ username: string }>} */
export const getUser = () => requestOnce("GET", "/internal/security/me");

// Connectors

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<Connector[]>}
 */
export const listConnectors = (signal) => request("GET", "/api/actions/connectors", { signal });

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<ConnectorType[]>}
 */
export const listConnectorTypes = (signal) =>
  request("GET", "/api/actions/connector_types", { signal });

/**
 * @param {string} id
 * @param {AbortSignal} [signal]
 * @returns {Promise<Connector>}
 */
export const getConnector = (id, signal) => request("GET", connectorPath(id), { signal });

/**
 * @param {ConnectorToSave & { connector_type_id: string }} connector
 * @param {AbortSignal} [signal]
 * @returns {Promise<Connector>}
 */
export const createConnector = (connector, signal) =>
  request("POST", CONNECTOR, { body: connector, signal });

/**
 * @param {string} id
 * @param {ConnectorToSave} connector replaces all that was saved, secrets too
 * @param {AbortSignal} [signal]
 * @returns {Promise<Connector>}
 */
export const updateConnector = (id, connector, signal) =>
  request("PUT", connectorPath(id), { body: connector, signal });

/**
 * @param {string} id
 * @returns {Promise<void>}
 */
export const deleteConnector = (id) => request("DELETE", connectorPath(id));

/**
 * @param {string} id
 * @param {{ subAction: string, subActionParams: Record<string, any> }} params
 * @param {AbortSignal} [signal]
 * @returns {Promise<ExecutionResult>}
 */
export const executeConnector = (id, params, signal) =>
  request("POST", `${connectorPath(id)}/_execute`, { body: { params }, signal });

// The page's own

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<ConsoleContext>}
 */
export const getContext = (signal) => request("GET", "/internal/console/context", { signal });

/**
 * @param {Omit<ConnectorToSave, "name">} connector
 * @param {AbortSignal} [signal]
 * @returns {Promise<Health>}
 */
export const checkHealth = (connector, signal) =>
  request("POST", "/internal/console/health_check", { body: connector, signal });

/**
 * @param {{ connector_id: string, params: object, variables: object }} action
 * @returns {Promise<{ task_id: string }>}
 */
export const runRuleAction = (action) =>
  request("POST", "/internal/console/rule_actions", { body: action });

/**
 * @param {string} id
 * @param {AbortSignal} [signal]
 * @returns {Promise<Task>}
 */
export const getTask = (id, signal) =>
  request("GET", `/internal/console/tasks/${encodeURIComponent(id)}`, { signal });

/**
 * @param {{ connector_id?: string, task_id?: string, outcome?: string, limit?: number,
 *   before?: string | number }} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ events: Event[] }>}
 */
export const listEvents = (query = {}, signal) =>
  request("GET", "/internal/console/events", { query, signal });

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ incidents: Incident[] }>}
 */
export const listIncidents = (signal) => request("GET", "/internal/console/incidents", { signal });

/**
 * A ServiceNow ITSM connector for Kibana and hosts of its shape.
 *
 * `getConnectorType` is for hosts that register connector types, `createConnector` for direct use.
 */
export { createConnector } from "./connector.js";
export { getConnectorType } from "./connector_type.js";
export { ConnectorError } from "./error.js";

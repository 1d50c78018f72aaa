// Where the page leads to outside the host.

/** The Elastic for ITSM application in the ServiceNow store. */
export const STORE =
  "https://store.servicenow.com/sn_appstore_store.do#!/store/application/7148dbc91bf1f450ced060a7234bcb88";

/** How to get an instance to try things on. */
export const DEVELOPER_INSTANCE =
  "https://developer.servicenow.com/dev.do#!/guides/madrid/now-platform/pdi-guide/obtaining-a-pdi";

/** What an action's params mean; the correlation ID above all. */
export const ACTION_PARAMS =
  "https://www.elastic.co/docs/reference/kibana/connectors-kibana/servicenow-action-type#servicenow-action-configuration";

// A process that validates once.
const { getConnectorType } = require("servicenow-itsm-connector");

getConnectorType().validate.config.schema.parse({ apiUrl: "https://dev12345.service-now.com" });

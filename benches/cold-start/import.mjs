// A process that validates once.
import { getConnectorType } from "servicenow-itsm-connector";

getConnectorType().validate.config.schema.parse({ apiUrl: "https://dev12345.service-now.com" });

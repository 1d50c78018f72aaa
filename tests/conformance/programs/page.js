// The suite in a page that knows where the module is by itself.
import * as it from "servicenow-itsm-connector";
import { report } from "./report.js";

report(it);

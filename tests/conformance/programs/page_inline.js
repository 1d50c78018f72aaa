// The suite in a page of a single script.
import * as it from "servicenow-itsm-connector/inline";
import { report } from "./report.js";

report(it);

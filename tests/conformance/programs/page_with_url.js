// The suite in a page whose bundler hands the module's address over.
import * as it from "servicenow-itsm-connector";
import file from "servicenow-itsm-connector/connector.wasm";
import { report } from "./report.js";

report(it, new URL(file, import.meta.url));

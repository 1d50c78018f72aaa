// Prints the suite's report: for runtimes that have a command line.
import * as it from "servicenow-itsm-connector";
import { runSuite } from "./suite/suite.js";

console.log(JSON.stringify(await runSuite(it)));

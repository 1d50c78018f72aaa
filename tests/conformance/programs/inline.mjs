// Prints the suite's report, from a program of one file.
import * as it from "servicenow-itsm-connector/inline";
import { runSuite } from "./suite/suite.js";

runSuite(it).then((report) => console.log(JSON.stringify(report)));

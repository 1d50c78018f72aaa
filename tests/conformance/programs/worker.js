// The suite in workerd, as its test.
import * as it from "servicenow-itsm-connector";
import { runSuite } from "./suite/suite.js";

export default {
  async test() {
    console.log(JSON.stringify(await runSuite(it)));
  },
};

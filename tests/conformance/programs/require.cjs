// The same for a service of the older kind.
const it = require("servicenow-itsm-connector");

import("./suite/suite.js").then(async ({ runSuite }) => {
  console.log(JSON.stringify(await runSuite(it)));
});

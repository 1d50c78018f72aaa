// Loads a plugin as Kibana does, and runs the suite on what it registers and offers.
const { plugin } = require("./plugin/server");

(async () => {
  const types = [];
  const { setup, start } = await plugin({});
  const it = setup({}, { actions: { registerType: (type) => types.push(type) } });
  start({}, {});
  const { runSuite } = await import("./suite/suite.js");
  const getConnectorType = (options) => (options ? it.getConnectorType(options) : types[0]);
  console.log(JSON.stringify(await runSuite({ ...it, getConnectorType })));
})();

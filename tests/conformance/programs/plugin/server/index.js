// A Kibana plugin's server side, in CommonJS.
const it = require("servicenow-itsm-connector");

exports.plugin = () => ({
  setup(_core, { actions }) {
    actions.registerType(it.getConnectorType());
    return it;
  },
  start() {},
});

"use strict";
/**
 * The server side of the Kibana plugin: registers the connector type (kibana-host.md 8).
 *
 * This file is the plugin's `server/index.js`. `scripts/kibana/` puts the package into the plugin as
 * well, and into `registration.json` what the plugin was built for.
 */
const { getConnectorType } = require("servicenow-itsm-connector");
const registration = require("./registration.json");

/** @import { ConnectorType, SchemaLibrary } from "../js/types.js" */

/** @typedef {{ actions: { registerType(type: ConnectorType): void } }} Plugins */

/** What Kibana calls for an instance of the plugin. */
exports.plugin = () => ({
  /**
   * @param {unknown} _core
   * @param {Plugins} plugins
   */
  setup(_core, { actions }) {
    const { id, schemaLibrary } = registration;
    const library = /** @type {SchemaLibrary} */ (schemaLibrary);
    actions.registerType(getConnectorType({ id, schemaLibrary: library }));
  },
  // Nothing to do, but Kibana calls it without asking whether it is there.
  start() {},
  stop() {},
});

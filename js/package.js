/** What the package offers, for one runtime: `index.js`, `web.js`, `workerd.js`, `inline.js`. */
import { makeConnector } from "./connector.js";
import { makeConnectorType } from "./connector_type.js";
import { Core } from "./core.js";
import { privateKeyFunctions } from "./private_key.js";

/**
 * @import { Connector, ConnectorSettings, ConnectorTypeOptions } from "./api.js"
 * @import { ModuleSource } from "./api.js"
 * @import { FetchOf } from "./fetch.js"
 * @import { ConnectorType, FetchLike } from "./types.js"
 */

/**
 * What differs from runtime to runtime.
 *
 * @typedef {object} Runtime
 * @property {import("./core.js").Loader} loader
 * @property {FetchOf} fetchOfHost the runtime's `fetch`, on the way that a host's settings want
 * @property {(fetch: FetchLike) => FetchOf} fetchOfUser
 * @property {() => import("../pkg/connector_bg.js").Bindings} [createBindings] those of another
 *   module
 */

/** @param {Runtime} runtime */
export function packageFor({ loader, createBindings, ...fetches }) {
  const core = new Core(loader, createBindings);
  return {
    /**
     * @param {ModuleSource} [source]
     * @returns {Promise<void>}
     */
    init: (source) => core.init(source),
    /**
     * @param {ConnectorSettings} settings
     * @returns {Connector}
     */
    createConnector: (settings) => makeConnector(core, settings),
    /**
     * @param {ConnectorTypeOptions} [options]
     * @returns {ConnectorType}
     */
    getConnectorType: (options) => makeConnectorType({ core, ...fetches }, options),
    ...privateKeyFunctions(core),
  };
}

// The package on the module with faults on purpose.
import { ConnectorError } from "./node_modules/servicenow-itsm-connector/js/error.js";
import { packageFor } from "./node_modules/servicenow-itsm-connector/js/package.js";
import { runFaults } from "./suite/faults.js";
import { createBindings } from "./traps/connector_bg.js";

/** @param {BufferSource | WebAssembly.Module} module */
export function reportFaults(module) {
  const isCompiled = module instanceof WebAssembly.Module;
  const loader = { load: async () => (isCompiled ? module : WebAssembly.compile(module)) };
  const fetchOfUser = (fetch) => () => fetch;
  const made = packageFor({ loader, createBindings, fetchOfHost: fetchOfUser(fetch), fetchOfUser });
  return made.init().then(() => runFaults({ ...made, ConnectorError }));
}

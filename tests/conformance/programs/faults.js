// The package on the module with faults on purpose.
import { ConnectorError } from "./node_modules/servicenow-itsm-connector/js/error.js";
import { packageFor } from "./node_modules/servicenow-itsm-connector/js/package.js";
import { runFaults } from "./suite/faults.js";
import { createBindings } from "./traps/connector_bg.js";

/** @param {BufferSource} bytes of the module */
export function reportFaults(bytes) {
  const loader = { load: () => WebAssembly.compile(bytes) };
  const fetchOfUser = (fetch) => () => fetch;
  const made = packageFor({ loader, createBindings, fetchOfHost: fetchOfUser(fetch), fetchOfUser });
  return made.init().then(() => runFaults({ ...made, ConnectorError }));
}

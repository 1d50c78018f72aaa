/** The package for programs of a single file, the module included; `index.js` says what it offers. */
import { fetchOfHost, fetchOfUser } from "./fetch.js";
import { loader } from "./load/inline.js";
import { packageFor } from "./package.js";

export const { createConnector, describePrivateKey, getConnectorType, init, makeCertificate } =
  packageFor({
    loader,
    fetchOfHost,
    fetchOfUser,
  });
export { ConnectorError } from "./error.js";

/** The package for workerd; `index.js` says what it offers. */
import { fetchOfHost, fetchOfUser } from "./fetch.js";
import { loader } from "./load/workerd.js";
import { packageFor } from "./package.js";

export const { createConnector, describePrivateKey, getConnectorType, init, makeCertificate } =
  packageFor({
    loader,
    fetchOfHost,
    fetchOfUser,
  });
export { ConnectorError } from "./error.js";

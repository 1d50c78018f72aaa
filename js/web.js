/** The package for a browser, or where else there are no files; `index.js` says what it offers. */
import { fetchOfHost, fetchOfUser } from "./fetch.js";
import { loader } from "./load/web.js";
import { packageFor } from "./package.js";

export const { createConnector, describePrivateKey, getConnectorType, init, makeCertificate } =
  packageFor({
    loader,
    fetchOfHost,
    fetchOfUser,
  });
export { ConnectorError } from "./error.js";

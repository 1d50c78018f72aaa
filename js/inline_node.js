/** The same as `inline.js`, where a host's proxy and TLS settings can be followed: in Node and Deno. */
import { loader } from "./load/inline.js";
import { fetchOfHost, fetchOfUser } from "./network/fetch.js";
import { packageFor } from "./package.js";

export const { createConnector, describePrivateKey, getConnectorType, init, makeCertificate } =
  packageFor({
    loader,
    fetchOfHost,
    fetchOfUser,
  });
export { ConnectorError } from "./error.js";

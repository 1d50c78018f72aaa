/**
 * A ServiceNow ITSM connector for Kibana and hosts of its shape: in Node, Deno and Bun. The other
 * runtimes have the same in `web.js`, `workerd.js` and `inline.js`.
 */
import { loader } from "./load/node.js";
import { fetchOfHost, fetchOfUser } from "./network/fetch.js";
import { packageFor } from "./package.js";

const made = packageFor({ loader, fetchOfHost, fetchOfUser });

/**
 * A connector for direct use. Throws a `ConnectorError` where a setting is missing, unknown or of
 * another type.
 */
export const createConnector = made.createConnector;

/** The connector type that a host registers. */
export const getConnectorType = made.getConnectorType;

/**
 * What a private key is: its bits, its format, and whether it takes a passphrase to open it. Throws a
 * `ConnectorError` that says what is wrong with it.
 */
export const describePrivateKey = made.describePrivateKey;

/**
 * A certificate of a private key, as PEM, for ServiceNow's JWT verifier map: X.509, signed by the key
 * itself with SHA-256. Throws a `ConnectorError` that says what is wrong with the key or the request.
 */
export const makeCertificate = made.makeCertificate;

/**
 * Loads the module. In a browser it must be awaited before anything else is called; where the module
 * comes with the program, as in Node or in workerd, there is no need to.
 *
 * It takes the module's URL, its bytes, a `Response` or a `WebAssembly.Module`, or a promise of one;
 * without any it takes the module that the package brings. Once the module is there, further calls do
 * nothing; after a failure it can be tried again. Rejects with a `ConnectorError`.
 */
export const init = made.init;

export { ConnectorError } from "./error.js";

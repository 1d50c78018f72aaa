/** What a form asks of a private key, without a connector. */
import { ConnectorError } from "./error.js";
import { MACHINE } from "./execute.js";

/**
 * @import { Bindings } from "../pkg/connector_bg.js"
 * @import { CertificateRequest, EnteredKey, KeyDescription } from "./api.js"
 * @import { Core } from "./core.js"
 */

/** @param {Core} core */
export function privateKeyFunctions(core) {
  /**
   * @template T
   * @param {(bindings: Bindings) => T} use
   */
  const ask = (use) => {
    try {
      return core.call(use);
    } catch (thrown) {
      throw ConnectorError.from(thrown);
    }
  };
  return {
    /**
     * @param {EnteredKey} key
     * @returns {KeyDescription}
     */
    describePrivateKey: (key) => ask((it) => it.describePrivateKey(key)),
    /**
     * @param {CertificateRequest} request
     * @returns {string} PEM
     */
    makeCertificate: (request) => ask((it) => it.makeCertificate(MACHINE, request)),
  };
}

/** Certificates that nobody trusts until they are told to. */
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { makeCertificate } from "servicenow-simulator/certificate";

/**
 * A key and its certificate, which is its own authority.
 *
 * @param {string[]} hosts that it is good for
 */
export async function certify(hosts) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // Authorities are told apart by their names.
  const cert = await makeCertificate({ privateKey, name: randomUUID(), hosts });
  return { key: String(privateKey.export({ type: "pkcs8", format: "pem" })), cert };
}

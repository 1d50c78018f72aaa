// Makes what an OAuth connector signs with: a private key under a passphrase, for the connector,
// and a certificate of it, for the instance.

import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { makeCertificate } from "servicenow-simulator/certificate";

/**
 * @param {string} passphrase
 * @returns {Promise<{ privateKey: string, certificate: string }>} both PEM: the key, RSA of 3072
 *   bits, as encrypted PKCS#8
 */
export async function makeSigningKey(passphrase) {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 3072,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
  });
  const certificate = await makeCertificate({
    privateKey: { key: privateKey, passphrase },
    name: "ServiceNow ITSM connector",
    days: 1,
  });
  return { privateKey, certificate };
}

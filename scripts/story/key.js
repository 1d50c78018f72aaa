// Makes what an OAuth connector signs with: a private key under a passphrase, for the connector,
// and a certificate of it, for the instance.

import "reflect-metadata";

import { createPrivateKey, generateKeyPair, webcrypto } from "node:crypto";
import { promisify } from "node:util";
import { X509CertificateGenerator } from "@peculiar/x509";

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @param {string} passphrase
 * @returns {Promise<{ privateKey: string, certificate: string }>} both PEM: the key as encrypted
 *   PKCS#8, the certificate valid from a day ago to a day from now
 */
export async function makeSigningKey(passphrase) {
  const pair = await promisify(generateKeyPair)("rsa", {
    modulusLength: 3072,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
  });
  return {
    privateKey: pair.privateKey,
    certificate: await certificateOf(pair.publicKey, pair.privateKey, passphrase),
  };
}

/**
 * @param {Buffer} publicKey
 * @param {string} privateKey
 * @param {string} passphrase
 */
async function certificateOf(publicKey, privateKey, passphrase) {
  const pkcs8 = createPrivateKey({ key: privateKey, passphrase }).export({
    type: "pkcs8",
    format: "der",
  });
  const { subtle } = webcrypto;
  const now = Date.now();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: "CN=ServiceNow ITSM connector",
      keys: {
        publicKey: await subtle.importKey("spki", publicKey, ALGORITHM, true, ["verify"]),
        privateKey: await subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]),
      },
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + DAY_MS),
    },
    // The library's types know the browser's Crypto only; Node's is the same interface.
    /** @type {Crypto} */ (/** @type {unknown} */ (webcrypto)),
  );
  return certificate.toString("pem");
}

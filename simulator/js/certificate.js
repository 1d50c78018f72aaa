/** @file Makes X.509 certificates at run time: for HTTPS, and for keys that sign assertions. */

import "reflect-metadata";
import { createPrivateKey, createPublicKey, generateKeyPairSync, webcrypto } from "node:crypto";
import { isIP } from "node:net";

import * as x509 from "@peculiar/x509";

/** @import { KeyLike, KeyObject, PrivateKeyInput } from "node:crypto" */

const DAY = 24 * 60 * 60 * 1000;

const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/**
 * Makes a self-signed certificate for a key.
 *
 * @param {object} wanted
 * @param {KeyLike | PrivateKeyInput} wanted.privateKey an RSA or P-256 key: a `KeyObject`, a PEM,
 *   or `{ key, passphrase }` for an encrypted PEM
 * @param {string} wanted.name the common name
 * @param {string[]} [wanted.hosts] names and addresses that the certificate is good for
 * @param {number} [wanted.days] how long it is good; a year when absent. It has expired when this is
 *   less than 0, but more than -1
 * @returns {Promise<string>} the certificate as PEM
 */
export async function makeCertificate({ privateKey, name, hosts = [], days = 365 }) {
  const key =
    typeof privateKey === "object" && "asymmetricKeyType" in privateKey
      ? /** @type {KeyObject} */ (privateKey)
      : createPrivateKey(/** @type {string | Buffer | PrivateKeyInput} */ (privateKey));
  const algorithm = algorithmOf(key);
  const publicKey = createPublicKey(key.export({ type: "pkcs8", format: "pem" }));
  const keys = {
    privateKey: await webcrypto.subtle.importKey(
      "pkcs8",
      key.export({ type: "pkcs8", format: "der" }),
      algorithm,
      false,
      ["sign"],
    ),
    publicKey: await webcrypto.subtle.importKey(
      "spki",
      publicKey.export({ type: "spki", format: "der" }),
      algorithm,
      true,
      ["verify"],
    ),
  };
  // A clock that is a little behind must not find the certificate in its future.
  const notBefore = new Date(Date.now() - DAY);
  const extensions = [new x509.BasicConstraintsExtension(true, undefined, true)];
  /** @type {import("@peculiar/x509").JsonGeneralNames} */
  const names = hosts.map((value) => ({ type: isIP(value) ? "ip" : "dns", value }));
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [name] }],
      notBefore,
      notAfter: new Date(notBefore.getTime() + (days + 1) * DAY),
      signingAlgorithm: algorithm,
      keys: /** @type {any} */ (keys),
      extensions:
        names.length > 0
          ? [...extensions, new x509.SubjectAlternativeNameExtension(names)]
          : extensions,
    },
    /** @type {any} */ (webcrypto),
  );
  return `${certificate.toString("pem")}\n`;
}

/**
 * @typedef {object} Certificates one key, and what connections can be shown for it
 * @property {string} key
 * @property {{ good: string, expired: string, "other-host": string }} shown
 */

/**
 * A new key and its certificates for serving HTTPS on this machine: one that is good, and those
 * of the fault `certificate-bad`.
 *
 * @param {string} host an address to cover besides `localhost` and `127.0.0.1`
 * @returns {Promise<Certificates>}
 */
export async function makeServerCertificates(host) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = "ServiceNow simulator";
  const hosts = [...new Set(["localhost", "127.0.0.1", host])];
  const [good, expired, otherHost] = await Promise.all([
    makeCertificate({ privateKey, name, hosts }),
    makeCertificate({ privateKey, name, hosts, days: -0.5 }),
    makeCertificate({ privateKey, name, hosts: ["elsewhere.example.com"] }),
  ]);
  const key = String(privateKey.export({ type: "pkcs8", format: "pem" }));
  return { key, shown: { good, expired, "other-host": otherHost } };
}

/** @param {KeyObject} key */
function algorithmOf(key) {
  if (key.type === "private" && key.asymmetricKeyType === "rsa") return RSA;
  if (key.type === "private" && key.asymmetricKeyDetails?.namedCurve === "prime256v1") return EC;
  throw new TypeError("privateKey must be a private RSA or P-256 key");
}

// Private keys and assertions: signed here, verified by the runtime's own cryptography.

import data from "./data.js";
import { equal, failureOf, ok } from "./expect.js";

const SETTINGS = {
  apiUrl: "https://dev1.service-now.com",
  clientId: "client-1",
  clientSecret: "a b&c=d",
  jwtKeyId: "key-1",
  userIdentifierValue: "svc@example.com",
};

/**
 * The form of the token request that a connector with this key sends.
 *
 * @param {import("./suite.js").Package} it
 * @param {object} key
 */
async function tokenRequest(it, key) {
  let sent = "";
  /** @type {any} */
  const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    equal(url, "https://dev1.service-now.com/oauth_token.do");
    sent = String(init.body);
    return new Response("{}", { status: 401 });
  };
  const serviceNow = it.createConnector({ ...SETTINGS, ...key, fetch });
  equal((await failureOf(() => serviceNow.getFields())).code, "token_refused");
  return new URLSearchParams(sent);
}

/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** @param {string} text */
const fromBase64Url = (text) => bytesOf(text.replaceAll("-", "+").replaceAll("_", "/"));

/** @param {string} assertion */
async function verified(assertion) {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const spki = derOf(data.keys.publicKey);
  const key = await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
  const [header = "", payload = "", signature = ""] = assertion.split(".");
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  ok(await crypto.subtle.verify(algorithm, key, fromBase64Url(signature), signed), "it verifies");
  return [header, payload].map((part) => JSON.parse(new TextDecoder().decode(fromBase64Url(part))));
}

/**
 * The parts of a DER value, each with its head.
 *
 * @param {Uint8Array} der
 * @returns {Uint8Array[]}
 */
function partsOf(der) {
  const parts = [];
  let [at, end] = extentOf(der, 0);
  while (at < end) {
    const [, next] = extentOf(der, at);
    parts.push(der.subarray(at, next));
    at = next;
  }
  return parts;
}

/**
 * Where the contents of a DER value begin and end.
 *
 * @param {Uint8Array} der
 * @param {number} at
 * @returns {[number, number]}
 */
function extentOf(der, at) {
  const first = der[at + 1] ?? 0;
  const more = first < 0x80 ? 0 : first - 0x80;
  const bytes = [...der.subarray(at + 2, at + 2 + more)];
  const length = more ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : first;
  return [at + 2 + more, at + 2 + more + length];
}

/** @param {string} pem */
const derOf = (pem) => bytesOf(pem.replace(/-----[^-]+-----|\s/g, ""));

/** @type {import("./suite.js").Case[]} */
export const keys = [
  ...Object.entries(data.keys.private).map(
    /** @returns {import("./suite.js").Case} */ ([name, key]) => [
      `an assertion signed with the key ${name} verifies`,
      async (it) => {
        const form = await tokenRequest(it, key);
        equal([...form.keys()], ["assertion", "client_id", "client_secret", "grant_type"]);
        equal(form.get("client_secret"), "a b&c=d");
        const [header, payload] = await verified(String(form.get("assertion")));
        equal([header.alg, header.kid], ["RS256", "key-1"]);
        equal([payload.iss, payload.sub], ["client-1", "svc@example.com"]);
        equal(payload.exp, payload.iat + 3600);
        ok(Math.abs(payload.iat - Date.now() / 1000) < 60, "it is of now");
      },
    ],
  ),
  [
    "a form learns what a key is",
    async (it) => {
      const { encrypted, "PKCS#1": plain } = data.keys.private;
      equal(it.describePrivateKey(plain), { bits: 2048, format: "PKCS#1", encrypted: false });
      equal(it.describePrivateKey(encrypted), { bits: 2048, format: "PKCS#8", encrypted: true });
      const wrong = { ...encrypted, privateKeyPassword: "wrong" };
      const error = await failureOf(() => it.describePrivateKey(wrong));
      ok(error instanceof it.ConnectorError, "a ConnectorError");
      equal(error.code, "private_key_passphrase_wrong");
    },
  ],
  [
    "a certificate is the key's own",
    async (it) => {
      const { encrypted } = data.keys.private;
      const request = { ...encrypted, commonName: "Überwachung 🚨", days: 30 };
      const [signed, , signature] = partsOf(derOf(it.makeCertificate(request)));
      const parts = partsOf(/** @type {Uint8Array} */ (signed));
      equal([...(parts[6] ?? [])], [...derOf(data.keys.publicKey)], "the public key");
      const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
      const spki = derOf(data.keys.publicKey);
      const key = await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
      const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (signature).slice(5);
      const message = /** @type {Uint8Array<ArrayBuffer>} */ (signed).slice();
      ok(await crypto.subtle.verify(algorithm, key, bytes, message), "it verifies");
      const error = await failureOf(() => it.makeCertificate({ ...request, days: 0 }));
      equal(error.code, "invalid");
    },
  ],
  [
    "what is wrong with a key stands in the error",
    async (it) => {
      const { privateKey } = data.keys.private.encrypted;
      const fetch = () => Promise.reject(new Error("nothing is sent"));
      const serviceNow = it.createConnector({
        ...SETTINGS,
        privateKey,
        privateKeyPassword: "wrong",
        fetch,
      });
      const error = await failureOf(() => serviceNow.getFields());
      equal(error.code, "private_key_passphrase_wrong");
      ok(error.remedy.length > 0, "there is a remedy");
    },
  ],
];

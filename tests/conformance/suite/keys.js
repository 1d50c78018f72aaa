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
  const spki = bytesOf(data.keys.publicKey.replace(/-----[^-]+-----|\s/g, ""));
  const key = await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
  const [header = "", payload = "", signature = ""] = assertion.split(".");
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  ok(await crypto.subtle.verify(algorithm, key, fromBase64Url(signature), signed), "it verifies");
  return [header, payload].map((part) => JSON.parse(new TextDecoder().decode(fromBase64Url(part))));
}

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

// Ways to sign a JWT assertion as ServiceNow wants it (servicenow-itsm.md 6): RS256, with `kid`.

import { createPrivateKey } from "node:crypto";
import { importPKCS8, SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";
import jsrsasign from "jsrsasign";
import forge from "node-forge";
import { createConnector } from "servicenow-itsm-connector";
import { rewritten } from "./keys.js";

/** @import { Contender } from "../measure.js" */
/** @import { Key } from "./keys.js" */

const KEY_ID = "key-1";
const CLIENT = "client-1";
const USER = "svc@example.com";
const HOUR = 3600;

const seconds = () => Math.floor(Date.now() / 1000);
const claims = () => ({ sub: USER, aud: CLIENT, iss: CLIENT });
const times = () => ({ iat: seconds(), exp: seconds() + HOUR });

/**
 * The ways, each for one key: `first` opens the key and signs, `next` signs with what there is to be
 * kept of an open key. Each gives an assertion, or a promise of one.
 *
 * @type {Record<string, (key: Key) => { first: Contender, next: Contender }>}
 */
export const WAYS = {
  "this package": (key) => {
    // More than any cache would hold, and none of them seen before.
    const others = Array.from({ length: 100 }, (_, count) => rewritten(key, count));
    const connector = signingConnector(key.pem, key.passphrase);
    return {
      first: (call) => signingConnector(others[call % others.length] ?? "", key.passphrase)(),
      next: () => connector(),
    };
  },
  // It opens the key each time, and so does whoever calls it with a PEM: the built-in type.
  jsonwebtoken: (key) => {
    const sign = () =>
      jsonwebtoken.sign({ ...claims(), ...times() }, secretOf(key), {
        algorithm: "RS256",
        keyid: KEY_ID,
      });
    return { first: sign, next: sign };
  },
  jose: (key) => {
    const open = async () =>
      // It opens no encrypted keys: Node does.
      key.passphrase === undefined
        ? importPKCS8(key.pem, "RS256")
        : createPrivateKey({ key: key.pem, passphrase: key.passphrase });
    const kept = open();
    const sign = async (/** @type {ReturnType<typeof open>} */ opened) =>
      new SignJWT({ ...claims(), ...times() })
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: KEY_ID })
        .sign(await opened);
    return { first: () => sign(open()), next: () => sign(kept) };
  },
  "node-forge": (key) => {
    const open = () =>
      key.passphrase === undefined
        ? forge.pki.privateKeyFromPem(key.pem)
        : forge.pki.decryptRsaPrivateKey(key.pem, key.passphrase);
    const kept = open();
    const sign = (/** @type {forge.pki.rsa.PrivateKey} */ opened) => {
      const input = signingInput();
      const digest = forge.md.sha256.create().update(input);
      const signature = Buffer.from(opened.sign(digest), "binary").toString("base64url");
      return `${input}.${signature}`;
    };
    return { first: () => sign(open()), next: () => sign(kept) };
  },
  jsrsasign: (key) => {
    const open = () => jsrsasign.KEYUTIL.getKey(key.pem, key.passphrase);
    const kept = open();
    const header = { alg: "RS256", typ: "JWT", kid: KEY_ID };
    const sign = (/** @type {any} */ opened) =>
      jsrsasign.KJUR.jws.JWS.sign("RS256", header, { ...claims(), ...times() }, opened);
    return { first: () => sign(open()), next: () => sign(kept) };
  },
};

/** Those that compute the signature in JavaScript; the others leave that to OpenSSL. */
export const PURE_JAVASCRIPT = ["node-forge", "jsrsasign"];

function signingInput() {
  const header = { alg: "RS256", typ: "JWT", kid: KEY_ID };
  return [header, { ...claims(), ...times() }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
}

/** @param {Key} key */
function secretOf({ pem, passphrase }) {
  return passphrase === undefined ? pem : { key: pem, passphrase };
}

/**
 * A connector whose every action signs in anew, because the instance's tokens have ended as soon as
 * they are given; an action is one request beside that. No network is asked.
 *
 * @param {string} privateKey
 * @param {string} [privateKeyPassword]
 * @returns {() => Promise<string>} the assertion of one action
 */
function signingConnector(privateKey, privateKeyPassword) {
  let assertion = "";
  const { getChoices } = createConnector({
    apiUrl: "https://dev1.service-now.com",
    clientId: CLIENT,
    clientSecret: "client-s3cret",
    jwtKeyId: KEY_ID,
    userIdentifierValue: USER,
    privateKey,
    privateKeyPassword,
    fetch: async (url, { body }) => {
      if (!url.endsWith("/oauth_token.do")) return answer({ result: [] });
      assertion = new URLSearchParams(body).get("assertion") ?? "";
      return answer({ access_token: "token", token_type: "Bearer", expires_in: 0 });
    },
  });
  return async () => {
    await getChoices({ fields: ["urgency"] });
    return assertion;
  };
}

/** What one action of such a connector costs beside the signature: the same without signing in. */
export function actionAlone() {
  const { getChoices } = createConnector({
    apiUrl: "https://dev1.service-now.com",
    username: "elastic",
    password: "changeme",
    fetch: async () => answer({ result: [] }),
  });
  return () => getChoices({ fields: ["urgency"] });
}

/** @param {object} body */
function answer(body) {
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeProtectedHeader, importX509, jwtVerify } from "jose";
import { createConnector } from "servicenow-itsm-connector";
import { keyFile, PASSPHRASE } from "./support/keys.js";

const CONNECTOR = {
  apiUrl: "https://dev1.service-now.com",
  clientId: "client-1",
  clientSecret: "a b&c=d",
  jwtKeyId: "key-1",
  userIdentifierValue: "svc@example.com",
};

/**
 * The form of the token request that a connector with this key sends.
 *
 * @param {{ privateKey: string, privateKeyPassword?: string }} key
 */
async function tokenRequest(key) {
  /** @type {RequestInit | undefined} */
  let sent;
  /** @type {any} */
  const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    assert.equal(url, "https://dev1.service-now.com/oauth_token.do");
    sent = init;
    return new Response("{}", { status: 401 });
  };
  const serviceNow = createConnector({ ...CONNECTOR, ...key, fetch });
  await assert.rejects(serviceNow.getFields(), { code: "token_refused" });
  return new URLSearchParams(String(sent?.body));
}

test("an independent library accepts the assertion, whatever form the key has", async () => {
  const certificate = await importX509(keyFile("certificate"), "RS256");
  for (const [name, privateKeyPassword] of [
    ["pkcs1"],
    ["pkcs8"],
    ["encrypted-aes256-hmacWithSHA512", PASSPHRASE],
    ["encrypted-scrypt", PASSPHRASE],
    ["traditional-des3", PASSPHRASE],
  ]) {
    const form = await tokenRequest({ privateKey: keyFile(String(name)), privateKeyPassword });
    const assertion = String(form.get("assertion"));
    const options = { issuer: "client-1", audience: "client-1", subject: "svc@example.com" };
    const { payload } = await jwtVerify(assertion, certificate, options);
    assert.deepEqual(decodeProtectedHeader(assertion), {
      alg: "RS256",
      typ: "JWT",
      kid: "key-1",
    });
    assert.equal(payload.exp, Number(payload.iat) + 3600);
    assert.ok(Math.abs(Number(payload.iat) - Date.now() / 1000) < 60);
  }
});

test("no two assertions are the same", async () => {
  const key = { privateKey: keyFile("pkcs8") };
  const [first, second] = [await tokenRequest(key), await tokenRequest(key)];
  assert.notEqual(first.get("assertion"), second.get("assertion"));
});

test("the token request is a form with its fields in order", async () => {
  const form = await tokenRequest({ privateKey: keyFile("pkcs8") });
  assert.deepEqual([...form.keys()], ["assertion", "client_id", "client_secret", "grant_type"]);
  assert.equal(form.get("client_secret"), "a b&c=d");
  assert.equal(form.get("grant_type"), "urn:ietf:params:oauth:grant-type:jwt-bearer");
});

test("what is wrong with a key stands in the error, with what to do about it", async () => {
  const fetch = () => assert.fail("nothing is sent");
  for (const [name, privateKeyPassword, code, text] of /** @type {const} */ ([
    ["encrypted-default", "wrong", "private_key_passphrase_wrong", "The passphrase does not open"],
    ["encrypted-default", undefined, "private_key_passphrase_missing", "passphrase is missing"],
    ["certificate", undefined, "private_key_is_certificate", "This is a certificate"],
    ["ec", undefined, "private_key_elliptic_curve", "not an RSA key"],
  ])) {
    const privateKey = keyFile(name);
    const serviceNow = createConnector({ ...CONNECTOR, privateKey, privateKeyPassword, fetch });
    await assert.rejects(serviceNow.getFields(), (/** @type {any} */ error) => {
      assert.equal(error.code, code);
      assert.match(error.message, new RegExp(text));
      assert.ok(error.message.includes(error.remedy), "the remedy stands in the text too");
      return true;
    });
  }
});

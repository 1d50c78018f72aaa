// A simulated instance, a user and an OAuth client whose secrets are canaries, and what is sent to it.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { makeCertificate } from "servicenow-itsm-connector";
import { startSimulator } from "servicenow-simulator";
import { Canaries } from "./canaries.js";

/** @import { KeyObject } from "node:crypto" */

/** @typedef {Awaited<ReturnType<typeof plant>>} Planted */

/** The origin of the pages that may ask the instance. */
export const PAGE = "https://page.example.com";

export async function plant() {
  const canaries = new Canaries();
  const password = canaries.make("the password");
  const clientSecret = canaries.make("the client secret");
  const passphrase = canaries.make("the passphrase");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  plantNumbers(canaries, privateKey);
  const keys = keysOf(privateKey, passphrase);
  Object.assign(keys.broken, otherKeys(canaries));
  for (const [form, pem] of Object.entries(keys.encrypted)) {
    // The first lines say how the rest is encrypted.
    const body = pem.trim().split("\n").slice(6, -1).join("");
    canaries.text(`the key's PEM, ${form}`, body);
  }
  const certificate = makeCertificate({ privateKey: keys.pkcs8, commonName: "elastic", days: 30 });
  const verifierMaps = [{ keyId: "key-1", certificate }];
  const simulator = await startSimulator({
    seed: 1,
    https: true,
    corsRules: [{ domain: PAGE }],
    users: [{ userName: "elastic", password, email: "elastic@example.com" }],
    oauthClients: [{ clientId: "client-1", clientSecret, userField: "email", verifierMaps }],
  });
  const oauth = {
    clientId: "client-1",
    clientSecret,
    jwtKeyId: "key-1",
    userIdentifierValue: "elastic@example.com",
  };
  return {
    canaries,
    simulator,
    password,
    clientSecret,
    passphrase,
    keys,
    /** Each way to sign in. */
    signIns: {
      basic: { username: "elastic", password },
      "plain key": { ...oauth, privateKey: keys.pkcs1 },
      "encrypted key": {
        ...oauth,
        privateKey: keys.encrypted.pkcs8,
        privateKeyPassword: passphrase,
      },
    },
    /** @type {typeof globalThis.fetch} */
    fetch: (url, init) => plantedFetch(canaries, url, init),
    /** Makes canaries of what is secret in a request. */
    note: (/** @type {RequestInit | undefined} */ init) => note(canaries, init),
    /** The same of the answer to a request for a token. */
    noteTokens: (/** @type {string} */ answer) => noteTokens(canaries, answer),
  };
}

/**
 * @param {Canaries} canaries
 * @param {KeyObject} key
 */
function plantNumbers(canaries, key) {
  const numbers = key.export({ format: "jwk" });
  for (const [member, name] of Object.entries({
    d: "d",
    p: "p",
    q: "q",
    dp: "dP",
    dq: "dQ",
    qi: "qInv",
  })) {
    const number = Buffer.from(String(numbers[member]), "base64url");
    canaries.number(`the key's ${name}`, number);
  }
}

/**
 * @param {KeyObject} key
 * @param {string} passphrase
 */
function keysOf(key, passphrase) {
  const cipher = "aes-256-cbc";
  const pem = /** @type {const} */ ("pem");
  const der = key.export({ type: "pkcs8", format: "der" });
  const pkcs8 = String(key.export({ type: "pkcs8", format: pem }));
  return {
    pkcs8,
    pkcs1: String(key.export({ type: "pkcs1", format: pem })),
    encrypted: {
      pkcs8: String(key.export({ type: "pkcs8", format: pem, cipher, passphrase })),
      traditional: String(key.export({ type: "pkcs1", format: pem, cipher, passphrase })),
    },
    /** Everything that people enter instead, each with the key in it. */
    broken: /** @type {Record<string, string>} */ ({
      "without its last line": pkcs8.replace(/-----END.*/s, ""),
      "without its first line": pkcs8.replace(/-----BEGIN.*-----\n/, ""),
      "without lines": der.toString("base64"),
      "as base64 once more": Buffer.from(pkcs8).toString("base64"),
      "with another label": pkcs8.replaceAll("PRIVATE KEY", "EC PRIVATE KEY"),
      "with a label that nobody knows": pkcs8.replaceAll("PRIVATE KEY", "SECRET"),
      ...labelled(pkcs8),
      "with a letter that is none": pkcs8.replace(/(.{400}).{8}/s, "$1!!!!!!!!"),
      "with a damaged number": `-----BEGIN PRIVATE KEY-----\n${damaged(key).toString("base64")}\n-----END PRIVATE KEY-----`,
      "cut off in the middle": `${pkcs8.slice(0, 900)}\n-----END PRIVATE KEY-----\n`,
      "as a JSON Web Key": JSON.stringify(key.export({ format: "jwk" })),
      "with much around it": pkcs8 + " ".repeat(100_000),
      "as text of its DER": der.toString("latin1"),
      "with headers of a cipher that is none": String(
        key.export({ type: "pkcs1", format: pem, cipher, passphrase }),
      ).replace("AES-256-CBC", "RC4-40"),
    }),
  };
}

/**
 * A key under the labels of what people enter instead of one.
 *
 * @param {string} pkcs8
 * @returns {Record<string, string>}
 */
function labelled(pkcs8) {
  const labels = [
    "CERTIFICATE",
    "CERTIFICATE REQUEST",
    "PUBLIC KEY",
    "DSA PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
  ];
  return Object.fromEntries(
    labels.map((label) => [`labelled ${label}`, pkcs8.replaceAll("PRIVATE KEY", label)]),
  );
}

/**
 * Keys that are sound, and of no use here.
 *
 * @param {Canaries} canaries
 * @returns {Record<string, string>}
 */
function otherKeys(canaries) {
  const options = /** @type {const} */ ({ type: "pkcs8", format: "pem" });
  const pem = (/** @type {KeyObject} */ key) => String(key.export(options));
  const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  plantNumbers(canaries, short);
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const edwards = generateKeyPairSync("ed25519").privateKey;
  for (const key of [curve, edwards]) {
    const { d } = key.export({ format: "jwk" });
    canaries.number("another key's d", Buffer.from(String(d), "base64url"));
  }
  const others = {
    "that is restricted": pem(generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).privateKey),
    "that is too long": tooLong(),
    "that is encrypted at an absurd cost": readFileSync(
      new URL("../keys/encrypted-20000000-iterations.pem", import.meta.url),
      "utf8",
    ),
  };
  for (const [name, text] of Object.entries(others)) {
    // Without the first lines, which say what it is.
    canaries.text(`the key ${name}`, text.trim().split("\n").slice(5, -1).join(""));
  }
  return {
    ...others,
    "that is too short": pem(short),
    "of a curve": pem(curve),
    "of another curve": pem(edwards),
    "that is blank": " \n",
  };
}

/** Nine numbers as in PKCS#1, each longer than any modulus may be. */
function tooLong() {
  const integer = (/** @type {Buffer} */ bytes) => tagged(2, Buffer.concat([Buffer.of(1), bytes]));
  const numbers = Array.from({ length: 8 }, () => integer(randomBytes(2050)));
  const der = tagged(0x30, Buffer.concat([Buffer.of(2, 1, 0), ...numbers]));
  const lines = der.toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN RSA PRIVATE KEY-----\n${lines}\n-----END RSA PRIVATE KEY-----\n`;
}

/**
 * DER, its length in two bytes.
 *
 * @param {number} tag
 * @param {Buffer} value
 */
function tagged(tag, value) {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(value.length);
  return Buffer.concat([Buffer.of(tag, 0x82), length, value]);
}

/**
 * Its DER, with another bit in a prime.
 *
 * @param {KeyObject} key
 */
function damaged(key) {
  const der = key.export({ type: "pkcs8", format: "der" });
  const prime = Buffer.from(String(key.export({ format: "jwk" }).p), "base64url");
  const place = der.indexOf(prime) + 64;
  der[place] = Number(der[place]) ^ 4;
  return der;
}

/**
 * Sends a request; what is secret in it and in its answer is a canary from then on.
 *
 * @param {Canaries} canaries
 * @param {Parameters<typeof fetch>[0]} url
 * @param {Parameters<typeof fetch>[1]} init
 */
async function plantedFetch(canaries, url, init) {
  note(canaries, init);
  const answer = await fetch(url, init);
  if (!String(url).includes("oauth_token")) return answer;
  noteTokens(canaries, await answer.clone().text());
  return answer;
}

/**
 * @param {Canaries} canaries
 * @param {string} answer
 */
function noteTokens(canaries, answer) {
  for (const [, token] of answer.matchAll(/"(?:access|refresh)_token"\s*:\s*"([^"]{12,})"/g)) {
    canaries.text("the access token", String(token));
  }
}

/**
 * @param {Canaries} canaries
 * @param {RequestInit | undefined} init
 */
function note(canaries, init) {
  const authorization = new Headers(init?.headers).get("authorization");
  const [scheme, credentials] = authorization?.split(" ") ?? [];
  if (credentials && credentials.length >= 16) {
    canaries.text(`the header of ${scheme} authentication`, credentials);
  }
  const body = typeof init?.body === "string" ? init.body : "";
  const assertion = new URLSearchParams(body).get("assertion");
  // The first two parts say who it is for.
  if (assertion) canaries.text("the assertion's signature", String(assertion.split(".")[2]));
}

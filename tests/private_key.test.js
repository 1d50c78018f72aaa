import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import {
  ConnectorError,
  createConnector,
  describePrivateKey,
  makeCertificate,
} from "servicenow-itsm-connector";
import { keyFile, PASSPHRASE } from "./support/keys.js";
import { oauth, simulate } from "./support/simulated.js";

const REQUEST = { privateKey: keyFile("pkcs8"), commonName: "kibana", days: 730 };
const DAY = 86_400_000;

test("a form learns what a private key is", () => {
  const described = (/** @type {string} */ name, /** @type {string} */ privateKeyPassword) =>
    describePrivateKey({ privateKey: keyFile(name), privateKeyPassword });
  assert.deepEqual(described("pkcs8-3072", ""), { bits: 3072, format: "PKCS#8", encrypted: false });
  assert.deepEqual(described("traditional-aes256", PASSPHRASE), {
    bits: 2048,
    format: "PKCS#1",
    encrypted: true,
  });
});

test("a form learns whether the key or the passphrase is at fault", () => {
  for (const [name, privateKeyPassword, code] of /** @type {const} */ ([
    ["encrypted-default", "wrong", "private_key_passphrase_wrong"],
    ["encrypted-default", null, "private_key_passphrase_missing"],
    ["certificate", undefined, "private_key_is_certificate"],
    ["rsa-1024", undefined, "private_key_too_short"],
  ])) {
    const key = { privateKey: keyFile(name), privateKeyPassword };
    for (const ask of [
      () => describePrivateKey(key),
      () => makeCertificate({ ...REQUEST, ...key }),
    ]) {
      assert.throws(ask, (error) => {
        assert.ok(error instanceof ConnectorError);
        assert.equal(error.code, code);
        assert.ok(error.remedy.length > 0);
        assert.ok(!error.message.includes("Unable to generate"), "nothing of an action");
        return true;
      });
    }
  }
});

test("what a form forgets is named", () => {
  /** @type {any[][]} */
  const cases = [
    [() => describePrivateKey(/** @type {any} */ (undefined)), /expected object/],
    [() => describePrivateKey(/** @type {any} */ ({ privateKey: 1 })), /at privateKey/],
    [() => makeCertificate({ ...REQUEST, commonName: "" }), /at commonName/],
    [() => makeCertificate({ ...REQUEST, days: Number.NaN }), /at days/],
  ];
  for (const [ask, message] of cases) {
    assert.throws(ask, { name: "ConnectorError", code: "invalid", message });
  }
});

test("Node takes the certificate for the key's own", () => {
  const privateKey = keyFile("encrypted-scrypt");
  const commonName = "Überwachung – 監視";
  const before = Date.now();
  const certificate = new X509Certificate(
    makeCertificate({ privateKey, privateKeyPassword: PASSPHRASE, commonName, days: 30 }),
  );
  assert.equal(certificate.subject, `CN=${commonName}`);
  assert.equal(certificate.issuer, certificate.subject);
  assert.equal(certificate.ca, false);
  assert.ok(certificate.checkIssued(certificate));
  assert.ok(certificate.verify(certificate.publicKey));
  assert.ok(
    certificate.checkPrivateKey(createPrivateKey({ key: privateKey, passphrase: PASSPHRASE })),
  );
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  assert.ok(from < before && from > before - DAY);
  assert.ok(Math.abs(to - before - 30 * DAY) < 60_000);
});

test("no two certificates have the same serial number", () => {
  const serial = () => new X509Certificate(makeCertificate(REQUEST)).serialNumber;
  assert.notEqual(serial(), serial());
});

test("OpenSSL accepts the certificate, strictly", (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "certificate-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "certificate.pem");
  writeFileSync(file, makeCertificate({ ...REQUEST, days: 3650 }));
  const openssl = (/** @type {string[]} */ ...args) =>
    execFileSync("openssl", args, { encoding: "utf8" });
  assert.match(openssl("verify", "-x509_strict", "-CAfile", file, file), /: OK/);
  const text = openssl("x509", "-in", file, "-noout", "-text");
  for (const part of [
    /Version: 3 /,
    /Signature Algorithm: sha256WithRSAEncryption/,
    /Subject: CN = kibana/,
    /X509v3 Basic Constraints: critical\s+CA:FALSE/,
  ]) {
    assert.match(text, part);
  }
});

test("an instance accepts the assertions of whoever holds the key", async (t) => {
  const { config, secrets } = oauth("");
  const { privateKey, privateKeyPassword } = secrets;
  const key = { privateKey, privateKeyPassword };
  const certificate = makeCertificate({ ...REQUEST, ...key });
  const verifierMaps = [{ keyId: config.jwtKeyId, certificate }];
  const simulator = await simulate(t, {
    users: [{ userName: "svc-elastic", password: "s3cret", email: "svc@example.com" }],
    oauthClients: [
      { clientId: "client-1", clientSecret: "client-s3cret", userField: "email", verifierMaps },
    ],
  });
  const { isOAuth: _mode, ...settings } = config;
  const serviceNow = createConnector({ ...settings, ...secrets, apiUrl: simulator.url });
  const { id } = await serviceNow.pushToService({ incident: { short_description: "a" } });
  assert.ok(simulator.incident(id));
});

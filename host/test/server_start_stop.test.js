// What a server needs to start, and what becomes of those it serves when it stops.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import { test } from "node:test";

import { createCollectingLogger } from "servicenow-itsm-host";
import { createServer } from "servicenow-itsm-host/server";
import { makeCertificate } from "servicenow-simulator/certificate";
import { fakeType } from "./fake_type.js";
import { DRAFT, serve, temporaryFolder } from "./serve.js";

/** A connector type whose runs wait until they are released. */
function heldType() {
  /** @type {() => void} */
  let release = () => {};
  /** @type {() => void} */
  let begin = () => {};
  const begun = new Promise((resolve) => {
    begin = () => resolve(undefined);
  });
  const released = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  /** @type {import("servicenow-itsm-host").ConnectorType["executor"]} */
  const executor = async () => {
    begin();
    await released;
    return { status: "ok", data: "done" };
  };
  return { type: { executor }, begun, release };
}

/** @param {Awaited<ReturnType<typeof serve>>} served */
async function runConnector({ call }) {
  await call("POST", "/api/actions/connector/c", { body: DRAFT });
  return () =>
    call("POST", "/api/actions/connector/c/_execute", { body: { params: { text: "" } } });
}

test("A run that a client waits for is answered before the server is closed", async (t) => {
  const { type, begun, release } = heldType();
  const served = await serve(t, { type });
  const execute = await runConnector(served);
  const answer = execute();
  await begun;
  const closed = served.close();
  release();
  assert.equal((await answer).body.data, "done");
  await closed;
  await assert.rejects(served.call("GET", "/status"));
});

test("A client waits no longer than the shutdown timeout", async (t) => {
  const { type, begun, release } = heldType();
  const served = await serve(t, { type, settings: { "server.shutdownTimeout": "10ms" } });
  const execute = await runConnector(served);
  const cutOff = assert.rejects(execute());
  await begun;
  await served.close();
  await cutOff;
  release();
});

test("A data folder that others can write to is refused", async (t) => {
  const { folder } = temporaryFolder(t);
  chmodSync(folder, 0o777);
  const settings = { "server.port": 0, "path.data": folder };
  await assert.rejects(createServer({ connectorType: fakeType(), settings }), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /^Others on this machine can write to .* Run "chmod 700 /);
    return true;
  });
});

test("With a certificate the server speaks HTTPS, and cookies stay on it", async (t) => {
  const { folder } = temporaryFolder(t);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const certificate = await makeCertificate({ privateKey, name: "host", hosts: ["127.0.0.1"] });
  const key = join(folder, "key.pem");
  const cert = join(folder, "cert.pem");
  writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(cert, certificate);
  const ssl = { enabled: true, key, certificate: cert };
  const served = await serve(t, { settings: { server: { ssl } } });
  assert.match(served.url, /^https:/);
  const { username, password } = served.credentials;
  /** @type {import("node:http").IncomingMessage} */
  const answer = await new Promise((resolve, reject) => {
    const headers = { "kbn-xsrf": "x", "content-type": "application/json" };
    const options = { method: "POST", headers, ca: certificate, agent: false };
    https
      .request(`${served.url}/internal/security/login`, options, resolve)
      .on("error", reject)
      .end(JSON.stringify({ username, password }));
  });
  answer.resume();
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers["set-cookie"]), /; Secure;/);
  assert.equal(answer.headers["strict-transport-security"], undefined);
});

test("A key that is not the certificate's is refused, without a word of it", async (t) => {
  const { folder } = temporaryFolder(t);
  const [one, other] = [0, 1].map(
    () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
  );
  if (!one || !other) throw new Error("two keys are needed");
  const key = join(folder, "key.pem");
  const certificate = join(folder, "cert.pem");
  writeFileSync(key, one.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(certificate, await makeCertificate({ privateKey: other, name: "host" }));
  const settings = { server: { ssl: { enabled: true, key, certificate } }, "path.data": folder };
  await assert.rejects(createServer({ connectorType: fakeType(), settings }), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /^server\.ssl: the key, its passphrase and the certificate do not/);
    assert.doesNotMatch(error.message, /BEGIN/);
    return true;
  });
});

test("A file of certificates that cannot be read stops the start, with its setting", async (t) => {
  const { folder } = temporaryFolder(t);
  const certificateAuthoritiesFiles = join(folder, "missing.pem");
  const settings = {
    "path.data": folder,
    "xpack.actions.customHostSettings": [
      { url: "https://a.example.com" },
      { url: "https://b.example.com", ssl: { certificateAuthoritiesFiles } },
    ],
  };
  await assert.rejects(createServer({ connectorType: fakeType(), settings }), {
    name: "SettingsError",
    message:
      /^xpack\.actions\.customHostSettings\.1\.ssl\.certificateAuthoritiesFiles: .*missing\.pem.*\. Set it to a PEM file/,
  });
});

test("An address that this machine does not have is told with its setting", async (t) => {
  // Both are set aside for what is nowhere.
  for (const host of ["nowhere.invalid", "192.0.2.1"]) {
    const { folder } = temporaryFolder(t);
    const server = { host, allowRemote: true, port: 0 };
    const settings = { "path.data": folder, server };
    await assert.rejects(createServer({ connectorType: fakeType(), settings }), {
      name: "SettingsError",
      message: /^server\.host: \S+ is no address of this machine.*\. Use 127\.0\.0\.1/,
    });
  }
});

test("Settings that do nothing are warned of at the start", async (t) => {
  const logger = createCollectingLogger();
  await serve(t, {
    logger,
    settings: {
      "xpack.actions.proxyBypassHosts": ["a.example.com"],
      "xpack.actions.preconfigured": {
        known: { name: "x", actionTypeId: ".fake" },
        stray: { name: "x", actionTypeId: ".fakee" },
      },
    },
  });
  const warnings = logger.entries.filter(({ level }) => level === "warn");
  assert.deepEqual(
    warnings.map(({ message }) => message),
    [
      "xpack.actions.proxyBypassHosts does nothing without a proxy. Set xpack.actions.proxyUrl, or " +
        "remove it.",
      "xpack.actions.preconfigured.stray.actionTypeId: there is no connector type .fakee, and the " +
        "connector cannot run. Use .fake.",
    ],
  );
});

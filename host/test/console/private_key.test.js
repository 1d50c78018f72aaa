import assert from "node:assert/strict";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { field, PASSPHRASE, PRIVATE_KEY } from "./connector_stage.js";
import { openStage } from "./stage.js";

/**
 * A form that waits for a private key.
 * @param {import("node:test").TestContext} t
 */
async function openKeyForm(t) {
  const stage = await openStage(t);
  await stage.visit("/connectors/create");
  await stage.find("use-oauth-switch").click();
  return stage;
}

test("the key is described at once, and what is wrong with it or its passphrase is told", async (t) => {
  const { find, inspect } = await openKeyForm(t);
  const status = find("keyStatus");
  await find(field("private-key")).fill("not a key");
  await find("keyStatus").locator('xpath=self::*[@data-state="faulty"]').waitFor();
  await inspect("key-faulty");
  await find(field("private-key")).fill(PRIVATE_KEY);
  await status.getByText("Enter its private key password.").waitFor();
  await find(field("private-key-password")).fill("wrong");
  await status.getByText("The private key password does not open the private key.").waitFor();
  assert.doesNotMatch(await status.innerText(), /passphrase/i);
  await inspect("key-wrong-passphrase");
  await find(field("private-key-password")).fill(PASSPHRASE);
  await status.getByText("RSA key of 2048 bits, PKCS#8.").waitFor();
  await status.getByText("The private key password fits.").waitFor();
});

test("a key's file is chosen or dropped", async (t) => {
  const { page, find } = await openKeyForm(t);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const chooser = page.waitForEvent("filechooser");
  await find("choosePrivateKey").click();
  await (await chooser).setFiles({
    name: "key.pem",
    mimeType: "application/x-pem-file",
    buffer: Buffer.from(pem),
  });
  await find("keyStatus").getByText("RSA key of 3072 bits, PKCS#1.").waitFor();
  await find("keyStatus").getByText("It has no password.").waitFor();
  await find(field("private-key-password")).fill("superfluous");
  await find("keyStatus").getByText("the private key password is not needed").waitFor();

  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "other.pem"));
    return transfer;
  }, PRIVATE_KEY);
  await find("privateKeyDrop").dispatchEvent("drop", { dataTransfer: dropped });
  await page.waitForFunction(
    ([subject, text]) =>
      /** @type {HTMLTextAreaElement | null} */ (
        document.querySelector(`[data-test-subj="${subject}"]`)
      )?.value === text,
    [field("private-key"), PRIVATE_KEY],
  );

  for (const type of ["dragover", "drop"]) {
    const isLeftToBrowser = await dropped.evaluate((dataTransfer, name) => {
      const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
      return document.querySelector("[data-test-subj=nameInput]")?.dispatchEvent(event);
    }, type);
    assert.equal(isLeftToBrowser, false, `${type} beside the field`);
  }

  await find("privateKeyFile").setInputFiles({
    name: "film.mp4",
    mimeType: "video/mp4",
    buffer: Buffer.alloc(200_000),
  });
  await page.getByText("film.mp4 is too large to be a private key.").waitFor();
});

test("a key is opened beside the page, which does not stand still however long that takes", async (t) => {
  const { page, find } = await openKeyForm(t);
  const worker = page.waitForEvent("worker");
  await find(field("private-key-password")).fill(PASSPHRASE);
  await find(field("private-key")).fill(PRIVATE_KEY);
  assert.match((await worker).url(), /\/assets\/key_worker-/);
  await find("keyStatus").getByText("RSA key of 2048 bits").waitFor();
  assert.deepEqual(page.workers(), [], "the worker still knows the key");
});

test("the certificate of the key is made, downloaded, and the way of it in ServiceNow is told", async (t) => {
  const { page, find, inspect } = await openKeyForm(t);
  await find("nameInput").fill("Production ITSM");
  await find(field("private-key")).fill(PRIVATE_KEY);
  await find(field("private-key-password")).fill(PASSPHRASE);
  await find("makeCertificate").click();
  assert.equal(await find("certificateName").inputValue(), "Production ITSM");
  await find("certificateDays").fill("4000");
  await page.getByText("Enter a number of days from 1 to 3650.").waitFor();
  await find("certificateDays").fill("90");
  await inspect("certificate-form");
  await find("certificateSubmit").click();
  await find("downloadCertificate").waitFor();
  await page.getByText("PEM Certificate", { exact: true }).waitFor();
  await inspect("certificate");
  const downloaded = page.waitForEvent("download");
  await find("downloadCertificate").click();
  const download = await downloaded;
  assert.equal(download.suggestedFilename(), "production-itsm-certificate.pem");
  const certificate = new X509Certificate(await readFile(await download.path()));
  assert.equal(certificate.subject, "CN=Production ITSM");
  const key = createPrivateKey({ key: PRIVATE_KEY, passphrase: PASSPHRASE });
  assert.equal(certificate.checkPrivateKey(key), true);
});

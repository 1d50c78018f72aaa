// Whose the data folder and its files have to be.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Credentials } from "../server/security/credentials.js";
import { makePrivateFolder } from "../server/security/private_files.js";
import { temporaryFolder } from "./serve.js";

/**
 * @param {import("node:test").TestContext} t
 * @param {string} path from here on somebody else's, as this process sees it
 */
function giveAway(t, path) {
  if (process.getuid?.() === 0) chownSync(path, 4242, 4242);
  else t.mock.method(/** @type {{ getuid(): number }} */ (process), "getuid", () => 4242);
}

/** @param {import("node:test").TestContext} t */
async function withCredentials(t) {
  const { folder } = temporaryFolder(t);
  const credentials = new Credentials(folder);
  const made = await credentials.makeFirst();
  if (made === undefined) throw new Error("there were credentials already");
  return { folder, file: join(folder, "credentials.json"), credentials, key: made.apiKey };
}

test("A data folder of somebody else is refused", (t) => {
  const { folder } = temporaryFolder(t);
  giveAway(t, folder);
  assert.throws(() => makePrivateFolder(folder), {
    message: /belongs to another user .*chown \d+ .*or choose another path\.data/,
  });
});

test("A data folder in which anything is somebody else's is refused", (t) => {
  const { folder } = temporaryFolder(t);
  const file = join(folder, "host.db-wal");
  writeFileSync(file, "");
  makePrivateFolder(folder);
  giveAway(t, file);
  assert.throws(() => makePrivateFolder(folder), { message: /belongs to another user/ });
});

test("A data folder that cannot be made is named by its setting", (t) => {
  const file = join(temporaryFolder(t).folder, "file");
  writeFileSync(file, "");
  assert.throws(() => makePrivateFolder(join(file, "data")), {
    message: /^path\.data: the folder .* cannot be made .*Set path\.data to a folder/,
  });
});

test("Credentials that somebody else owns open nothing, not even while the host runs", async (t) => {
  const { file, credentials, key } = await withCredentials(t);
  assert.equal(credentials.checkApiKey(key)?.username, "elastic");
  giveAway(t, file);
  assert.throws(() => credentials.checkApiKey(key), { message: /belongs to another user/ });
});

test("Credentials that others can read or write open nothing", async (t) => {
  const { file, credentials, key } = await withCredentials(t);
  for (const mode of [0o640, 0o604, 0o620, 0o602]) {
    chmodSync(file, mode);
    assert.throws(() => credentials.checkApiKey(key), { message: /chmod 600 / });
  }
  chmodSync(file, 0o600);
  assert.equal(credentials.checkApiKey(key)?.username, "elastic");
});

test("What is no regular file is neither taken for credentials nor replaced", async (t) => {
  const { folder, file, credentials, key } = await withCredentials(t);
  const elsewhere = join(folder, "elsewhere");
  renameSync(file, elsewhere);
  /** @type {(() => unknown)[]} */
  const others = [
    () => symlinkSync(elsewhere, file),
    () => symlinkSync(join(folder, "nowhere"), file),
    () => execFileSync("mkfifo", ["-m", "600", file]),
  ];
  for (const put of others) {
    put();
    assert.throws(() => credentials.checkApiKey(key), { message: /is no regular file/ });
    await assert.rejects(new Credentials(folder).makeFirst(), { message: /is no regular file/ });
    rmSync(file);
  }
});

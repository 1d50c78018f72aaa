import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { inspect } from "node:util";

import { encryptionKeyFrom } from "servicenow-itsm-host";

import { modeOf, temporaryFolder } from "./folder.js";

const SALT = Buffer.alloc(16);
const SETTING = "a sentence of thirty-two characters, or more";

describe("a key from the setting", () => {
  it("is the same each time, another for each salt, and never the setting itself", () => {
    const key = encryptionKeyFrom({ setting: SETTING });
    assert.equal(key.deriveFor(SALT).length, 32);
    assert.deepEqual(key.deriveFor(SALT), encryptionKeyFrom({ setting: SETTING }).deriveFor(SALT));
    assert.notDeepEqual(key.deriveFor(SALT), key.deriveFor(Buffer.alloc(16, 1)));
    assert.doesNotMatch(inspect(key, { depth: 10, showHidden: true }), /sentence/);
  });

  it("is refused below 32 characters, without being repeated", () => {
    assert.doesNotThrow(() => encryptionKeyFrom({ setting: "x".repeat(32) }));
    for (const setting of ["", "x".repeat(31)]) {
      assert.throws(() => encryptionKeyFrom({ setting }), {
        name: "StoreError",
        code: "KEY_TOO_SHORT",
        message:
          "the setting xpack.encryptedSavedObjects.encryptionKey is too short to be a key: give " +
          'it at least 32 characters, for example what "openssl rand -hex 32" prints',
      });
    }
  });

  it("goes before the file, which is not made then", (t) => {
    const file = path.join(temporaryFolder(t), "key");
    encryptionKeyFrom({ setting: SETTING, file });
    assert.equal(existsSync(file), false);
  });
});

describe("a key from a file", () => {
  it("is made the first time, for nobody else to read, and found again", (t) => {
    const folder = path.join(temporaryFolder(t), "data", "keys");
    const file = path.join(folder, "key");
    const key = encryptionKeyFrom({ file });
    assert.equal(modeOf(file), 0o600);
    assert.equal(modeOf(folder), 0o700);
    assert.deepEqual(readdirSync(folder), ["key"], "and no draft of it");
    assert.deepEqual(encryptionKeyFrom({ file }).deriveFor(SALT), key.deriveFor(SALT));
  });

  it("is another in every file", (t) => {
    const folder = temporaryFolder(t);
    const [one, two] = ["one", "two"].map((name) =>
      encryptionKeyFrom({ file: path.join(folder, name) }).deriveFor(SALT),
    );
    assert.notDeepEqual(one, two);
  });

  it("is refused when others may read or write the file", (t) => {
    const file = path.join(temporaryFolder(t), "key");
    encryptionKeyFrom({ file });
    for (const mode of [0o640, 0o604, 0o620, 0o601]) {
      chmodSync(file, mode);
      assert.throws(() => encryptionKeyFrom({ file }), {
        code: "KEY_FILE_NOT_PRIVATE",
        remedy: `run "chmod 600 ${file}"; if others may have read it, enter the connectors' secrets anew`,
      });
    }
    chmodSync(file, 0o400);
    assert.doesNotThrow(() => encryptionKeyFrom({ file }));
  });

  it("is refused when the file belongs to another user", (t) => {
    const file = path.join(temporaryFolder(t), "key");
    encryptionKeyFrom({ file });
    if (process.getuid?.() === 0) chownSync(file, 4242, 4242);
    else t.mock.method(/** @type {{ getuid(): number }} */ (process), "getuid", () => 4242);
    assert.throws(() => encryptionKeyFrom({ file }), {
      code: "KEY_FILE_NOT_PRIVATE",
      message: /belongs to another user, who can read and replace it: run "chown \d+ /,
    });
  });

  it("is refused when the file is damaged, which is left as it is", (t) => {
    const file = path.join(temporaryFolder(t), "key");
    encryptionKeyFrom({ file });
    const text = readFileSync(file, "utf8");
    for (const damaged of ["", text.slice(0, -2), `${text}${text}`, text.replace(/./, "x")]) {
      writeFileSync(file, damaged);
      assert.throws(() => encryptionKeyFrom({ file }), {
        code: "KEY_FILE_DAMAGED",
        message: /^the key file .* does not hold a key .*: put back a copy of it/,
      });
      assert.equal(readFileSync(file, "utf8"), damaged);
    }
  });

  it("is refused when the path is none of a file", (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(path.join(folder, "key"));
    assert.throws(() => encryptionKeyFrom({ file: path.join(folder, "key") }), {
      code: "KEY_FILE_DAMAGED",
    });
    writeFileSync(path.join(folder, "file"), "");
    assert.throws(() => encryptionKeyFrom({ file: path.join(folder, "file", "key") }), {
      code: "KEY_FILE_UNREADABLE",
      message: /: let this process read and write it, or set xpack\.encryptedSavedObjects/,
    });
  });

  it("needs a source", () => {
    assert.throws(() => encryptionKeyFrom({}), TypeError);
  });
});

describe("a key for a database", () => {
  /** @param {import("node:test").TestContext} t */
  const inFolder = (t) => {
    const folder = temporaryFolder(t);
    const files = { file: path.join(folder, "key"), database: path.join(folder, "host.db") };
    return { ...files, key: () => encryptionKeyFrom(files) };
  };

  it("is made when there is no database yet, and found again", (t) => {
    const { database, key } = inFolder(t);
    const made = key().deriveFor(SALT);
    writeFileSync(database, "filled");
    assert.deepEqual(key().deriveFor(SALT), made);
  });

  it("is not made anew for a database that is there", (t) => {
    const { file, database, key } = inFolder(t);
    writeFileSync(database, "filled");
    assert.throws(key, {
      code: "KEY_FILE_MISSING",
      message: /^the key file .* is missing, and the database .*: put back a copy of the key file/,
    });
    assert.equal(existsSync(file), false);
  });

  it("is refused when its database is gone or empty", (t) => {
    const { database, key } = inFolder(t);
    key();
    assert.throws(key, { code: "DATABASE_MISSING", message: /its key file .*: put back a copy/ });
    writeFileSync(database, "");
    assert.throws(key, { code: "DATABASE_MISSING" });
    writeFileSync(`${database}-wal`, "all of it");
    assert.doesNotThrow(key);
  });

  it("may come from the setting on a first start, and an empty file is none", (t) => {
    const { file, database } = inFolder(t);
    const key = () => encryptionKeyFrom({ setting: SETTING, file, database });
    assert.doesNotThrow(key);
    writeFileSync(database, "");
    assert.throws(key, { code: "DATABASE_MISSING", message: /and its file is there: put back/ });
  });
});

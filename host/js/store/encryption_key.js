// Where the key comes from that encrypts what is stored: the operator's setting, or a file that is
// made on first start.

import { hkdfSync, randomBytes, scryptSync } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

import { messageOf } from "../errors.js";
import { StoreError } from "./store_error.js";

export const KEY_SETTING = "xpack.encryptedSavedObjects.encryptionKey";

const SHORTEST_SETTING = 32;
const KEY_BYTES = 32;
const PURPOSE = "servicenow-itsm-host: data at rest";
/** About a tenth of a second and 32 MiB, once a start. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** A key whose bytes are nowhere to be seen: each database derives its own from it. */
export class EncryptionKey {
  #derive;
  /** What to say about it to an operator. */
  origin;

  /**
   * @param {string} origin
   * @param {(salt: Uint8Array) => Buffer} derive
   */
  constructor(origin, derive) {
    this.origin = origin;
    this.#derive = derive;
  }

  /**
   * @param {Uint8Array} salt of the database
   * @returns {Buffer} 256 bits
   */
  deriveFor(salt) {
    return this.#derive(salt);
  }
}

/** @returns {EncryptionKey} for what ends with the process */
export function randomEncryptionKey() {
  return ofRandomBytes(randomBytes(KEY_BYTES), "a random key");
}

/**
 * @param {object} source
 * @param {string} [source.setting] at least 32 characters; goes before the file
 * @param {string} [source.file] made with mode 600 where it does not exist
 * @param {string} [source.database] the file that the key is for: with it, a key file is made only
 *   together with the database, and neither takes the place of one that is lost
 * @returns {EncryptionKey}
 */
export function encryptionKeyFrom({ setting, file, database }) {
  if (database !== undefined) ensureNotLost(database, setting === undefined ? file : undefined);
  if (setting !== undefined) return ofSetting(setting);
  if (file === undefined) throw new TypeError("a setting or a file is needed for the key");
  return ofRandomBytes(readKeyFile(file) ?? makeKeyFile(file), `the key file ${file}`);
}

/**
 * @param {string} database
 * @param {string} [keyFile] where the key is to come from one
 */
function ensureNotLost(database, keyFile) {
  // After a crash all of it may be in the log beside it.
  const isFilled = [database, `${database}-wal`].some(
    (file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
  const hasKey = keyFile !== undefined && existsSync(keyFile);
  if (isFilled) {
    if (keyFile === undefined || hasKey) return;
    throw new StoreError(
      "KEY_FILE_MISSING",
      `the key file ${keyFile} is missing, and the database ${database} is there`,
      `put back a copy of the key file, or set ${KEY_SETTING} if the database was made with it; ` +
        "if the key is lost, move the database away, and create the connectors anew",
    );
  }
  if (!hasKey && !existsSync(database)) return;
  throw new StoreError(
    "DATABASE_MISSING",
    `the database ${database} is missing or empty, and ` +
      (hasKey ? `its key file ${keyFile} is there` : "its file is there"),
    "put back a copy of the database; to begin anew, or if the first start was interrupted, move " +
      (hasKey ? `${keyFile} and ${database} away` : `${database} away`),
  );
}

/**
 * A setting may be a sentence that a person thought of. Scrypt, with a salt of the database, makes
 * each guess at it dear to whoever gets hold of the file.
 *
 * @param {string} setting
 */
function ofSetting(setting) {
  if (typeof setting !== "string" || setting.length < SHORTEST_SETTING) {
    throw new StoreError(
      "KEY_TOO_SHORT",
      `the setting ${KEY_SETTING} is too short to be a key`,
      `give it at least ${SHORTEST_SETTING} characters, for example what ` +
        '"openssl rand -hex 32" prints',
    );
  }
  return new EncryptionKey(`the setting ${KEY_SETTING}`, (salt) =>
    scryptSync(setting, salt, KEY_BYTES, SCRYPT),
  );
}

/**
 * Random bytes cannot be guessed, so nothing is gained by making a guess dear.
 *
 * @param {Uint8Array} bytes
 * @param {string} origin
 */
function ofRandomBytes(bytes, origin) {
  return new EncryptionKey(origin, (salt) =>
    Buffer.from(hkdfSync("sha256", bytes, salt, PURPOSE, KEY_BYTES)),
  );
}

/**
 * @param {string} file
 * @returns {Buffer | undefined} nothing when there is no such file
 */
function readKeyFile(file) {
  let descriptor;
  try {
    // A pipe in its place would keep the start waiting for a writer.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (thrown) {
    if (/** @type {NodeJS.ErrnoException} */ (thrown).code === "ENOENT") return undefined;
    throw unreadable(file, thrown);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw damaged(file);
    ensurePrivate(file, stat);
    const [, digits] = /^([0-9a-f]{64})\n?$/.exec(readFileSync(descriptor, "utf8")) ?? [];
    if (digits === undefined) throw damaged(file);
    return Buffer.from(digits, "hex");
  } finally {
    closeSync(descriptor);
  }
}

/**
 * @param {string} file
 * @param {import("node:fs").Stats} stat
 */
function ensurePrivate(file, { mode, uid }) {
  // Windows has no such modes.
  if (process.getuid === undefined) return;
  if ((mode & 0o077) !== 0) {
    throw new StoreError(
      "KEY_FILE_NOT_PRIVATE",
      `the key file ${file} is open to other users of this machine`,
      `run "chmod 600 ${file}"; if others may have read it, enter the connectors' secrets anew`,
    );
  }
  if (uid !== process.getuid() && uid !== 0) {
    throw new StoreError(
      "KEY_FILE_NOT_PRIVATE",
      `the key file ${file} belongs to another user, who can read and replace it`,
      `run "chown ${process.getuid()} ${file}"`,
    );
  }
}

/**
 * The file appears whole or not at all. Where another process made it meanwhile, that one counts.
 *
 * @param {string} file
 * @returns {Buffer}
 */
function makeKeyFile(file) {
  const folder = path.dirname(file);
  const draft = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  const bytes = randomBytes(KEY_BYTES);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeDurably(draft, `${bytes.toString("hex")}\n`);
      linkSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
    // Without it, a new file can be gone after a power failure.
    if (process.platform !== "win32") withFile(folder, "r", fsyncSync);
    return bytes;
  } catch (thrown) {
    if (/** @type {NodeJS.ErrnoException} */ (thrown).code !== "EEXIST") {
      throw unreadable(file, thrown);
    }
    return readKeyFile(file) ?? makeKeyFile(file);
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function writeDurably(file, text) {
  withFile(file, "wx", (descriptor) => {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  });
}

/**
 * @param {string} file
 * @param {string} flags
 * @param {(descriptor: number) => void} use
 */
function withFile(file, flags, use) {
  const descriptor = openSync(file, flags, 0o600);
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * @param {string} file
 * @param {unknown} thrown
 */
function unreadable(file, thrown) {
  return new StoreError(
    "KEY_FILE_UNREADABLE",
    `the key file ${file} can neither be read nor made (${messageOf(thrown)})`,
    `let this process read and write it, or set ${KEY_SETTING}`,
  );
}

/** @param {string} file */
function damaged(file) {
  return new StoreError(
    "KEY_FILE_DAMAGED",
    `the key file ${file} does not hold a key (one line of 64 hexadecimal digits)`,
    "put back a copy of it; without one, move it and the database away, and create the " +
      "connectors anew",
  );
}

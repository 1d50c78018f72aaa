// Who may use the host: one user with a password, and API keys. Made on the first start and kept
// in a file of the data folder, as hashes: what was printed once cannot be read again. An API key
// is 32 random bytes, so that a plain digest of it tells nothing and is checked at once; a password
// is shorter, so that each guess at it is made dear.
//
// The file may be changed by another process (`--new-password`, `--new-api-key`): it is looked at
// before each use.

import {
  createHash,
  createHmac,
  randomBytes,
  randomInt,
  randomUUID,
  scrypt,
  timingSafeEqual,
} from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { Guesses } from "./guesses.js";
import { readPrivateFile, writePrivateFile } from "./private_files.js";

/**
 * @typedef {object} Principal who a request comes from
 * @property {string} username
 * @property {string} version changes with the password or the key
 */

/** @typedef {{ username: string, password: string, apiKey: string }} NewCredentials */

/** @typedef {{ salt: string, hash: string }} Hashed */

/** @typedef {{ id: string, name: string, sha256: string }} StoredKey */

/** @typedef {{ password: Hashed, apiKeys: StoredKey[] }} Stored */

export const USERNAME = "elastic";
export const FIRST_API_KEY = "default";

const FILE = "credentials.json";
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const PASSWORD_LENGTH = 24;

/** @type {(secret: string, salt: Buffer, length: number, cost: typeof COST) => Promise<Buffer>} */
const derive = promisify(scrypt);

export class Credentials {
  #path;
  /** @type {{ key: string, stored: Stored } | undefined} */
  #read;
  /** Of this process only: what is remembered is of no use elsewhere. */
  #memoryKey = randomBytes(32);
  /** @type {Map<string, Promise<boolean>>} the right password, and those being checked */
  #answers = new Map();
  #guesses = new Guesses();

  /** @param {string} folder the data folder */
  constructor(folder) {
    this.#path = join(folder, FILE);
  }

  /**
   * Makes the user and an API key where there are none yet.
   *
   * @returns {Promise<NewCredentials | undefined>} what was made, to be shown once
   */
  async makeFirst() {
    try {
      this.#stored();
      return undefined;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
    }
    const password = newPassword();
    const { encoded, record } = newApiKey(FIRST_API_KEY);
    this.#write({ password: await hashed(password), apiKeys: [record] });
    return { username: USERNAME, password, apiKey: encoded };
  }

  /** Takes back what was made: it was shown to nobody. */
  remove() {
    rmSync(this.#path, { force: true });
  }

  /** @returns {Promise<string>} the new password; sessions of the old one end */
  async replacePassword() {
    const password = newPassword();
    this.#write({ ...this.#stored(), password: await hashed(password) });
    return password;
  }

  /**
   * @param {string} name an earlier key of that name is no longer taken
   * @returns {Promise<string>} the new key
   */
  async makeApiKey(name) {
    const { encoded, record } = newApiKey(name);
    const stored = this.#stored();
    const others = stored.apiKeys.filter((key) => key.name !== name);
    this.#write({ ...stored, apiKeys: [...others, record] });
    return encoded;
  }

  /**
   * @param {string} username
   * @param {string} password
   * @returns {Promise<Principal | undefined>}
   * @throws {import("./guesses.js").TooManyGuesses} not for a password that was right before
   */
  async checkPassword(username, password) {
    const expected = this.#stored().password;
    // An unknown user costs as much time as a known one.
    const matches = await this.#matches(password, expected);
    return matches && username === USERNAME ? principal(expected.hash) : undefined;
  }

  /**
   * @param {string} encoded as it was printed: base64 of `id:key`
   * @returns {Principal | undefined}
   */
  checkApiKey(encoded) {
    const [id = "", key = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
    const expected = this.#stored().apiKeys.find((one) => one.id === id);
    if (expected === undefined || !same(sha256(key), expected.sha256)) return undefined;
    return principal(expected.sha256);
  }

  /**
   * @param {Principal} who
   * @returns {boolean} whether the password is still the one that this session began with
   */
  isCurrent({ version }) {
    return this.#stored().password.hash === version;
  }

  /**
   * A password that was right before is known again at once, and one that many requests bring at
   * once is checked once.
   *
   * @param {string} password
   * @param {Hashed} expected
   * @returns {Promise<boolean>}
   */
  async #matches(password, expected) {
    const key = this.#memoryOf(password);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#guesses.check(() => verify(password, expected));
    this.#answers.set(key, answer);
    let right = false;
    try {
      right = await answer;
    } finally {
      // What the file holds may have changed meanwhile.
      if (!right && this.#answers.get(key) === answer) this.#answers.delete(key);
    }
    return right;
  }

  /** @param {string} secret */
  #memoryOf(secret) {
    return createHmac("sha256", this.#memoryKey).update(secret).digest("base64");
  }

  /** @returns {Stored} */
  #stored() {
    const { version, text } = readPrivateFile(this.#path, this.#read?.key);
    if (text !== undefined) {
      this.#read = { key: version, stored: parse(text, this.#path) };
      this.#answers.clear();
    }
    if (this.#read === undefined) throw new Error(`${this.#path} was not read`);
    return this.#read.stored;
  }

  /** @param {Stored} stored */
  #write(stored) {
    writePrivateFile(this.#path, `${JSON.stringify(stored, null, 2)}\n`);
    this.#read = undefined;
  }
}

/**
 * @param {string} text
 * @param {string} path
 * @returns {Stored}
 */
function parse(text, path) {
  try {
    const { password, apiKeys } = JSON.parse(text);
    if (isHashed(password) && apiKeys.every(isStoredKey)) return { password, apiKeys };
  } catch {
    // As below: the parser's text would quote the file.
  }
  throw new Error(
    `${path} is damaged. Remove it, and start again: a new password and a new API key are made.`,
  );
}

/** @param {any} value @returns {value is Hashed} */
function isHashed(value) {
  return typeof value?.salt === "string" && typeof value.hash === "string";
}

/** @param {any} value @returns {value is StoredKey} */
function isStoredKey(value) {
  return [value?.id, value?.name, value?.sha256].every((member) => typeof member === "string");
}

/** @param {string} version @returns {Principal} */
function principal(version) {
  return { username: USERNAME, version };
}

function newPassword() {
  return Array.from({ length: PASSWORD_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}

/** @param {string} name */
function newApiKey(name) {
  const id = randomUUID();
  const key = randomBytes(32).toString("base64url");
  const encoded = Buffer.from(`${id}:${key}`).toString("base64");
  return { encoded, record: { id, name, sha256: sha256(key) } };
}

/** @param {string} key */
function sha256(key) {
  return createHash("sha256").update(key).digest("base64");
}

/**
 * @param {string} secret
 * @returns {Promise<Hashed>}
 */
async function hashed(secret) {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, HASH_BYTES, COST);
  return { salt: salt.toString("base64"), hash: hash.toString("base64") };
}

/**
 * @param {string} secret
 * @param {Hashed} expected
 */
async function verify(secret, { salt, hash }) {
  const found = await derive(secret, Buffer.from(salt, "base64"), HASH_BYTES, COST);
  return same(found.toString("base64"), hash);
}

/**
 * Takes as long wherever the two differ.
 *
 * @param {string} one
 * @param {string} other
 */
function same(one, other) {
  const [found, wanted] = [Buffer.from(one), Buffer.from(other)];
  return wanted.length === found.length && timingSafeEqual(found, wanted);
}

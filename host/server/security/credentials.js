// Who may use the host: one user with a password, and API keys. Made on the first start and kept
// in a file of the data folder, as scrypt hashes: what was printed once cannot be read again.
//
// The file may be changed by another process (`--new-password`, `--new-api-key`): it is looked at
// before each use.

import {
  createHmac,
  randomBytes,
  randomInt,
  randomUUID,
  scrypt,
  timingSafeEqual,
} from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { writePrivateFile } from "./private_files.js";

/**
 * @typedef {object} Principal who a request comes from
 * @property {string} username
 * @property {string} version changes with the password or the key
 */

/** @typedef {{ username: string, password: string, apiKey: string }} NewCredentials */

/** @typedef {{ salt: string, hash: string }} Hashed */

/** @typedef {{ password: Hashed, apiKeys: ({ id: string, name: string } & Hashed)[] }} Stored */

export const USERNAME = "elastic";
export const FIRST_API_KEY = "default";

const FILE = "credentials.json";
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const PASSWORD_LENGTH = 24;
/** As many good answers are remembered, so that a client pays for scrypt once. */
const REMEMBERED = 1000;

/** @type {(secret: string, salt: Buffer, length: number, cost: typeof COST) => Promise<Buffer>} */
const derive = promisify(scrypt);

export class Credentials {
  #path;
  /** @type {{ key: string, stored: Stored } | undefined} */
  #read;
  /** Of this process only: what is remembered is of no use elsewhere. */
  #memoryKey = randomBytes(32);
  /** @type {Map<string, { against: string, answer: Promise<boolean> }>} */
  #answers = new Map();

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
    if (existsSync(this.#path)) {
      this.#stored();
      return undefined;
    }
    const password = newPassword();
    const { encoded, record } = await newApiKey(FIRST_API_KEY);
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
    const { encoded, record } = await newApiKey(name);
    const stored = this.#stored();
    const others = stored.apiKeys.filter((key) => key.name !== name);
    this.#write({ ...stored, apiKeys: [...others, record] });
    return encoded;
  }

  /**
   * @param {string} username
   * @param {string} password
   * @returns {Promise<Principal | undefined>}
   */
  async checkPassword(username, password) {
    const expected = this.#stored().password;
    // An unknown user costs as much time as a known one.
    const matches = await this.#matches(password, expected);
    return matches && username === USERNAME ? principal(expected) : undefined;
  }

  /**
   * @param {string} encoded as it was printed: base64 of `id:key`
   * @returns {Promise<Principal | undefined>}
   */
  async checkApiKey(encoded) {
    const [id = "", key = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
    const expected = this.#stored().apiKeys.find((one) => one.id === id);
    if (expected === undefined || key === "") return undefined;
    return (await this.#matches(key, expected)) ? principal(expected) : undefined;
  }

  /**
   * @param {Principal} who
   * @returns {boolean} whether the password is still the one that this session began with
   */
  isCurrent({ version }) {
    return this.#stored().password.hash === version;
  }

  /**
   * Whether a secret was found good before: no guess is spent on it.
   *
   * @param {string} secret
   */
  knows(secret) {
    return this.#answers.has(this.#memoryOf(secret));
  }

  /**
   * @param {string} secret
   * @param {Hashed} expected
   * @returns {Promise<boolean>}
   */
  async #matches(secret, expected) {
    const key = this.#memoryOf(secret);
    const remembered = this.#answers.get(key);
    if (remembered?.against === expected.hash) return remembered.answer;
    // Remembered while it is being found out: many requests at once pay for it once.
    const answer = verify(secret, expected);
    this.#answers.set(key, { against: expected.hash, answer });
    if (!(await answer)) this.#answers.delete(key);
    if (this.#answers.size > REMEMBERED) this.#answers.clear();
    return answer;
  }

  /** @param {string} secret */
  #memoryOf(secret) {
    return createHmac("sha256", this.#memoryKey).update(secret).digest("base64");
  }

  /** @returns {Stored} */
  #stored() {
    const { ino, mtimeMs, size } = statSync(this.#path);
    const key = `${ino}:${mtimeMs}:${size}`;
    if (this.#read?.key !== key) {
      this.#read = { key, stored: parse(readFileSync(this.#path, "utf8"), this.#path) };
      this.#answers.clear();
    }
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
    if ([password, ...apiKeys].every(isHashed)) return { password, apiKeys };
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

/** @param {Hashed} hashed @returns {Principal} */
function principal({ hash }) {
  return { username: USERNAME, version: hash };
}

function newPassword() {
  return Array.from({ length: PASSWORD_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}

/** @param {string} name */
async function newApiKey(name) {
  const id = randomUUID();
  const key = randomBytes(32).toString("base64url");
  const encoded = Buffer.from(`${id}:${key}`).toString("base64");
  return { encoded, record: { id, name, ...(await hashed(key)) } };
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
  const wanted = Buffer.from(hash, "base64");
  return wanted.length === found.length && timingSafeEqual(found, wanted);
}

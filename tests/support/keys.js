/** The throw-away keys of `tests/keys`. */
import { readFileSync } from "node:fs";

/** @param {string} name */
export const keyFile = (name) =>
  readFileSync(new URL(`../keys/${name}.pem`, import.meta.url), "utf8");

/** The passphrase of the encrypted ones. */
export const PASSPHRASE = "correct-horse";

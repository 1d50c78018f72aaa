// What the suite cannot read where there are no files: the cases of templates, and keys.

import { readFileSync } from "node:fs";
import { keyFile, PASSPHRASE } from "../support/keys.js";

const cases = new URL("../../src/template/cases.json", import.meta.url);

/** The text of the suite's module `data.js`. */
export function dataModule() {
  const data = {
    templates: JSON.parse(readFileSync(cases, "utf8")),
    keys: {
      publicKey: keyFile("public"),
      private: {
        "PKCS#1": { privateKey: keyFile("pkcs1") },
        "PKCS#8": { privateKey: keyFile("pkcs8") },
        encrypted: {
          privateKey: keyFile("encrypted-aes256-hmacWithSHA256"),
          privateKeyPassword: PASSPHRASE,
        },
      },
    },
  };
  return `export default ${JSON.stringify(data)};\n`;
}

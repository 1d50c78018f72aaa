// Reads and checks the certificate files that the settings name, before anything is started.

import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";

import { isPath, messageOf } from "../../js/errors.js";
import { SettingsError } from "./read.js";

/** @typedef {import("./read.js").ServerSettings} ServerSettings */

/** @param {ServerSettings} settings */
export function readCertificate(settings) {
  if (!settings["server.ssl.enabled"]) return null;
  /** @param {"server.ssl.key" | "server.ssl.certificate"} name */
  const readSetting = (name) => read(String(settings[name]), name);
  const certificate = {
    key: readSetting("server.ssl.key"),
    cert: readSetting("server.ssl.certificate"),
    passphrase: settings["server.ssl.keyPassphrase"],
  };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw new SettingsError([
      `server.ssl: the key, its passphrase and the certificate do not go together: ` +
        `${messageOf(error)}. Use PEM files of the same key pair.`,
    ]);
  }
  return certificate;
}

/**
 * Kibana goes on without a file that cannot be read; every request to its host would fail then.
 *
 * @param {ServerSettings} settings
 */
export function checkAuthorities({ actions: { customHostSettings = [] } }) {
  for (const [index, { ssl }] of customHostSettings.entries()) {
    for (const file of [ssl?.certificateAuthoritiesFiles ?? []].flat()) {
      read(file, `xpack.actions.customHostSettings.${index}.ssl.certificateAuthoritiesFiles`);
    }
  }
}

/**
 * @param {string} file
 * @param {string} setting
 */
function read(file, setting) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = isPath(file) ? messageOf(error) : "this is no path, but a text";
    throw new SettingsError([
      `${setting}: the file cannot be read: ${why}. Set it to a PEM file that this ` +
        "process can read.",
    ]);
  }
}

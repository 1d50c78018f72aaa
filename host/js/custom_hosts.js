// Settings for single target hosts, found by scheme, host and port (kibana-host.md 6.3).

import { readFileSync } from "node:fs";

import { isPath, messageOf } from "./errors.js";

/** @typedef {import("./types.js").CustomHostSettings} CustomHostSettings */
/** @typedef {import("./types.js").Logger} Logger */

/** @type {Record<string, string>} */
const DEFAULT_PORTS = { "https:": "443", "http:": "80", "smtp:": "25" };

/**
 * Reads the certificate files and leaves out the entries that cannot be used, with a warning each.
 *
 * @param {readonly CustomHostSettings[]} entries
 * @param {Logger} logger
 * @returns {(url: string) => CustomHostSettings | undefined}
 */
export function createCustomHosts(entries, logger) {
  /** @type {Map<string, CustomHostSettings>} */
  const hosts = new Map();
  /** @param {string} text */
  const warn = (text) => logger.warn(`In configuration xpack.actions.customHosts, ${text}`);

  for (const [index, entry] of entries.entries()) {
    const at = `xpack.actions.customHostSettings[${index}].url`;
    const url = canonical(entry.url);
    if (url === undefined) {
      // Not what it is: there may be a password in it.
      warn(`${at} cannot be read; the entry is ignored. Write it as https://<host>:<port>`);
      continue;
    }
    warnOfIgnored(at, entry.url, warn);
    if (!url.startsWith("https:") && !url.startsWith("smtp:")) {
      warn(`${at} "${url}" is neither https: nor smtp:; the entry is ignored`);
    } else if (hosts.has(url)) {
      warn(`${at} "${url}" occurs more than once; only the first entry is used`);
    } else {
      hosts.set(url, withCertificates({ ...entry, url }, warn));
    }
  }
  return (url) => hosts.get(canonical(url) ?? "");
}

/**
 * @param {string} at
 * @param {string} text a URL
 * @param {(text: string) => void} warn
 */
function warnOfIgnored(at, text, warn) {
  const { username, password, pathname, hash } = new URL(text);
  const parts = {
    credentials: username !== "" || password !== "",
    path: !["", "/"].includes(pathname),
    hash: hash !== "",
  };
  for (const [part, isThere] of Object.entries(parts)) {
    if (isThere) warn(`ignoring the ${part} of ${at}`);
  }
}

/**
 * @param {string} text
 * @returns {string | undefined} `<scheme>//<host>:<port>`, the port always written out
 */
function canonical(text) {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  const knownPort = port || DEFAULT_PORTS[protocol];
  if (hostname === "" || knownPort === undefined) return undefined;
  return `${protocol}//${hostname}:${knownPort}`;
}

/**
 * @param {CustomHostSettings} entry
 * @param {(text: string) => void} warn
 * @returns {CustomHostSettings} with the text of the files after the certificates given inline
 */
function withCertificates(entry, warn) {
  const files = entry.ssl?.certificateAuthoritiesFiles ?? [];
  const certificates = [entry.ssl?.certificateAuthoritiesData ?? []].flat();
  for (const file of [files].flat()) {
    try {
      certificates.push(readFileSync(file, "utf8"));
    } catch (thrown) {
      const why = isPath(file) ? `"${file}" cannot be read` : "is named by no path, but a text";
      const reason = isPath(file) ? `: ${messageOf(thrown)}` : "";
      warn(`the file ${why} and is skipped${reason}`);
    }
  }
  if (certificates.length === 0) return entry;
  return { ...entry, ssl: { ...entry.ssl, certificateAuthoritiesData: certificates.join("\n") } };
}

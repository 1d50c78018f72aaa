// The Kibana plugin as an archive that Kibana's installer takes: the same files, the same bytes.

import { zipSync } from "fflate";
import { PLUGIN_ID } from "./plugin.js";

/** Readable for everyone: the installer gives each file the mode that the archive says. */
const REGULAR_FILE = 0o100644;
const UNIX = 3;
/** The earliest that an archive can say, in the time of wherever it is made. */
const ALWAYS = new Date(1980, 0, 1);

/**
 * @param {import("./plugin.js").Files} files
 * @returns {Uint8Array}
 */
export function archiveOf(files) {
  const entries = [...files].map(([file, contents]) => [`kibana/${PLUGIN_ID}/${file}`, contents]);
  return zipSync(Object.fromEntries(entries), {
    level: 9,
    mtime: ALWAYS,
    os: UNIX,
    attrs: (REGULAR_FILE << 16) >>> 0,
  });
}

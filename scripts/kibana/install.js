// The command that installs the plugin, as it can be pasted into a shell.

import { pathToFileURL } from "node:url";

/** @param {string} file the plugin's archive */
export function installCommand(file) {
  // The one character that a URL may hold and a quoted word may not.
  const url = pathToFileURL(file).href.replaceAll("'", "%27");
  return `bin/kibana-plugin install '${url}'`;
}

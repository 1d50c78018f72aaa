// Every setting there is, under its own name, with what it may be and what it is when left out.

import { boolean, integer, oneOf, optional, string, text, withDefault } from "../schema.js";
import { webhooks } from "../webhooks/settings.js";
import { ACTIONS } from "./actions.js";
import { baseUrl, duration, hostName, httpUrl, longString, size } from "./units.js";

/** The prefix of the settings that `actions.js` lists. */
export const ACTIONS_PREFIX = "xpack.actions.";

/** @typedef {(typeof LEVELS)[number]} LogLevel */

/** From the one that tells nothing to the one that tells all. */
export const LEVELS = /** @type {const} */ ([
  "off",
  "fatal",
  "error",
  "warn",
  "info",
  "debug",
  "trace",
  "all",
]);

const port = integer(0, 65_535);

/** @type {import("../schema.js").Parser<string>} */
function encryptionKey(value, path = []) {
  return longString(32)(value, path);
}

/** The settings of the server itself. */
export const SERVER = {
  "server.host": withDefault(hostName, "127.0.0.1"),
  "server.allowRemote": withDefault(boolean, false),
  "server.port": withDefault(port, 5601),
  "server.publicBaseUrl": optional(baseUrl),
  "server.maxPayload": withDefault(size, 1024 * 1024),
  "server.requestsPerMinute": withDefault(integer(1, 1_000_000), 6000),
  "server.shutdownTimeout": withDefault(duration, 30_000),
  "server.ssl.enabled": withDefault(boolean, false),
  "server.ssl.certificate": optional(text),
  "server.ssl.key": optional(text),
  "server.ssl.keyPassphrase": optional(string),
  "path.data": withDefault(text, "data"),
  "logging.root.level": withDefault(oneOf(LEVELS), "info"),
  "xpack.encryptedSavedObjects.encryptionKey": optional(encryptionKey),
  "console.simulatorUrl": optional(httpUrl),
  webhooks: withDefault(webhooks, {}),
};

/** @typedef {{ [Key in keyof typeof SERVER]: ReturnType<(typeof SERVER)[Key]> }} FlatSettings */

/** @type {ReadonlyMap<string, import("../schema.js").Parser<any>>} */
export const SETTINGS = new Map([
  .../** @type {[string, import("../schema.js").Parser<any>][]} */ (Object.entries(SERVER)),
  .../** @type {[string, import("../schema.js").Parser<any>][]} */ (Object.entries(ACTIONS)).map(
    ([name, parse]) => /** @type {const} */ ([ACTIONS_PREFIX + name, optional(parse)]),
  ),
]);

/** The settings that hold a list or an object: an environment variable has them as JSON. */
export const STRUCTURED = new Set([
  ...["allowedHosts", "enabledActionTypes", "proxyHeaders", "proxyBypassHosts"].map(ofActions),
  ...["proxyOnlyHosts", "customHostSettings", "preconfigured"].map(ofActions),
  ofActions("run.connectorTypeOverrides"),
  "webhooks",
]);

/** The settings whose keys the user chooses: parts of them may be given one by one. */
export const KEYED = new Set([...["proxyHeaders", "preconfigured"].map(ofActions), "webhooks"]);

/** @param {string} name */
function ofActions(name) {
  return ACTIONS_PREFIX + name;
}

// A Kibana-style server: the host of `../js/`, its REST API and its page, on a port.

import { readFileSync } from "node:fs";

import { getConnectorType } from "../../js/index.js";
import { createHost, createSilentLogger } from "../js/index.js";
import { createApp } from "./app.js";
import { interimHost } from "./interim_host.js";
import { CONSOLE_FILES } from "./routes/page.js";
import { Credentials } from "./security/credentials.js";
import { Guesses } from "./security/guesses.js";
import { makePrivateFolder } from "./security/private_files.js";
import { Sessions } from "./security/sessions.js";
import { readServerSettings } from "./settings/read.js";

/** @typedef {import("./settings/read.js").ServerSettings} ServerSettings */

/**
 * @typedef {object} ServerOptions
 * @property {Record<string, unknown>} [settings] as a settings file has them, flat or nested
 * @property {ServerSettings} [readSettings] or as they were read already
 * @property {import("../js/types.js").Logger} [logger] silent when left out
 * @property {import("../js/generation.js").GenerationName} [generation] the newest when left out
 * @property {import("../js/types.js").ConnectorType} [connectorType] this package's when left out
 * @property {string} [consoleFiles] the folder of the built page
 * @property {() => number} [now] milliseconds since 1970
 */

/**
 * @typedef {object} Server
 * @property {string} url without a slash at its end
 * @property {import("./security/credentials.js").NewCredentials | undefined} credentials what was
 *   made on this first start; nothing on later ones
 * @property {import("./context.js").Host} host
 * @property {() => Promise<void>} close lets what runs end, as long as `server.shutdownTimeout`
 */

const NEWEST = "9.4";

/**
 * Starts a server.
 *
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function createServer(options = {}) {
  const { logger = createSilentLogger(), now = Date.now, generation = NEWEST } = options;
  const settings = options.readSettings ?? readServerSettings({ given: options.settings });
  const folder = settings["path.data"];
  makePrivateFolder(folder);
  const credentials = new Credentials(folder);
  const made = await credentials.makeFirst();

  const { preconfigured: _later, ...actions } = settings.actions;
  const host = interimHost(createHost({ generation, settings: actions, logger, now }));
  const connectorType = options.connectorType ?? getConnectorType();
  host.registerType(connectorType);

  const authentication = {
    credentials,
    sessions: new Sessions(now),
    guesses: new Guesses(now),
  };
  const { consoleFiles = CONSOLE_FILES } = options;
  const context = { host, connectorType, settings, authentication, logger, consoleFiles };
  const app = await createApp(
    { ...context, generation, version: versionOfPackage() },
    httpsOf(settings),
  );
  await app.listen({ host: settings["server.host"], port: settings["server.port"] });
  await host.start();
  const timeoutMs = settings["server.shutdownTimeout"];
  /** @type {Promise<void> | undefined} */
  let closed;
  return {
    url: urlOf(app, settings),
    credentials: made,
    host,
    close: () => (closed ??= close(app, host, timeoutMs)),
  };
}

/** @param {ServerSettings} settings */
function httpsOf(settings) {
  if (!settings["server.ssl.enabled"]) return null;
  return {
    key: readFileSync(String(settings["server.ssl.key"]), "utf8"),
    cert: readFileSync(String(settings["server.ssl.certificate"]), "utf8"),
    passphrase: settings["server.ssl.keyPassphrase"],
  };
}

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {ServerSettings} settings
 */
function urlOf(app, settings) {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  const scheme = settings["server.ssl.enabled"] ? "https" : "http";
  // Whoever listens everywhere is reached here, too.
  const everywhere = ["0.0.0.0", "::"].includes(address.address);
  const host = everywhere ? "127.0.0.1" : address.address;
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {import("./context.js").Host} host
 * @param {number} timeoutMs
 */
async function close(app, host, timeoutMs) {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  try {
    await Promise.all([app.close(), /** @type {any} */ (host).stop({ timeoutMs })]);
  } finally {
    clearTimeout(cutOff);
  }
}

function versionOfPackage() {
  const file = new URL("../package.json", import.meta.url);
  return String(JSON.parse(readFileSync(file, "utf8")).version);
}

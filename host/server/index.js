// A Kibana-style server: the host of `../js/`, its REST API and its page, on a port.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { getConnectorType } from "../../js/index.js";
import { NEWEST } from "../js/generation.js";
import { createHost, createSilentLogger, encryptionKeyFrom, openStore } from "../js/index.js";
import { createApp } from "./app.js";
import { CONSOLE_FILES } from "./routes/page.js";
import { Credentials } from "./security/credentials.js";
import { makePrivateFolder } from "./security/private_files.js";
import { Sessions } from "./security/sessions.js";
import { checkAuthorities, readCertificate } from "./settings/certificates.js";
import { readServerSettings, SettingsError } from "./settings/read.js";
import { warningsOf } from "./settings/warnings.js";

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

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/**
 * Starts a server.
 *
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function createServer(options = {}) {
  const { logger = createSilentLogger(), now = Date.now, generation = NEWEST } = options;
  const { consoleFiles = CONSOLE_FILES, connectorType = getConnectorType() } = options;
  const settings = options.readSettings ?? readServerSettings({ given: options.settings });
  const https = readCertificate(settings);
  checkAuthorities(settings);
  const folder = settings["path.data"];
  makePrivateFolder(folder);
  const store = openStoreIn(folder, settings);
  const credentials = new Credentials(folder);
  /** @type {import("./security/credentials.js").NewCredentials | undefined} */
  let made;
  try {
    const host = createHost({ generation, settings: settings.actions, logger, now, store });
    host.registerType(connectorType);
    for (const text of warningsOf(settings.actions, [connectorType.id])) {
      logger.get("settings").warn(text);
    }
    made = await credentials.makeFirst();
    const sessions = new Sessions(now);
    const authentication = { credentials, sessions };
    const { occurrences } = store;
    const about = { generation, version, consoleFiles, occurrences, now };
    const app = await createApp(
      { host, connectorType, settings, authentication, logger, ...about },
      https,
    );
    await listen(app, settings);
    host.start();
    const timeoutMs = settings["server.shutdownTimeout"];
    /** @type {Promise<void> | undefined} */
    let closed;
    return {
      url: urlOf(app, https ? "https" : "http"),
      credentials: made,
      host,
      close: () => (closed ??= close({ app, host, store, timeoutMs })),
    };
  } catch (error) {
    store.close();
    // Nobody was shown them.
    if (made) credentials.remove();
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {ServerSettings} settings
 */
function openStoreIn(folder, settings) {
  const database = join(folder, "host.db");
  const encryptionKey = encryptionKeyFrom({
    database,
    setting: settings["xpack.encryptedSavedObjects.encryptionKey"],
    file: join(folder, "encryption.key"),
  });
  return openStore({ file: database, encryptionKey });
}

/** What comes of listening at an address that this machine does not have, or must not use. */
const NO_ADDRESS = ["ENOTFOUND", "EAI_AGAIN", "EADDRNOTAVAIL"];

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {ServerSettings} settings
 */
async function listen(app, settings) {
  const { "server.host": host, "server.port": port } = settings;
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code = "" } = /** @type {NodeJS.ErrnoException} */ (error);
    if (!NO_ADDRESS.includes(code)) throw error;
    throw new SettingsError([
      `server.host: ${host} is no address of this machine, nor a name of one (${code}). Use ` +
        "127.0.0.1, or an address that it has.",
    ]);
  }
}

/**
 * @param {import("fastify").FastifyInstance} app
 * @param {string} scheme
 */
function urlOf(app, scheme) {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  // Whoever listens everywhere is reached here, too.
  const everywhere = ["0.0.0.0", "::"].includes(address.address);
  const host = everywhere ? "127.0.0.1" : address.address;
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

/**
 * @param {object} running
 * @param {import("fastify").FastifyInstance} running.app
 * @param {import("./context.js").Host} running.host
 * @param {import("../js/index.js").Store} running.store
 * @param {number} running.timeoutMs
 */
async function close({ app, host, store, timeoutMs }) {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  try {
    await Promise.all([app.close(), host.stop({ timeoutMs })]);
  } finally {
    clearTimeout(cutOff);
    store.close();
  }
}

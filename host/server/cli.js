#!/usr/bin/env node
// Runs the host until it is told to stop.

import { parseArgs } from "node:util";

import { messageOf } from "../js/errors.js";
import { createServer } from "./index.js";
import { createLog } from "./log.js";
import { Credentials, FIRST_API_KEY, USERNAME } from "./security/credentials.js";
import { makePrivateFolder } from "./security/private_files.js";
import { readServerSettings, SettingsError } from "./settings/read.js";

const HELP = `Serves a small Kibana-style host: connectors by Kibana's REST API, and a page for them.

  --config <file>          a YAML file with settings by Kibana's names; environment variables as
                           Kibana's container image has them go before it
  --new-password           make a new password, print it, and end
  --new-api-key [<name>]   make a new API key, print it, and end; an earlier key of that name
                           (${FIRST_API_KEY} when left out) is no longer taken
  --help                   this text

On the first start a password and an API key are made and printed; they cannot be shown again.
docs/host.md lists the settings.
`;

/** Signals so close to the first are the same: on Ctrl+C npm sends another one. */
const SAME_SIGNAL = 500;

/** What the caller got wrong, told without a stack. */
class UsageError extends Error {}

/** @param {string[]} args */
async function run(args) {
  const { values, name } = read(args);
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  // What is made from here on is nobody else's to read.
  process.umask(0o077);
  const settings = readServerSettings({ file: values.config, env: process.env });
  if (values["new-password"] || values["new-api-key"]) {
    await renew(settings["path.data"], values["new-password"] === true, name);
    return;
  }
  const log = createLog({ level: settings["logging.root.level"] });
  const server = await createServer({ readSettings: settings, logger: log });
  stopOnSignals(server, log);
  const { credentials } = server;
  process.stdout.write(`${server.url}\n${credentials ? shownOnce(credentials) : ""}`);
  process.stdout.write("Stop it with Ctrl+C.\n");
}

/** @param {string[]} args */
function read(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        config: { type: "string" },
        "new-password": { type: "boolean" },
        "new-api-key": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    const [name = FIRST_API_KEY, extra] = positionals;
    const surplus = values["new-api-key"] ? extra : positionals[0];
    if (surplus !== undefined) throw new UsageError(`Unknown argument: ${surplus}`);
    return { values, name };
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/**
 * @param {string} folder
 * @param {boolean} password
 * @param {string} keyName
 */
async function renew(folder, password, keyName) {
  makePrivateFolder(folder);
  const credentials = new Credentials(folder);
  const first = await credentials.makeFirst();
  if (first) process.stdout.write(shownOnce(first));
  else if (password) {
    process.stdout.write(`user ${USERNAME}, password ${await credentials.replacePassword()}\n`);
  } else process.stdout.write(`API key ${await credentials.makeApiKey(keyName)}\n`);
}

/** @param {import("./security/credentials.js").NewCredentials} credentials */
function shownOnce({ username, password, apiKey }) {
  return `These are shown this once:
  user ${username}, password ${password}
  API key ${apiKey}
    (send it as the header Authorization: ApiKey <key>)
`;
}

/**
 * @param {import("./index.js").Server} server
 * @param {import("../js/types.js").Logger} log
 */
function stopOnSignals(server, log) {
  let stoppingSince = 0;
  const stop = (/** @type {string} */ signal) => {
    if (stoppingSince === 0) {
      stoppingSince = performance.now();
      log.info(`${signal}: stopping; what runs may end. Another signal stops at once.`);
      server.close().then(
        () => log.info("Stopped."),
        (error) => {
          log.error(error instanceof Error ? error : String(error));
          process.exitCode = 1;
        },
      );
    } else if (performance.now() - stoppingSince > SAME_SIGNAL) {
      log.warn(`${signal}: stopped at once.`);
      process.exit(1);
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // The terminal is closed.
  process.on("SIGHUP", stop);
}

for (const stream of [process.stdout, process.stderr]) {
  // Whoever read the output may go away: the host goes on, without a log.
  stream.on("error", () => {});
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  if (error instanceof UsageError) process.stderr.write("--help lists what there is.\n");
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    process.stderr.write("Choose another port with server.port; 0 is a free one.\n");
  }
  process.exitCode = error instanceof UsageError ? 2 : error instanceof SettingsError ? 78 : 1;
}

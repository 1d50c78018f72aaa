#!/usr/bin/env node
/** @file Runs a simulator alone, until it is told to stop. */

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { startSimulator } from "./index.js";

/** @import { Options, Setup, User } from "./types.js" */

const HELP = `Serves a ServiceNow instance to develop and test against.

  --port <number>         the HTTP port (8080; 0 for a free one)
  --https-port <number>   serve HTTPS too, on this port (0 for a free one)
  --host <address>        the address to listen on (127.0.0.1)
  --allow-remote          allow an address that is not loopback
  --user <name:password>  a user who may sign in; may be repeated (elastic:changeme)
  --setup <file>          a JSON file with users, oauthClients, seed, tokenLifetime, corsRules
  --seed <number>         the same seed gives the same identifiers
  --help                  this text
`;

/** What the caller got wrong, told without a stack. */
class UsageError extends Error {}

/**
 * @param {string[]} args
 * @returns {Options | undefined} nothing when help was asked for
 */
function read(args) {
  const { values } = parsed(args);
  if (values.help) return undefined;
  const httpsPort = values["https-port"];
  /** @type {Options} */
  const options = {
    ...(values.setup === undefined ? {} : readSetup(values.setup)),
    port: number(values.port ?? "8080", "--port", 65_535),
    allowRemote: values["allow-remote"] ?? false,
  };
  if (values.host !== undefined) options.host = values.host;
  if (values.user !== undefined) options.users = values.user.map(readUser);
  if (values.seed !== undefined) {
    options.seed = number(values.seed, "--seed", Number.MAX_SAFE_INTEGER);
  }
  if (httpsPort !== undefined) {
    options.httpsPort = number(httpsPort, "--https-port", 65_535);
  }
  return options;
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string" },
        "https-port": { type: "string" },
        host: { type: "string" },
        "allow-remote": { type: "boolean" },
        user: { type: "string", multiple: true },
        setup: { type: "string" },
        seed: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/**
 * @param {string} text
 * @param {string} name
 * @param {number} largest
 */
function number(text, name, largest) {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value <= largest)) {
    throw new UsageError(`${name} must be a whole number from 0 to ${largest}, not "${text}"`);
  }
  return value;
}

/**
 * @param {string} text
 * @returns {User}
 */
function readUser(text) {
  const colon = text.indexOf(":");
  if (colon < 1) throw new UsageError("--user must be a name and a password: name:password");
  return { userName: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * @param {string} path
 * @returns {Setup}
 */
function readSetup(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`--setup: ${path} cannot be read as JSON: ${messageOf(error)}`);
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {string[]} args */
async function run(args) {
  const options = read(args);
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  const simulator = await startSimulator(options);
  const users = options.users ?? [{ userName: "elastic", password: "changeme" }];
  const lines = [
    `ServiceNow simulator: ${simulator.url}`,
    ...(simulator.httpsUrl ? [`                      ${simulator.httpsUrl}`] : []),
    ...users.map(({ userName, password }) => `user ${userName}, password ${password}`),
  ];
  if (simulator.certificateAuthority) {
    lines.push("certificate to trust for HTTPS:", simulator.certificateAuthority.trim());
  }
  const stop = () => void simulator.close();
  // Not once: on Ctrl+C the terminal sends one signal and npm another.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.stdout.write(`${lines.join("\n")}\nStop it with Ctrl+C.\n`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  if (error instanceof UsageError) process.stderr.write("--help lists what there is.\n");
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    process.stderr.write("Choose another port with --port or --https-port; 0 is a free one.\n");
  }
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

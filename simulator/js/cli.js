#!/usr/bin/env node
/** @file Runs a simulator alone, until it is told to stop. */

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { startSimulator } from "./index.js";

/** @import { FaultRule, Options, Setup, User } from "./types.js" */

const HELP = `Serves a ServiceNow instance to develop and test against.

  --port <number>         the HTTP port (8080; 0 for a free one)
  --https-port <number>   serve HTTPS too, on this port (0 for a free one)
  --host <address>        the address to listen on (127.0.0.1)
  --allow-remote          allow an address that is not loopback
  --user <name:password>  a user who may sign in; may be repeated (elastic:changeme)
  --setup <file>          a JSON file with users, oauthClients, corsRules and what else there is
  --seed <number>         the same seed gives the same identifiers
  --fault <rule>          a fault to begin with: its name, or a rule as JSON; may be repeated
  --state <file>          go on from a state that was saved, in place of a set-up
  --save <file>           save the state there when the simulator is stopped
  --help                  this text
`;

/** What the caller got wrong, told without a stack. */
class UsageError extends Error {}

/**
 * @typedef {object} Wanted
 * @property {Options} options
 * @property {FaultRule[]} faults
 * @property {string | undefined} save
 */

/**
 * @param {string[]} args
 * @returns {Wanted | undefined} nothing when help was asked for
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
  if (values.state !== undefined) options.state = readText(values.state, "--state");
  return { options, faults: (values.fault ?? []).map(readFault), save: values.save };
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
        fault: { type: "string", multiple: true },
        state: { type: "string" },
        save: { type: "string" },
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
 * @param {string} text
 * @returns {FaultRule}
 */
function readFault(text) {
  if (!text.trimStart().startsWith("{")) return { fault: text };
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--fault: ${text} is not JSON: ${messageOf(error)}`);
  }
}

/**
 * @param {string} path
 * @returns {Setup}
 */
function readSetup(path) {
  const text = readText(path, "--setup");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--setup: ${path} cannot be read as JSON: ${messageOf(error)}`);
  }
}

/**
 * @param {string} path
 * @param {string} name
 */
function readText(path, name) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${name}: ${path} cannot be read: ${messageOf(error)}`);
  }
}

/**
 * @param {string} path
 * @param {string} state
 */
function write(path, state) {
  try {
    // The state holds passwords.
    writeFileSync(path, state, { mode: 0o600 });
  } catch (error) {
    process.stderr.write(`--save: ${path} cannot be written: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {string[]} args */
async function run(args) {
  const wanted = read(args);
  if (!wanted) {
    process.stdout.write(HELP);
    return;
  }
  const { options, faults, save } = wanted;
  const simulator = await startSimulator(options);
  try {
    for (const rule of faults) simulator.faults.inject(rule);
  } catch (error) {
    await simulator.close();
    throw new UsageError(`--fault: ${messageOf(error)}`);
  }
  const users =
    options.users ??
    (options.state === undefined ? [{ userName: "elastic", password: "changeme" }] : []);
  const lines = [
    `ServiceNow simulator: ${simulator.url}`,
    ...(simulator.httpsUrl ? [`                      ${simulator.httpsUrl}`] : []),
    ...(options.state === undefined ? [] : ["users and passwords as in the state"]),
    ...users.map(({ userName, password }) => `user ${userName}, password ${password}`),
  ];
  if (simulator.certificateAuthority) {
    lines.push("certificate to trust for HTTPS:", simulator.certificateAuthority.trim());
  }
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    void simulator.close();
    if (save !== undefined) write(save, simulator.save());
  };
  // Not once: on Ctrl+C the terminal sends one signal and npm another.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // The terminal is closed.
  process.on("SIGHUP", stop);
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

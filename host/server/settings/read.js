// Reads the host's settings, all of them, before anything is started. What is wrong is told at
// once and together: the place, the setting's name, what was expected, what to do. Never a value
// that may be secret.

import { readFileSync } from "node:fs";

import { messageOf } from "../../js/errors.js";
import { Invalid, isObject } from "../schema.js";
import { isLoopback } from "../security/addresses.js";
import { ACTIONS, actionsSettings } from "./actions.js";
import { nearest } from "./nearest.js";
import { fromEnvironment, fromObject, fromYaml, variableOf } from "./sources.js";
import { ACTIONS_PREFIX, KEYED, SERVER, SETTINGS } from "./table.js";

/** @typedef {import("./sources.js").Entry} Entry */

/** @typedef {import("./table.js").FlatSettings &
 *   { actions: ReturnType<typeof actionsSettings> }} ServerSettings */

/** The settings cannot be meant as they are. Its message has a line for each that is wrong. */
export class SettingsError extends Error {
  /** @param {readonly string[]} problems */
  constructor(problems) {
    super(problems.join("\n"));
    this.name = "SettingsError";
    this.problems = problems;
  }
}

/**
 * @param {object} from
 * @param {string} [from.file] a YAML file
 * @param {Record<string, unknown>} [from.given] the same as an object
 * @param {NodeJS.ProcessEnv} [from.env] goes before what the file says, as in Kibana
 * @returns {ServerSettings}
 */
export function readServerSettings({ file, given = {}, env = {} }) {
  const sources = [
    ...(file === undefined ? [] : [fromYaml(contentsOf(file), file)]),
    fromObject(given),
  ];
  const problems = sources.flatMap((source) => source.problems);
  /** @type {Map<string, Entry>} */
  const values = new Map();
  for (const entry of sources.flatMap(({ entries }) => entries)) {
    if (isKnown(entry, problems)) add(values, resolveReferences(entry, env, problems), problems);
  }
  const environment = fromEnvironment(env);
  problems.push(...environment.problems);
  for (const entry of environment.entries) {
    if (isKnown(entry, problems)) values.set(entry.name, entry);
  }

  const parsed = parseAll(values, problems);
  if (problems.length === 0) checkTogether(parsed, values, problems);
  if (problems.length > 0) throw new SettingsError(problems);
  const pick = (/** @type {string[]} */ names, prefix = "") =>
    Object.fromEntries(
      names
        .filter((name) => parsed[prefix + name] !== undefined)
        .map((name) => [name, parsed[prefix + name]]),
    );
  return {
    .../** @type {import("./table.js").FlatSettings} */ (pick(Object.keys(SERVER))),
    actions: actionsSettings(pick(Object.keys(ACTIONS), ACTIONS_PREFIX)),
  };
}

/** @param {string} file */
function contentsOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new SettingsError([`the settings file cannot be read: ${messageOf(error)}`]);
  }
}

/**
 * @param {Entry} entry
 * @param {string[]} problems
 */
function isKnown({ name, where, known }, problems) {
  if (known) return true;
  const names = [...SETTINGS.keys()];
  const close = nearest(name, [...names, ...names.map(variableOf)]);
  const remedy = close
    ? `Did you mean ${close}?`
    : "Remove it; docs/host.md lists the settings there are.";
  problems.push(`${where}: ${name} is not a setting of this host. ${remedy}`);
  return false;
}

/**
 * Adds an entry, or the part of one, to what was given before.
 *
 * @param {Map<string, Entry>} values
 * @param {Entry} entry
 * @param {string[]} problems
 */
function add(values, entry, problems) {
  const before = values.get(entry.name);
  const value = entry.rest.reduceRight(
    (/** @type {unknown} */ inner, key) => objectOf(key, inner),
    entry.value,
  );
  if (before === undefined) {
    values.set(entry.name, { ...entry, rest: [], value });
  } else if (!merge(before.value, value)) {
    problems.push(
      `${entry.where}: ${[entry.name, ...entry.rest].join(".")} is given twice, here and at ` +
        `${before.where}. Remove one of them.`,
    );
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 * @returns {Record<string, unknown>} with `__proto__` as a key like any other
 */
function objectOf(key, value) {
  return Object.fromEntries([[key, value]]);
}

/**
 * @param {unknown} into
 * @param {unknown} value
 * @returns {boolean} whether the two do not contradict each other
 */
function merge(into, value) {
  if (!isObject(into) || !isObject(value)) return false;
  return Object.entries(value).every(([key, part]) => {
    if (Object.hasOwn(into, key)) return merge(into[key], part);
    Object.defineProperty(into, key, {
      value: part,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return true;
  });
}

/**
 * Puts environment variables where a value says `${NAME}` or `${NAME:otherwise}`.
 *
 * @param {Entry} entry
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} problems
 * @returns {Entry}
 */
function resolveReferences(entry, env, problems) {
  /** @type {(value: unknown) => unknown} */
  const resolve = (value) => {
    if (typeof value === "string") {
      return value.replace(/\$\{(\w+)(?::([^}]*))?\}/g, (_whole, name, otherwise) => {
        const found = env[name] ?? otherwise;
        if (found === undefined) {
          problems.push(
            `${entry.where}: ${entry.name} refers to the environment variable ${name}, which is ` +
              "not set. Set it.",
          );
        }
        return found ?? "";
      });
    }
    if (Array.isArray(value)) return value.map(resolve);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));
  };
  return { ...entry, value: resolve(entry.value) };
}

/**
 * @param {Map<string, Entry>} values
 * @param {string[]} problems
 * @returns {Record<string, any>}
 */
function parseAll(values, problems) {
  /** @type {Record<string, unknown>} */
  const parsed = {};
  for (const [name, parse] of SETTINGS) {
    const entry = values.get(name);
    // Nothing where names are listed may be meant as no name, and would be taken for all of them.
    if (entry?.value === null && !KEYED.has(name)) {
      problems.push(
        `${entry.where}: ${name}: no value is given. Give one ([] is an empty list), or remove ` +
          "the setting to have what it is by default.",
      );
      continue;
    }
    try {
      parsed[name] = parse(entry?.value ?? undefined);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const at = [name, ...error.path].join(".");
      problems.push(`${entry?.where ?? "settings"}: ${at}: ${error.message}`);
    }
  }
  return parsed;
}

/**
 * What no setting says alone.
 *
 * @param {Record<string, any>} parsed
 * @param {Map<string, Entry>} values
 * @param {string[]} problems
 */
function checkTogether(parsed, values, problems) {
  /** @param {string} name @param {string} text */
  const problem = (name, text) =>
    problems.push(`${values.get(name)?.where ?? "settings"}: ${name}: ${text}`);

  const host = parsed["server.host"];
  if (!isLoopback(host) && !parsed["server.allowRemote"]) {
    problem(
      "server.host",
      `${host} can be reached from other machines: whoever guesses or overhears a password there ` +
        "can read and change incidents with the connectors' accounts. Use 127.0.0.1, or set " +
        "server.allowRemote: true if that is meant, and server.ssl.* with it.",
    );
  }
  if (parsed["server.ssl.enabled"]) {
    for (const name of ["server.ssl.certificate", "server.ssl.key"]) {
      if (parsed[name] === undefined) {
        problem("server.ssl.enabled", `${name} is missing. Set it to the path of a PEM file.`);
      }
    }
  }
}

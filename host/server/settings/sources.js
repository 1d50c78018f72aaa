// Where settings come from: a YAML file, an object in its shape, the environment. Each gives a list
// of entries: a setting's name, its raw value, and where that was written.
//
// As in Kibana's own file a key may be flat (`server.port`), nested, or anything between.

import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";

import { isObject } from "../schema.js";
import { KEYED, SETTINGS, STRUCTURED } from "./table.js";

/**
 * @typedef {object} Entry
 * @property {string} name of the setting, or of something that is none
 * @property {readonly string[]} rest the path inside a setting whose keys the user chooses
 * @property {unknown} value
 * @property {string} where file and line, or the variable
 * @property {boolean} known whether there is such a setting
 */

/** @typedef {{ entries: Entry[], problems: string[] }} Source */

/** Variables that begin like this are meant for this host: one that is unknown is a mistake. */
const OURS = ["XPACK_ACTIONS_", "XPACK_ENCRYPTEDSAVEDOBJECTS_"];

/**
 * @param {string} contents
 * @param {string} file its name, for the messages
 * @returns {Source}
 */
export function fromYaml(contents, file) {
  const lineCounter = new LineCounter();
  const document = parseDocument(contents, { lineCounter, prettyErrors: false });
  /** @param {number} offset */
  const at = (offset) => `${file}:${lineCounter.linePos(offset).line}`;
  if (document.errors.length > 0) {
    // The library's text quotes the file, and there may be a secret on the line.
    const problems = document.errors.map(
      ({ code, pos }) => `${at(pos[0])}: this is not YAML (${code}). Mend the line.`,
    );
    return { entries: [], problems };
  }
  if (document.contents === null) return { entries: [], problems: [] };
  if (!isMap(document.contents)) {
    return { entries: [], problems: [`${at(0)}: expected settings, each with its name`] };
  }
  /** @type {string[]} */
  const problems = [];
  /** @param {unknown} node */
  const meant = (node) => (isAlias(node) ? node.resolve(document) : node);
  const entries = flatten(document.contents, {
    isGroup: (node) => isMap(meant(node)),
    pairs: (node) => {
      const map = meant(node);
      if (!isMap(map)) return [];
      return map.items.map(({ key, value }) => ({
        key: isScalar(key) ? String(key.value) : String(key),
        value,
        where: at((isScalar(key) && key.range?.[0]) || 0),
      }));
    },
    plain: (node, name, where) => {
      try {
        return isNode(node) ? node.toJS(document) : null;
      } catch {
        // A few lines of them can stand for more than fits into memory.
        problems.push(
          `${where}: ${name} refers to anchors that are not there, or too often to be meant. ` +
            "Write out what the aliases (*name) stand for.",
        );
        return undefined;
      }
    },
  });
  return { entries, problems };
}

/**
 * @param {Record<string, unknown>} given
 * @returns {Source}
 */
export function fromObject(given) {
  return {
    entries: flatten(given, {
      isGroup: isObject,
      pairs: (value) =>
        Object.entries(Object(value)).map(([key, part]) => ({
          key,
          value: part,
          where: "settings",
        })),
      plain: (value) => value,
    }),
    problems: [],
  };
}

/**
 * The variables as Kibana's container image names them: upper case, dots as underscores.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Source}
 */
export function fromEnvironment(env) {
  const names = new Map([...SETTINGS.keys()].map((name) => [variableOf(name), name]));
  /** @type {Source} */
  const source = { entries: [], problems: [] };
  for (const [variable, value] of Object.entries(env)) {
    if (value === undefined || value === "") continue;
    const name = names.get(variable);
    const where = `environment variable ${variable}`;
    if (name === undefined) {
      if (OURS.some((prefix) => variable.startsWith(prefix))) {
        source.entries.push({ name: variable, rest: [], value, where, known: false });
      }
      continue;
    }
    const parsed = STRUCTURED.has(name) ? fromJson(value) : { value };
    if (parsed) source.entries.push({ name, rest: [], ...parsed, where, known: true });
    else
      source.problems.push(`${where}: expected JSON, such as ["one", "two"] or {"key": "value"}`);
  }
  return source;
}

/** @param {string} name */
export function variableOf(name) {
  return name.toUpperCase().replaceAll(".", "_");
}

/** @param {string} value */
function fromJson(value) {
  try {
    return { value: JSON.parse(value) };
  } catch {
    return undefined;
  }
}

/**
 * @template Node
 * @typedef {object} Reader how to look into a node of the one kind or the other
 * @property {(node: unknown) => boolean} isGroup
 * @property {(node: unknown) => { key: string, value: unknown, where: string }[]} pairs
 * @property {(node: unknown, name: string, where: string) => unknown} plain nothing when it cannot
 *   be told
 */

/**
 * @param {unknown} group
 * @param {Reader<unknown>} reader
 * @param {string} [prefix]
 * @returns {Entry[]}
 */
function flatten(group, reader, prefix = "") {
  return reader.pairs(group).flatMap(({ key, value, where }) => {
    const full = prefix + key;
    const name = settingOf(full);
    if (name !== undefined) {
      const rest = full === name ? [] : full.slice(name.length + 1).split(".");
      return [{ name, rest, value: reader.plain(value, full, where), where, known: true }];
    }
    const leads = [...SETTINGS.keys()].some((setting) => setting.startsWith(`${full}.`));
    if (leads && reader.isGroup(value)) return flatten(value, reader, `${full}.`);
    const plain = reader.plain(value, full, where);
    // A heading whose settings are all commented out.
    if (leads && (plain === undefined || plain === null)) return [];
    return [{ name: full, rest: [], value: plain, where, known: false }];
  });
}

/** @param {string} full */
function settingOf(full) {
  if (SETTINGS.has(full)) return full;
  return [...KEYED].find((name) => full.startsWith(`${name}.`));
}

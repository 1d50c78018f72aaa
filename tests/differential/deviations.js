// Where the connector differs from Kibana and says so (the module docs of src/template): the rules that
// the oracle follows then. What it comes to by them is all that a difference may be, to the letter.

import lodash from "lodash";
import moment from "moment-timezone";
import { nested, quietMoment } from "./oracle/rules.js";

/**
 * @import { Outcome } from "./compare.js"
 * @import { Rules } from "./oracle/rules.js"
 */

const MOST_WAYS = 64;

/**
 * The connector's rules; once for each combination of what they leave open.
 *
 * @returns {Generator<Rules>}
 */
export function* waysToDeviate() {
  /** @type {Map<string, { taken: number, count: number }>} */
  const open = new Map();
  /** @type {Choose} */
  const choose = (of, answers) => {
    const { taken } = open.get(of) ?? { taken: 0 };
    open.set(of, { taken, count: answers.length });
    return /** @type {any} */ (answers[taken]);
  };
  const rules = rulesOf(choose);
  for (let way = 0; way < MOST_WAYS; way++) {
    yield rules;
    const next = [...open.values()].find(
      (choice) => ++choice.taken < choice.count || reset(choice),
    );
    if (!next) return;
  }
}

/**
 * @typedef {<T>(of: string, answers: T[]) => T} Choose
 */

/** @param {{ taken: number }} choice */
function reset(choice) {
  choice.taken = 0;
  return false;
}

/**
 * @param {Choose} choose
 * @returns {Rules}
 */
function rulesOf(choose) {
  return {
    // What JSON makes no object holds no variables.
    variables: (ready) => (ready !== null && typeof ready === "object" ? ready : {}),
    expand,
    giveText,
    lookup,
    mostLambdas: 20,
    variable,
    json: (hjson, read) => json(hjson, read, choose),
    date: (date, zone, format) => dateText(date, zone, format, choose),
    encodable: (text) => text.toWellFormed(),
  };
}

/**
 * No part named `__proto__` goes beside a dotted key, nor does a member that is merged into another. It
 * does not set the length of a list, and an object with a length is no list.
 *
 * @type {Rules["expand"]}
 */
function expand(container, key) {
  if (key.endsWith(".__proto__")) return;
  const parts = key.split(".").filter((part) => part !== "__proto__");
  lodash.mergeWith(container, nested(parts, container[key]), (own, given, name, within) => {
    const isKept = name === "__proto__" || (Array.isArray(within) && name === "length");
    if (isKept) return within[name];
    const isMerged = lodash.isObject(own) && (Array.isArray(own) || !Array.isArray(given));
    return lodash.isObject(given) && !isMerged ? lodash.cloneDeep(given) : undefined;
  });
}

/**
 * A dotted key does not take the place of what lists read with.
 *
 * @type {Rules["giveText"]}
 */
function giveText(list) {
  if (!Object.hasOwn(list, "join") || Object.hasOwn(list, "toString")) return;
  Object.defineProperty(list, "toString", { value: () => Array.prototype.join.call(list) });
}

const OF_OBJECTS = functionsOf(Object.prototype);
const OF_LISTS = functionsOf(Array.prototype);

/** @param {any} prototype */
function functionsOf(prototype) {
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== "__proto__");
  return new Set(names.map((name) => prototype[name]).filter((own) => typeof own === "function"));
}

/**
 * mustache.js's, but for what values have because every one has it, and what variables named as that do
 * to its cache.
 *
 * @type {NonNullable<Rules["lookup"]>}
 */
function lookup(lambdas) {
  const known = new Set(Object.values(lambdas));
  return function (name) {
    if (name === ".") return this.view;
    for (let context = this; context; context = context.parent) {
      const isPath = name.indexOf(".") > 0;
      const found = isPath ? atPath(context.view, name.split("."), known) : at(context.view, name);
      if (found) return called(found.value, this.view);
    }
    return undefined;
  };
}

/**
 * @param {any} view
 * @param {string} name
 */
function at(view, name) {
  const value = view[name];
  return typeof view === "object" && name in view ? { value } : undefined;
}

/**
 * A lambda has nothing of what functions have, and they have a name and a length; a text, a number and a
 * boolean have nothing that they inherit.
 *
 * @param {any} view
 * @param {string[]} names
 * @param {Set<unknown>} lambdas
 */
function atPath(view, names, lambdas) {
  let value = view;
  for (const name of names) {
    if (value === null || value === undefined || lambdas.has(value)) return undefined;
    if (typeof value === "function" && !["length", "name"].includes(name)) return undefined;
    const isThere = typeof value === "object" ? name in value : Object.hasOwn(value, name);
    if (!isThere) return undefined;
    value = whole(value[name], value);
  }
  return { value };
}

/**
 * Half of a surrogate pair cannot be written in UTF-8.
 *
 * @param {unknown} value
 * @param {unknown} of
 */
function whole(value, of) {
  return typeof of === "string" && typeof value === "string" ? value.toWellFormed() : value;
}

/**
 * A function that lists inherit means nothing where the view is a text or a list, or has a length. None
 * changes the view, what goes through one is a text, and a view that is given is as false as it was.
 *
 * @param {any} value
 * @param {any} view
 */
function called(value, view) {
  if (typeof value !== "function") return value;
  const isObject = view !== null && typeof view === "object";
  if (OF_LISTS.has(value) && value !== Array.prototype.toString) {
    const hasLength = isObject && Object.hasOwn(view, "length");
    if (typeof view === "string" || Array.isArray(view) || hasLength) return undefined;
  }
  // A variable named `toString` is in its way in the words of texts.
  if (value === Object.prototype.toLocaleString && isObject) return String(view);
  if (!isObject || Array.isArray(view) || !(OF_LISTS.has(value) || OF_OBJECTS.has(value))) {
    const made = value.call(view);
    const isView = !isObject && typeof made === "object" && made?.valueOf() === view;
    return isView ? view : made;
  }
  const copy = Object.create(Object.getPrototypeOf(view), Object.getOwnPropertyDescriptors(view));
  const made = value.call(copy);
  if (String(made) === "[object Array Iterator]") return String(made);
  return made === copy ? view : made;
}

/**
 * Functions that objects have are no variables of an expression.
 *
 * @type {Rules["variable"]}
 */
function variable(scope, name) {
  const isKey = name in Object(scope);
  for (const path of isKey ? [[name]] : [lodash.toPath(name), [name]]) {
    const value = path.reduce(withoutFunctions, scope);
    if (value !== undefined) return value;
  }
  return undefined;
}

/**
 * @param {any} container
 * @param {string} key
 */
function withoutFunctions(container, key) {
  if (container === null || container === undefined) return undefined;
  const isOwn = Object.hasOwn(container, key) || (Array.isArray(container) && key === "__proto__");
  return isOwn && typeof container[key] !== "function"
    ? whole(container[key], container)
    : undefined;
}

const DEEP = "Nested more than 100 levels deep";

/**
 * Members named `__proto__` are dropped, the second one too. Hjson nests to a depth of 100, and what is
 * wrong with it further down is not said then.
 *
 * @param {string} hjson
 * @param {() => unknown} read
 * @param {Choose} choose
 */
function json(hjson, read, choose) {
  const brackets = hjson.match(/[[{]/g) ?? [];
  if (brackets.length > 100 && choose(`hjson ${hjson}`, [false, true])) {
    throw new Error(`error parsing Hjson "${hjson}": ${DEEP}`);
  }
  return JSON.stringify(read(), (key, value) => (key === "__proto__" ? undefined : value));
}

/**
 * The rules of zones are the host's, and go on after 2499, where moment's end. Outside of the years between
 * 2000 and then some abbreviations read as the offset, and so does moment's for where nobody lives yet.
 *
 * @param {string} date
 * @param {string} zone
 * @param {string} format
 * @param {Choose} choose
 */
function dateText(date, zone, format, choose) {
  const then = quietMoment(date).tz(zone);
  const abbreviation = then.zoneAbbr();
  const [offset, named] = offsetOfHost(then, zone);
  let abbreviations = [abbreviation];
  if (Math.abs(offset - then.utcOffset()) > 1 / 60) {
    // A few minutes are minutes, and no hours.
    /** @type {any} */ (then).utcOffset(offset, false, true);
    abbreviations = [named, ...abbreviationsFor(zone, offset)];
  } else if (then.year() < 2000 || then.year() > 2499 || abbreviation === "-00") {
    abbreviations = [abbreviation, named];
    // Or as those where it is as late, and where the host has another name for the time.
    if (then.year() < 2000) abbreviations.push(...abbreviationsAt(then));
  }
  const chosen = choose(`${then.valueOf()} ${zone}`, [...new Set(abbreviations)]);
  then.zoneAbbr = () => chosen;
  then.zoneName = then.zoneAbbr;
  return then.format(format);
}

/**
 * Those that moment has for a zone when it is so far ahead of UTC.
 *
 * @param {string} name
 * @param {number} minutes
 */
function abbreviationsFor(name, minutes) {
  const zone = moment.tz.zone(name);
  return zone?.abbrs.filter((_, index) => zone.offsets[index] === -minutes) ?? [];
}

/**
 * Those of all zones that have the same time then.
 *
 * @param {moment.Moment} then
 */
function abbreviationsAt(then) {
  const zones = moment.tz.names().map((name) => then.clone().tz(name));
  const sameTime = zones.filter((other) => other.utcOffset() === then.utcOffset());
  return sameTime.map((other) => other.zoneAbbr());
}

/**
 * How many minutes the host has a zone ahead of UTC, and how that reads as an abbreviation.
 *
 * @param {moment.Moment} then
 * @param {string} timeZone
 * @returns {[number, string]}
 */
function offsetOfHost(then, timeZone) {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const parts = format.formatToParts(then.valueOf());
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "00", minutes = "00", seconds = "00"] =
    /^GMT([-+])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? [];
  const ahead = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  const offset = sign === "-" ? -ahead : ahead;
  // Before there were zones, towns had the sun's time, which some called by the town's name.
  if (seconds !== "00") return [offset, "LMT"];
  return [offset, sign + hours + (minutes === "00" ? "" : minutes)];
}

/**
 * Whether two outcomes are the same, but for halves of surrogate pairs and for where Hjson is too deep.
 *
 * @param {Outcome} expected
 * @param {Outcome} actual
 */
export function isSaid(expected, actual) {
  return plain(expected) === plain(actual);
}

/**
 * An outcome as one text, with U+FFFD for each half of a surrogate pair, as it is or as JSON has it.
 *
 * @param {Outcome} outcome
 */
function plain({ text, json, warnings, thrown }) {
  return (
    [text, json, thrown, ...(warnings ?? [])]
      .join("\n")
      .replace(/\p{Surrogate}|\\ud[89a-f][0-9a-f]{2}/gu, "\ufffd")
      // Backslashes before it may be the escape's, or the template's own.
      .replace(/\\+\ufffd/g, "\ufffd")
      .replace(HJSON_PLACE, DEEP)
  );
}

const HJSON_PLACE = new RegExp(`${DEEP} at line \\d+,\\d+ >>>.*? \\.\\.\\.`, "gs");

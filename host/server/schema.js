// Parsers of values that come from outside, which word a fault as Kibana's schemas do
// (kibana-host.md 9). A route's body and the settings file are both read with them.

/** @typedef {readonly (string | number)[]} Path where in the whole value a part of it is */

/**
 * @template T
 * @typedef {(value: unknown, path?: Path) => T} Parser returns the value or throws `Invalid`
 */

/** A value that is not what was expected, and where it is. */
export class Invalid extends Error {
  /**
   * @param {Path} path
   * @param {string} problem
   */
  constructor(path, problem) {
    super(problem);
    this.name = "Invalid";
    this.path = path;
  }
}

/**
 * @param {unknown} value
 * @returns {string} the value's type as the texts call it
 */
export function kindOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "Array";
  return typeof value === "object" ? "Object" : typeof value;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isObject(value) {
  return kindOf(value) === "Object";
}

/** @type {Parser<string>} */
export function string(value, path = []) {
  if (typeof value !== "string") throw mismatch("string", value, path);
  return value;
}

/** @type {Parser<string>} a string that is more than white space */
export function text(value, path = []) {
  const parsed = string(value, path);
  refuseBlanks(parsed, path);
  return parsed;
}

/** @type {Parser<boolean>} `"true"` and `"false"` are taken too */
export function boolean(value, path = []) {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw mismatch("boolean", value, path);
}

/**
 * @param {number} least
 * @param {number} most
 * @returns {Parser<number>} a whole number; one written as a string is taken too
 */
export function integer(least, most) {
  return (value, path = []) => {
    const isNumeral = typeof value === "string" && /^-?\d+$/.test(value);
    const number = isNumeral ? Number(value) : value;
    if (typeof number !== "number") throw mismatch("number", value, path);
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new Invalid(path, `expected a whole number from ${least} to ${most}`);
    }
    return number;
  };
}

/**
 * @template {string} T
 * @param {readonly T[]} known
 * @returns {Parser<T>}
 */
export function oneOf(known) {
  return (value, path = []) => {
    const found = known.find((one) => one === value);
    if (found === undefined) throw new Invalid(path, `expected one of ${known.join(", ")}`);
    return found;
  };
}

/**
 * @template T
 * @param {Parser<T>} parse
 * @returns {Parser<T[]>}
 */
export function list(parse) {
  return (value, path = []) => {
    if (!Array.isArray(value)) throw mismatch("array", value, path);
    return value.map((item, index) => parse(item, [...path, index]));
  };
}

/**
 * @template T
 * @param {Parser<T>} parse
 * @returns {Parser<Record<string, T>>} an object with any keys
 */
export function record(parse) {
  return (value, path = []) => {
    if (!isObject(value)) throw mismatch("object", value, path);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, parse(item, [...path, key])]),
    );
  };
}

/** @type {Parser<unknown>} anything in which no string is blank, however deep */
export function withoutBlanks(value, path = []) {
  refuseBlanks(value, path);
  return value;
}

/** @type {Parser<unknown>} */
export function anything(value) {
  return value;
}

/**
 * @template T
 * @param {Parser<T>} parse
 * @returns {Parser<T | undefined>}
 */
export function optional(parse) {
  return (value, path) => (value === undefined ? undefined : parse(value, path));
}

/**
 * @template T
 * @param {Parser<T>} parse
 * @param {NoInfer<T>} fallback
 * @returns {Parser<T>}
 */
export function withDefault(parse, fallback) {
  return (value, path) => (value === undefined ? fallback : parse(value, path));
}

/**
 * An object of these keys and no other. What is wrong with a known key is told first.
 *
 * @template {Record<string, Parser<any>>} Fields
 * @param {Fields} fields
 * @returns {Parser<{ [Key in keyof Fields]: ReturnType<Fields[Key]> }>}
 */
export function object(fields) {
  return (value, path = []) => {
    if (!isObject(value)) {
      const found = kindOf(value);
      throw new Invalid(path, `expected a plain object value, but found [${found}] instead.`);
    }
    const parsed = Object.entries(fields).map(([key, parse]) => {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      return [key, parse(given, [...path, key])];
    });
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(fields, key)) continue;
      throw new Invalid([...path, key], "definition for this key is missing");
    }
    return Object.fromEntries(parsed);
  };
}

/**
 * @param {string} expected
 * @param {unknown} value
 * @param {Path} path
 */
function mismatch(expected, value, path) {
  return new Invalid(path, `expected value of type [${expected}] but got [${kindOf(value)}]`);
}

/**
 * @param {unknown} value
 * @param {Path} path where the whole value is: that is what the text names, as Kibana's does
 */
function refuseBlanks(value, path) {
  if (typeof value === "string" && value.trim() === "") {
    throw new Invalid(path, `value '${value}' is not valid`);
  }
  if (typeof value !== "object" || value === null) return;
  for (const part of Object.values(value)) refuseBlanks(part, path);
}

// Templates about given variables: every tag in every place, and broken ones.

import { lambda } from "./lambdas.js";
import { broken } from "./random.js";
import { INHERITED_NAMES, text } from "./variables.js";

/**
 * @import { Known } from "./expressions.js"
 * @import { Random } from "./random.js"
 */

const LITERALS = [
  ...["x", "Disk ", "is full. ", ": ", ", ", "|", '"', "\\", "'", "<", "&", "{", "}", "}}", " {"],
  ...["\u00e9", "\u{1f600}", "\u2028", "=", "/", "#", "\u0085", "\u200b", "\u0000", "$", "["],
];
const LINE_ENDS = ["\n", "\n", "\n", "\r\n", "\r", "\n\n"];
const BLANKS = ["", "", "", " ", "  ", "\t", "\u00a0", "\u3000", "\ufeff", " \r", "\u2028", "\v"];
const INNER_BLANKS = ["", "", "", "", " ", "  ", "\t", "\n", "\u00a0", "\r\n"];
const DELIMITERS = [
  ...[
    ["{{", "}}"],
    ["{{", "}}"],
    ["<%", "%>"],
    ["|", "|"],
    ["[[", "]]"],
    ["<<", ">>"],
    ["((", "))"],
  ],
  ...[
    ["$", "$"],
    ["\u{1f600}", "\u{1f600}"],
    ["/*", "*/"],
    ["{", "}"],
    ["@@", "."],
    ["^", "\\"],
  ],
];
const MISSING = ["nope", "a.b", "x.y.z", "list.0", "list.5", "name.length", "n.toFixed", "", ".x"];
const ENDS = ["length", "0", "1", "00", "-0", "asJSON", "toString", "x", ""];
const STRANGERS = [
  ...["{{", "}}", "{", "}", "{{/", "{{/a}}", "{{#a}}", "{{^", "{{{", "}}}", "{{=", "=}}", "{{!"],
  ...[
    "{{=<% %>=}}",
    "{{= =}}",
    "{{=x=}}",
    "{{>p}}",
    "\n",
    " ",
    "\u{1f600}",
    "{{&a",
    "{{{a}}",
    "{{a}",
  ],
];
/** Between quotation marks; a backslash before the last one is escaped. */
const JSON_TEXTS = ["", "u_a", "\\\\", "x\\\\", '\\"', '\\\\\\"', "\\n", "[", ":"];
const COMMENTS = ["", "c", " a } b ", "{{", "line\nline", "=", "\u{1f600}"];

/**
 * @param {Random} random
 * @param {object} variables
 */
export function template(random, variables) {
  const view = JSON.parse(JSON.stringify(variables));
  const writer = new Writer(random, view);
  const whole = writer.parts(view, 3);
  return random.chance(0.12) ? broken(random, whole, STRANGERS) : whole;
}

class Writer {
  /**
   * @param {Random} random
   * @param {object} root
   */
  constructor(random, root) {
    this.random = random;
    this.root = root;
    /** The delimiters at the place that is being written. */
    this.delimiters = ["{{", "}}"];
  }

  /**
   * @param {unknown} view
   * @param {number} depth
   * @returns {string}
   */
  parts(view, depth) {
    const { random } = this;
    return [this.part(view, depth), ...random.some(4, () => this.part(view, depth))].join("");
  }

  /**
   * @param {unknown} view
   * @param {number} depth
   * @returns {string}
   */
  part(view, depth) {
    const { random } = this;
    /** @type {[number, () => string][]} */
    const parts = [
      [4, () => random.pick(LITERALS)],
      [2, () => random.pick(LINE_ENDS) + random.pick(BLANKS)],
      [7, () => this.interpolation(view)],
      [1, () => this.tag("!", random.pick(COMMENTS))],
      [0.4, () => this.tag(">", "p")],
      [0.6, () => this.changeDelimiters()],
      [0.6, () => text(random)],
      [0.6, () => this.json(view)],
    ];
    if (depth > 0) {
      parts.push([5, () => this.section(view, depth)]);
      parts.push([2.5, () => this.lambdaSection(view)]);
    }
    return random.weighted(parts);
  }

  /**
   * @param {string} sigil
   * @param {string} content
   */
  tag(sigil, content) {
    const { random } = this;
    const [open, close] = this.delimiters;
    const blank = () => (random.chance(0.15) ? random.pick(INNER_BLANKS) : "");
    return `${open}${blank()}${sigil}${blank()}${content}${blank()}${close}`;
  }

  /** @param {unknown} view */
  interpolation(view) {
    const { random } = this;
    const name = this.name(view);
    return random.weighted([
      [6, () => this.tag("", name)],
      [1, () => this.tag("&", name)],
      [1, () => `${this.delimiters[0]}{${name}}${this.delimiters[1]}`],
    ]);
  }

  /**
   * JSON, as `additional_fields` has it: with values in texts and beside them.
   *
   * @param {unknown} view
   */
  json(view) {
    const { random } = this;
    const inText = () => random.pick(JSON_TEXTS);
    const value = () =>
      random.chance(0.5)
        ? this.interpolation(view)
        : `"${inText()}${this.interpolation(view)}${inText()}"`;
    const members = [0, ...random.some(2, Number)].map(() => `"${inText()}": ${value()}`);
    return `{${members.join(", ")}}`;
  }

  changeDelimiters() {
    const { random } = this;
    const [open = "", close = ""] = random.pick(DELIMITERS);
    const change = this.tag("=", `${open}${random.pick([" ", "\n", "  "])}${close}=`);
    this.delimiters = [open, close];
    return change;
  }

  /**
   * @param {unknown} view
   * @param {number} depth
   */
  section(view, depth) {
    const { random } = this;
    const name = this.name(view);
    const value = lookUp(view, name) ?? lookUp(this.root, name);
    const inner = Array.isArray(value) ? (value[0] ?? view) : (value ?? view);
    const open = this.line(this.tag(random.chance(0.75) ? "#" : "^", name));
    const body = this.parts(inner, depth - 1);
    return open + body + this.line(this.tag("/", name));
  }

  /** @param {unknown} view */
  lambdaSection(view) {
    const { random } = this;
    const { name, content } = lambda(random, () => this.name(view), knownIn(view));
    const inner = random.chance(0.05) ? this.part(view, 1) : content;
    const outer = `${this.tag("#", name)}${inner}${this.tag("/", name)}`;
    if (!random.chance(0.1)) return outer;
    return `${this.tag("#", "EncodeURI")}${outer}${this.tag("/", "EncodeURI")}`;
  }

  /**
   * The tag, perhaps on a line of its own.
   *
   * @param {string} tag
   */
  line(tag) {
    const { random } = this;
    if (random.chance(0.5)) return tag;
    const end = random.chance(0.85) ? random.pick(LINE_ENDS) : "";
    const start = random.chance(0.5) ? random.pick(LINE_ENDS) : "";
    return `${start}${random.pick(BLANKS)}${tag}${random.pick(BLANKS)}${end}`;
  }

  /**
   * A name that means something in the view, mostly.
   *
   * @param {unknown} view
   */
  name(view) {
    const { random } = this;
    return random.weighted([
      [8, () => pathIn(random, view) || "."],
      [4, () => pathIn(random, this.root) || "."],
      [1, () => "."],
      [1, () => random.pick(MISSING)],
      [1, () => `${pathIn(random, this.root)}.${random.pick(ENDS)}`],
      [0.3, () => random.pick(INHERITED_NAMES)],
      [0.2, () => `${pathIn(random, this.root)}.${random.pick(INHERITED_NAMES)}`],
    ]);
  }
}

/**
 * What an expression can reckon with.
 *
 * @param {unknown} view
 */
function knownIn(view) {
  /** @type {Known} */
  const known = { numbers: [], lists: [] };
  const goThrough = (/** @type {unknown} */ container, /** @type {string} */ before) => {
    for (const [key, value] of Object.entries(container ?? {})) {
      const path = before + key;
      if (!/^[@A-Za-z_][-\w@.]*$/.test(path)) continue;
      if (typeof value === "number") known.numbers.push(path);
      else if (Array.isArray(value)) {
        if (value.length > 0 && value.every(isNumber)) known.lists.push(path);
      } else if (typeof value === "object") goThrough(value, `${path}.`);
    }
  };
  if (typeof view === "object" && !Array.isArray(view)) goThrough(view, "");
  return known;
}

/** @param {unknown} value */
const isNumber = (value) => typeof value === "number";

/**
 * @param {Random} random
 * @param {unknown} view
 * @returns {string}
 */
function pathIn(random, view) {
  if (view === null || typeof view !== "object") return "";
  const keys = Object.keys(view);
  if (keys.length === 0) return "";
  const key = random.pick(keys);
  const rest = random.chance(0.5)
    ? pathIn(random, /** @type {Record<string, unknown>} */ (view)[key])
    : "";
  return rest === "" ? key : `${key}.${rest}`;
}

/**
 * @param {unknown} view
 * @param {string} name
 * @returns {unknown}
 */
function lookUp(view, name) {
  if (name === ".") return view;
  let value = view;
  for (const part of name.split(".")) {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, part))
      return undefined;
    value = /** @type {Record<string, unknown>} */ (value)[part];
  }
  return value;
}

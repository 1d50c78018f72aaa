// The expressions of EvalMath (templates.md 3.1): their grammar, written for peggy as Kibana's is, and
// what they come to.

import peggy from "peggy";
import { FUNCTIONS } from "./tinymath_functions.js";

/** @import { Rules } from "./rules.js" */

/**
 * @typedef {number
 *   | { variable: string }
 *   | { named: string }
 *   | { call: string, args: Node[] }} Node
 */

const OPERATORS = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "<": "lt",
  ">": "gt",
  "<=": "lte",
  ">=": "gte",
  "==": "eq",
};

// The names in quotation marks are what error messages call a rule. They name it at its start, so the
// blanks before a call or a literal belong to it, and those at the start of a product do not.
const GRAMMAR = `
  {
    const operators = ${JSON.stringify(OPERATORS)};
    const call = (sign, ...args) => ({ call: operators[sign], args });
    const fold = (first, rest) => rest.reduce((left, [sign, right]) => call(sign, left, right), first);
  }

  Expression = whole:(Comparison / Sum / Wrapped) blank { return whole; }

  Comparison = left:Sum blank sign:Sign right:Sum { return call(sign, left, right); }
  Wrapped = blank "(" inner:(Comparison / Wrapped) blank ")" { return inner; }
  Sign = $(("<" / ">") "="?) / $("=" "=")

  Sum = first:Product rest:(blank @("+" / "-") @Product)* { return fold(first, rest); }
  Product = blank first:Operand rest:(blank @("*" / "/") @Operand)* { return fold(first, rest); }
  Operand = Group / Call / Literal
  Group = blank "(" @Sum blank ")"

  Call "function" = blank call:$[A-Za-z_-]+ "(" args:Arguments? blank ")" {
    return { call, args: args ?? [] };
  }
  Arguments = first:Argument rest:(blank "," @Argument)* blank ","? { return [first, ...rest]; }
  Argument = blank named:$[A-Za-z_]+ blank "=" blank (Number / Quoted / Bare) { return { named }; }
    / Comparison / Sum / Wrapped

  Literal "literal" = blank @Number / blank variable:(Quoted / Bare) { return { variable }; }
  Number = text:$("-"? ("0" / [1-9] [0-9]*) ("." [0-9]+)? ([eE] "-"? [0-9]+)?) {
    return Number(text);
  }
  Quoted = '"' parts:('\\\\"' { return '"'; } / [^"])* '"' { return parts.join(""); }
    / "'" parts:("\\\\'" { return "'"; } / [^'])* "'" { return parts.join(""); }
  Bare = $[0-9A-Za-z._@[\\]-]+

  blank "whitespace" = [ \\t\\r\\n]*
`;

const parser = peggy.generate(GRAMMAR, { cache: true });

/**
 * @param {string} expression
 * @param {unknown} scope
 * @param {Rules} rules
 * @returns {unknown}
 */
export function evaluate(expression, scope, rules) {
  const node = parse(expression);
  return evaluateNode(node, (name) => rules.variable(scope || {}, name));
}

/** @param {string} expression */
function parse(expression) {
  if (expression.length > 1000) {
    throw new Error("Expression exceeds maximum length of 1000 characters");
  }
  let depth = 0;
  for (const character of expression) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth > 20) throw new Error("Expression exceeds maximum nesting depth of 20");
  }
  try {
    return parser.parse(expression);
  } catch (error) {
    throw new Error(`Failed to parse expression. ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * @param {Node} node
 * @param {(name: string) => unknown} variable
 * @returns {unknown}
 */
function evaluateNode(node, variable) {
  if (typeof node === "number") return node;
  if ("variable" in node) {
    const value = variable(node.variable);
    if (value !== undefined) return value;
    throw new Error(`Unknown variable: ${node.variable}`);
  }
  if ("named" in node) {
    throw new Error(`Named arguments are not supported in tinymath itself, at ${node.named}`);
  }
  const known = Object.hasOwn(FUNCTIONS, node.call) ? FUNCTIONS[node.call] : undefined;
  if (!known) throw new Error(`No such function: ${node.call}`);
  const args = node.args.map((arg) => evaluateNode(arg, variable));
  if (known.takesAll) return known.call(...args);
  return args.every(isOperable) ? known.call(...args.map(flat)) : Number.NaN;
}

/**
 * @param {unknown} value
 * @returns {boolean}
 */
function isOperable(value) {
  return Array.isArray(value) ? value.every(isOperable) : isNumber(value);
}

/**
 * A list in a list is no number: a stated deviation.
 *
 * @param {unknown} value
 */
function flat(value) {
  if (!Array.isArray(value) || value.every(isNumber)) return value;
  return value.map((item) => (isNumber(item) ? item : Number.NaN));
}

/** @param {unknown} value */
function isNumber(value) {
  return typeof value === "number" && !Number.isNaN(value);
}

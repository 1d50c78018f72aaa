// WebAssembly's text, as wasm-opt writes it: expressions, and back.

/** @typedef {string | Expression[]} Expression a word, or what stands between two parentheses */

/**
 * @param {string} text begins with an expression in parentheses, but for spaces
 * @returns {{ expression: Expression[], end: number }} and where it ends
 */
export function parse(text) {
  /** @type {Expression[][]} the one that is being read, in those around it */
  const open = [[]];
  for (const { 0: word, index } of text.matchAll(/\$?"(?:[^"\\]|\\.)*"|[()]|[^\s()]+/g)) {
    const [inner, outer] = open;
    if (word === "(") open.unshift([]);
    else if (word !== ")") inner?.push(word);
    else {
      open.shift();
      if (open.length === 1 && inner) return { expression: inner, end: index + 1 };
      outer?.push(inner ?? []);
    }
  }
  throw new Error("The text ends within an expression.");
}

/**
 * @param {Expression} expression
 * @returns {string}
 */
export function print(expression) {
  return typeof expression === "string" ? expression : `(${expression.map(print).join(" ")})`;
}

/**
 * @param {Expression} expression
 * @returns {Expression[][]} all that stands between parentheses in it, and itself
 */
export function expressionsIn(expression) {
  if (typeof expression === "string") return [];
  return [expression, ...expression.flatMap(expressionsIn)];
}

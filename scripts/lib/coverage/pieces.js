// Names what no test runs, so that the name outlives changes elsewhere in the file: by the function it
// stands in and by its text. Formatted code is what it reads: the indentation says where things end.

/**
 * The lines of a file that can be run, by their numbers from 1 on.
 * @typedef {{ covered: number[], uncovered: number[] }} Lines
 */

/** @typedef {{ name: string, line: number }} Piece `line` is where it begins */

/** @typedef {{ name: string, first: number, last: number }} Declaration */

/** The name of a piece that is a whole file. */
export const ALL = "all of it";

const DECLARATIONS = [
  /^(?:pub(?:\([^)]*\))? )?(?:const )?(?:async )?fn (?<name>\w+)/,
  /^impl(?:<.*?>)? (?<name>[^{]+?) ?(?:\{|$)/,
  /^(?:pub(?:\([^)]*\))? )?(?:mod|trait) (?<name>\w+)/,
  /^(?:export )?(?:async )?function\*? (?<name>\w+)/,
  /^(?:export )?class (?<name>\w+)/,
  /^(?:export )?const (?<name>\w+) = (?:async )?(?:\([^()]*\)|\w+) =>/,
  /^(?!(?:if|for|while|switch|catch|match)\b)(?:static )?(?:async )?\*?(?:get |set )?(?<name>#?\w+)\([^()]*\) \{$/,
];

/**
 * The pieces of a file that were not run: the whole of it, a whole function, or lines of one that
 * follow each other.
 *
 * @param {string} source
 * @param {Lines} lines
 * @returns {Piece[]}
 */
export function piecesOf(source, lines) {
  const texts = source.split("\n");
  const { covered, uncovered } = withCode(texts, lines);
  const [start] = uncovered;
  if (start === undefined) return [];
  if (covered.length === 0) return [{ name: ALL, line: start }];
  const declarations = declarationsOf(texts);
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  for (const line of uncovered) {
    if (line <= end) continue;
    const around = declarations.filter(({ first, last }) => first <= line && line <= last);
    const names = around.map(({ name }) => name);
    const idle = around.findIndex(({ first, last }) => isIdle(first, last, covered));
    if (idle >= 0) {
      end = around[idle]?.last ?? line;
      pieces.push({ name: names.slice(0, idle + 1).join(" > "), line });
      continue;
    }
    // As far as nothing that was run, or belongs elsewhere, comes between.
    const limit = Math.min(
      around.at(-1)?.last ?? texts.length,
      (covered.find((other) => other > line) ?? texts.length + 1) - 1,
      (declarations.find(({ first }) => first > line)?.first ?? texts.length + 1) - 1,
    );
    const run = uncovered.filter((other) => other >= line && other <= limit);
    end = run.at(-1) ?? line;
    const text = run.map((number) => texts[number - 1]?.trim()).join(" ");
    pieces.push({ name: [...names, text].join(" > "), line });
  }
  return pieces;
}

/**
 * The lines without those that nobody would call code: brackets alone, and comments.
 *
 * @param {string[]} texts
 * @param {Lines} lines
 * @returns {Lines}
 */
export function withCode(texts, { covered, uncovered }) {
  const isCode = (/** @type {number} */ line) => {
    const text = texts[line - 1]?.trim() ?? "";
    return (
      !/^([\][(){};,?]*|(export|try|else|\} else) \{\}?;?)$/.test(text) &&
      !/^(\/\/|\/?\*)/.test(text)
    );
  };
  return { covered: covered.filter(isCode), uncovered: uncovered.filter(isCode) };
}

/**
 * The lines without those of modules that are compiled for tests only.
 *
 * @param {string} source
 * @param {Lines} lines
 * @returns {Lines}
 */
export function withoutTests(source, { covered, uncovered }) {
  const texts = source.split("\n");
  const tests = texts.flatMap((text, index) =>
    text.trim() === "#[cfg(test)]" ? [{ first: index + 1, last: endOf(texts, index + 1) + 1 }] : [],
  );
  const counts = (/** @type {number} */ line) =>
    !tests.some(({ first, last }) => first <= line && line <= last);
  return { covered: covered.filter(counts), uncovered: uncovered.filter(counts) };
}

/**
 * Whether nothing of what is declared was run but the line that declares it.
 *
 * @param {number} first
 * @param {number} last
 * @param {number[]} covered
 */
function isIdle(first, last, covered) {
  return !covered.some((line) => line > first && line <= last) && last > first;
}

/**
 * What is declared, from the outside to the inside.
 *
 * @param {string[]} texts
 * @returns {Declaration[]}
 */
function declarationsOf(texts) {
  return texts.flatMap((text, index) => {
    const name = DECLARATIONS.map((form) => form.exec(text.trim())?.groups?.name).find(Boolean);
    return name ? [{ name, first: index + 1, last: endOf(texts, index) + 1 }] : [];
  });
}

/**
 * The index of the last line of what begins at one.
 *
 * @param {string[]} texts
 * @param {number} start
 */
function endOf(texts, start) {
  const depth = indentation(texts[start] ?? "");
  let end = start;
  if (/[;}]$/.test(texts[start] ?? "")) return end;
  for (let index = start + 1; index < texts.length; index += 1) {
    const text = texts[index] ?? "";
    if (text.trim() === "") continue;
    const isInside = indentation(text) > depth;
    // A signature goes on at the depth that it began at.
    if (!isInside && !/^\s*([\])}{]|where\b)/.test(text)) return end;
    end = index;
    if (!isInside && /^\s*\}/.test(text) && indentation(text) === depth) return end;
  }
  return end;
}

/** @param {string} text */
const indentation = (text) => text.length - text.trimStart().length;

// Where a text is not JSON, and why, in words for who wrote it.

import { parse, printParseErrorCode } from "jsonc-parser";

/** @typedef {{ line: number, column: number, problem: string }} JsonFault */

/** @type {Record<string, string>} by the parser's own names */
const PROBLEMS = {
  InvalidSymbol: "names and texts stand in double quotes",
  InvalidNumberFormat: "a number that is none",
  PropertyNameExpected: "a name in double quotes should follow",
  ValueExpected: "a value is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing brace is missing",
  CloseBracketExpected: "a closing bracket is missing",
  EndOfFileExpected: "there is more text after the end",
  InvalidCommentToken: "comments are not allowed",
  UnexpectedEndOfComment: "comments are not allowed",
  UnexpectedEndOfString: "a closing quote is missing",
  InvalidUnicode: "an escape that is none",
  InvalidEscapeCharacter: "an escape that is none",
  InvalidCharacter: "a character that must be escaped",
};

/**
 * @param {string} text
 * @returns {JsonFault | undefined} the first fault; none where the text is JSON
 */
export function faultOfJson(text) {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    /** @type {import("jsonc-parser").ParseError[]} */
    const faults = [];
    parse(text, faults, { disallowComments: true, allowEmptyContent: false });
    const [first] = faults;
    // Where the two parsers do not agree, the end of the text is as good a place as any.
    const before = text.slice(0, first?.offset ?? text.length);
    const problem = first && PROBLEMS[printParseErrorCode(first.error)];
    return {
      line: before.split("\n").length,
      column: before.length - before.lastIndexOf("\n"),
      problem: problem ?? "this is not JSON",
    };
  }
}

/** @param {JsonFault} fault */
export function wordsOf({ line, column, problem }) {
  return `Line ${line}, column ${column}: ${problem}.`;
}

// Writes the log, one line an entry, in the layout of Kibana's.

import { LEVELS } from "./settings/table.js";

/** @typedef {import("../js/types.js").Logger} Logger */
/** @typedef {import("./settings/table.js").LogLevel} LogLevel */

/**
 * @param {object} options
 * @param {LogLevel} options.level
 * @param {(line: string) => void} [options.write]
 * @param {() => number} [options.now]
 * @returns {Logger}
 */
export function createLog({ level, write = toOutput, now = Date.now }) {
  const shown = LEVELS.indexOf(level);

  /**
   * @param {readonly string[]} context
   * @returns {Logger}
   */
  const loggerOf = (context) => {
    const name = context.length === 0 ? "root" : context.join(".");
    /** @param {Exclude<LogLevel, "off" | "all">} severity */
    const at = (severity) => {
      const isShown = LEVELS.indexOf(severity) <= shown;
      const label = severity.toUpperCase().padEnd(5);
      return (/** @type {string | Error} */ message) => {
        if (!isShown) return;
        const text = message instanceof Error ? message.message : message;
        write(`[${new Date(now()).toISOString()}][${label}][${name}] ${oneLine(text)}\n`);
      };
    };
    return {
      trace: at("trace"),
      debug: at("debug"),
      info: at("info"),
      warn: at("warn"),
      error: at("error"),
      fatal: at("fatal"),
      get: (...more) => loggerOf([...context, ...more]),
    };
  };
  return loggerOf([]);
}

/** @param {string} line */
function toOutput(line) {
  process.stdout.write(line);
}

/**
 * What came from outside cannot begin a line of its own, nor command the terminal, nor turn around
 * the direction in which a line is read.
 *
 * @param {string} text
 */
function oneLine(text) {
  return text.replace(/\r?\n/g, "\\n").replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

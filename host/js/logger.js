// Two loggers: one that says nothing and one that remembers everything.

/** @typedef {import("./types.js").Logger} Logger */
/** @typedef {"trace" | "debug" | "info" | "warn" | "error" | "fatal"} Level */

/**
 * @typedef {object} LogEntry
 * @property {Level} level
 * @property {string[]} context the names that the logger was reached by
 * @property {string} message
 * @property {Record<string, unknown> | undefined} meta
 */

/** @returns {Logger} a logger that drops every entry */
export function createSilentLogger() {
  return createLogger(() => {}, []);
}

/** @returns {Logger & { entries: LogEntry[] }} a logger that keeps its entries, oldest first */
export function createCollectingLogger() {
  /** @type {LogEntry[]} */
  const entries = [];
  return { ...createLogger((entry) => entries.push(entry), []), entries };
}

/**
 * @param {(entry: LogEntry) => void} write
 * @param {string[]} context
 * @returns {Logger}
 */
function createLogger(write, context) {
  /** @type {(level: Level) => import("./types.js").LogMethod} */
  const at = (level) => (message, meta) => {
    write({ level, context, message: message instanceof Error ? message.message : message, meta });
  };
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    fatal: at("fatal"),
    get: (...more) => createLogger(write, [...context, ...more]),
  };
}

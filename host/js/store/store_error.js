// What the store refuses to begin with: its key or its file.

/** @typedef {"KEY_TOO_SHORT" | "KEY_FILE_UNREADABLE" | "KEY_FILE_NOT_PRIVATE" |
 *   "KEY_FILE_DAMAGED" | "KEY_FILE_MISSING" | "KEY_DOES_NOT_FIT" | "DATABASE_UNREADABLE" |
 *   "DATABASE_IN_USE" | "DATABASE_DAMAGED" | "DATABASE_MISSING" | "DATABASE_TOO_NEW"} StoreErrorCode */

export class StoreError extends Error {
  /**
   * @param {StoreErrorCode} code stable
   * @param {string} message
   * @param {string} remedy what the operator can do; part of the message as well
   */
  constructor(code, message, remedy) {
    super(`${message}: ${remedy}`);
    this.name = "StoreError";
    this.code = code;
    this.remedy = remedy;
  }
}

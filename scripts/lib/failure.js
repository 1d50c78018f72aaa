// What can go wrong in a script, and how a person is told.

/** Something is missing on this machine; `remedy` says what to do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} remedy
   */
  constructor(message, remedy) {
    super(message);
    this.name = "SetupError";
    this.remedy = remedy;
  }
}

/** A script was called with an argument that it cannot take; the usage is shown with it. */
export class WrongArgument extends Error {}

/** A program ended with a status other than 0; `output` is all that it printed. */
export class CommandFailed extends Error {
  /**
   * @param {string} message
   * @param {string} output
   */
  constructor(message, output) {
    super(message);
    this.name = "CommandFailed";
    this.output = output;
  }
}

/**
 * The failure as a text for the terminal.
 * @param {unknown} error
 */
export function describeFailure(error) {
  if (error instanceof SetupError) return `${error.message}\n  ${error.remedy}`;
  if (error instanceof CommandFailed) return `${error.output.trimEnd()}\n${error.message}`;
  return error instanceof Error ? String(error.stack) : String(error);
}

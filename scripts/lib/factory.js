// Makes a function of the bindings that wasm-bindgen generates, so that each instance of a module
// has its own.
//
// Generated bindings keep the instance, views of its memory and its closures' state in variables of
// their file. With those shared, a callback of an instance that has died would run in the next one.
// (What wasm-bindgen offers itself, --experimental-reset-state-function, replaces the instance under
// the same bindings: such a callback then throws where nobody can catch it.)

import { CommandFailed } from "./failure.js";

const EXPORT = /^export (?:async )?(function|class|const) (\w+)/gm;

/**
 * @param {string} code of the bindings
 * @param {string} types of what a user calls among them
 * @returns {{ code: string, types: string }}
 */
export function asFactory(code, types) {
  // Not foreseen: files beside the bindings, and lists of what is exported.
  if (/^(import\b|export [{*])/m.test(code)) {
    throw new CommandFailed("The generated bindings are not of the form that can be wrapped", code);
  }
  const names = namesOf(code);
  const called = namesOf(types);
  return {
    code: `/** The bindings of one instance. */
export function createBindings() {
${code.replace(EXPORT, (line) => line.slice("export ".length))}
return { ${names.join(", ")} };
}
`,
    types: `${types.replace(EXPORT, (line) => line.replace("export", "declare"))}
/** What the module offers, and what it imports. */
export interface Bindings {
${called.map((name) => `    ${name}: typeof ${name};`).join("\n")}
    /** Gives the bindings the exports of an instance of the module. */
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
}
/** The bindings of one instance. */
export function createBindings(): Bindings;
export type { ${classesOf(types).join(", ")} };
`,
  };
}

/** @param {string} code */
function namesOf(code) {
  return Array.from(code.matchAll(EXPORT), ([, , name]) => name);
}

/** @param {string} types */
function classesOf(types) {
  return Array.from(types.matchAll(EXPORT))
    .filter(([, kind]) => kind === "class")
    .map(([, , name]) => name);
}

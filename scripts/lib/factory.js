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
${inOnePiece(code).replace(EXPORT, (line) => line.slice("export ".length))}
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

/** What writes a text into the module: character by character, all that is ASCII. */
const WRITING = /^function passStringToWasm0\([\s\S]*?^}\n/m;
/** For runtimes that could not load our modules. */
const STAND_IN = /^if \(!\('encodeInto' in [\s\S]*?^}\n/m;

// Only short texts are written faster in that way.
const IN_ONE_PIECE = `function passStringToWasm0(text, malloc, realloc) {
    let room = text.length;
    let ptr = malloc(room, 1) >>> 0;
    let read = 0;
    if (room < 64) {
        const memory = getUint8ArrayMemory0();
        for (; read < room; read++) {
            const code = text.charCodeAt(read);
            if (code > 0x7F) break;
            memory[ptr + read] = code;
        }
    }
    let written = read;
    while (read < text.length) {
        const place = getUint8ArrayMemory0().subarray(ptr + written, ptr + room);
        const part = cachedTextEncoder.encodeInto(text.slice(read), place);
        read += part.read;
        written += part.written;
        // What was no ASCII takes more, and at most this; at the end, no more than it took.
        const needed = written + (text.length - read) * 3;
        if (needed !== room) ptr = realloc(ptr, room, needed, 1) >>> 0;
        room = needed;
    }
    WASM_VECTOR_LEN = written;
    return ptr;
}
`;

/**
 * The bindings with long texts written in one piece.
 *
 * @param {string} code
 */
function inOnePiece(code) {
  if (!WRITING.test(code) || !STAND_IN.test(code)) {
    throw new CommandFailed("The generated bindings write texts in a way that is not known", code);
  }
  return code.replace(WRITING, () => IN_ONE_PIECE).replace(STAND_IN, "");
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

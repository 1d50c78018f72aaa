/**
 * An instance of the module, and its end.
 *
 * Rust that panics, a stack that overflows, an exception that goes through the module: each leaves
 * an instance of which nothing is known. From then on it is dead. What is under way in it fails,
 * nothing enters it again, its memory is wiped, and `core.js` makes another one. Each instance has
 * bindings of its own, so that no callback of a dead one ever reaches a living one.
 */
import { ConnectorError } from "./error.js";

/**
 * @import { Bindings } from "../pkg/connector_bg.js"
 */

/** What the event loop calls: promises' callbacks, and what the garbage collector has found. */
const CALLED_BY_NOBODY = /^wasm_bindgen__convert__closures|^__wbindgen_destroy_closure$|_free$/;

/** In which a memory grows, in bytes. */
const PAGE = 65_536;

export class Instance {
  /** @type {Bindings} */
  #bindings;
  /** @type {WebAssembly.Memory} */
  #memory;
  /** How many calls are in it, each from within the one before. */
  #depth = 0;
  /** @type {ConnectorError | undefined} */
  #fault;
  /** @type {Set<(fault: ConnectorError) => void>} */
  #running = new Set();

  /**
   * @param {WebAssembly.Module} module
   * @param {() => Bindings} createBindings
   */
  constructor(module, createBindings) {
    this.#bindings = createBindings();
    const imports = /** @type {WebAssembly.ModuleImports} */ (
      /** @type {unknown} */ (this.#bindings)
    );
    const exports = exportsOf(module, { "./connector_bg.js": imports });
    this.#memory = /** @type {WebAssembly.Memory} */ (exports.memory);
    const guarded = Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === "function" ? this.#guard(name, value) : value,
    ]);
    this.#bindings.__wbg_set_wasm(Object.fromEntries(guarded));
    /** @type {() => void} */ (exports.__wbindgen_start)();
  }

  get isDead() {
    return this.#fault !== undefined;
  }

  /**
   * Uses the instance.
   *
   * @template T
   * @param {(bindings: Bindings) => T} use
   * @returns {T}
   * @throws {ConnectorError} where it dies of it; besides what `use` throws
   */
  call(use) {
    try {
      const outcome = use(this.#bindings);
      // Whoever called the module from within a call of it may have caught the fault.
      if (this.#fault) throw this.#fault;
      return outcome;
    } catch (thrown) {
      throw this.#fault ?? thrown;
    }
  }

  /**
   * Uses the instance for a while.
   *
   * @template T
   * @param {(bindings: Bindings) => Promise<T>} use
   * @returns {Promise<T>} rejects when the instance dies, of whatever
   */
  run(use) {
    return new Promise((resolve, reject) => {
      this.#running.add(reject);
      this.call(use)
        .then(resolve, reject)
        .finally(() => this.#running.delete(reject));
    });
  }

  /**
   * An export that lets nobody into a dead instance. What it throws no Rust has thrown on purpose:
   * an error that the core gives is a value until the bindings throw it.
   *
   * @param {string} name
   * @param {Function} enter
   */
  #guard(name, enter) {
    const hasCaller = !CALLED_BY_NOBODY.test(name);
    return (/** @type {unknown[]} */ ...args) => {
      if (!this.#fault) {
        this.#depth += 1;
        try {
          return enter(...args);
        } catch (thrown) {
          this.#die(thrown);
        } finally {
          this.#depth -= 1;
          // Not before: a call that goes on with a memory of zeros may never end.
          if (this.#fault && this.#depth === 0) wipe(this.#memory);
        }
      }
      if (hasCaller) throw this.#fault;
      // No error: there would be nobody to catch it, and some hosts end on it.
      return [];
    };
  }

  /** @param {unknown} thrown */
  #die(thrown) {
    // The innermost call knows best; the others only pass through.
    if (this.#fault) return;
    const fault = ConnectorError.internal(thrown instanceof Error ? thrown.name : typeof thrown);
    this.#fault = fault;
    for (const reject of this.#running) reject(fault);
    this.#running.clear();
  }
}

/**
 * Wipes a memory. Its pages that nobody has written to are left alone: they take no room yet, and of a
 * memory that has run out they may be gigabytes.
 *
 * @param {WebAssembly.Memory} memory
 */
function wipe({ buffer }) {
  for (let at = 0; at < buffer.byteLength; at += PAGE) {
    // Of numbers that are compared fast.
    const page = new Float64Array(buffer, at, PAGE / Float64Array.BYTES_PER_ELEMENT);
    let place = 0;
    while (place < page.length && page[place] === 0) place += 1;
    if (place < page.length) page.fill(0);
  }
}

/**
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Imports} imports
 */
function exportsOf(module, imports) {
  const text = "it is not the module that belongs to this version of the package";
  try {
    const { exports } = new WebAssembly.Instance(module, imports);
    if (exports.__wbindgen_start) return exports;
  } catch (cause) {
    // Of memory there may be too little for any module.
    throw cause instanceof RangeError ? cause : new Error(text, { cause });
  }
  throw new Error(text);
}

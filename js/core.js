/**
 * The one door to the module: loads it once, and has a living instance of it for every call.
 *
 * How a runtime comes by the module is its loader's business (`load/`), what an instance dies of
 * `instance.js`'s.
 */
import { createBindings } from "../pkg/connector_bg.js";
import { ConnectorError } from "./error.js";
import { Instance } from "./instance.js";

/**
 * @import { Bindings } from "../pkg/connector_bg.js"
 * @import { ModuleSource } from "./api.js"
 */

/**
 * @typedef {object} Loader
 * @property {(source?: ModuleSource | null) => Promise<WebAssembly.Module>} load without a source,
 *   the module that the package brings
 * @property {() => WebAssembly.Module} [loadNow] where a runtime need not wait for it
 */

export class Core {
  #loader;
  #createBindings;
  /** @type {WebAssembly.Module | undefined} */
  #module;
  /** @type {Map<ModuleSource | undefined, Promise<void>>} what is on its way, by where it is from */
  #loading = new Map();
  /** @type {Instance | undefined} */
  #instance;

  /**
   * @param {Loader} loader
   * @param {() => Bindings} [bindings] those of another module
   */
  constructor(loader, bindings = createBindings) {
    this.#loader = loader;
    this.#createBindings = bindings;
  }

  /**
   * Loads the module unless it is there, or on its way from the same source. After a failure it can
   * be tried again.
   *
   * @param {ModuleSource} [source]
   * @returns {Promise<void>}
   * @throws {ConnectorError}
   */
  init(source) {
    if (this.#module) return Promise.resolve();
    const underWay = this.#loading.get(source);
    if (underWay) return underWay;
    const loading = this.#load(source).finally(() => this.#loading.delete(source));
    this.#loading.set(source, loading);
    return loading;
  }

  /** @param {ModuleSource} [source] */
  async #load(source) {
    try {
      const module = await this.#loader.load(source);
      if (this.#module) return;
      // At once: a module of another version would otherwise fail the first call.
      this.#instance = new Instance(module, this.#createBindings);
      this.#module = module;
    } catch (error) {
      // Another source may have been faster.
      if (!this.#module) throw ConnectorError.loading(error);
    }
  }

  /**
   * @template T
   * @param {(bindings: Bindings) => T} use
   * @returns {T}
   * @throws {ConnectorError} where the module is not there, or fails; besides what `use` throws
   */
  call(use) {
    return this.#living().call(use);
  }

  /**
   * @template T
   * @param {(bindings: Bindings) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async run(use) {
    return this.#living().run(use);
  }

  #living() {
    if (this.#instance && !this.#instance.isDead) return this.#instance;
    const { loadNow } = this.#loader;
    if (!this.#module && !loadNow) throw ConnectorError.notLoaded();
    try {
      this.#module ??= /** @type {() => WebAssembly.Module} */ (loadNow)();
      this.#instance = new Instance(this.#module, this.#createBindings);
      return this.#instance;
    } catch (error) {
      throw ConnectorError.loading(error);
    }
  }
}

// How much memory a host takes, and whether that grows.

/**
 * @typedef {object} Sample
 * @property {number} heap bytes of the JavaScript heap in use, after a collection
 * @property {number} module bytes of the memories of the connector's module
 */

/**
 * @typedef {object} Growth
 * @property {boolean | undefined} grows not known where there are too few samples
 * @property {number} before bytes, the median of the first half after the warm-up
 * @property {number} after bytes, the median of the second half
 */

/** Until then a process still compiles, and fills what it keeps a bounded number of. */
const WARM_UP_SAMPLES = 40;
/** In each half of the rest. */
const FEWEST_SAMPLES = 12;
/** What the heap may differ by from one half to the next, besides 3 %. */
const HEAP_NOISE = 512 * 1024;

/**
 * Counts the memory of every instance of the connector's module that is made from now on.
 *
 * @returns {() => number} bytes
 */
export function watchModuleMemory() {
  /** @type {WeakRef<WebAssembly.Memory>[]} */
  const memories = [];
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, given, newTarget) {
      const instance = Reflect.construct(target, given, newTarget);
      const { memory, __wbindgen_start: isOurs } = instance.exports;
      if (isOurs && memory instanceof WebAssembly.Memory) memories.push(new WeakRef(memory));
      return instance;
    },
  });
  return () => memories.reduce((sum, ref) => sum + (ref.deref()?.buffer.byteLength ?? 0), 0);
}

/**
 * @param {() => number} moduleMemory
 * @returns {Sample}
 */
export function takeSample(moduleMemory) {
  if (globalThis.gc === undefined) throw new Error("start node with --expose-gc");
  globalThis.gc();
  return { heap: process.memoryUsage().heapUsed, module: moduleMemory() };
}

/**
 * Of one process: of what comes after the warm-up, the second half must not be above the first.
 *
 * @param {Sample[]} samples
 * @returns {{ heap: Growth, module: Growth }}
 */
export function growthOf(samples) {
  const warm = samples.slice(WARM_UP_SAMPLES);
  const half = warm.length >> 1;
  const isEnough = half >= FEWEST_SAMPLES;
  /** @param {keyof Sample} kind */
  const medians = (kind) => ({
    before: median(warm.slice(0, half).map((sample) => sample[kind])),
    after: median(warm.slice(half).map((sample) => sample[kind])),
  });
  const heap = medians("heap");
  const module = medians("module");
  return {
    heap: {
      ...heap,
      grows: isEnough ? heap.after > heap.before * 1.03 + HEAP_NOISE : undefined,
    },
    // A module gives nothing back, so that any more of it is growth.
    module: { ...module, grows: isEnough ? module.after > module.before : undefined },
  };
}

/** @param {number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

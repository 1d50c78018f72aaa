// What a process itself shows while something runs in it: on its streams, by the console, in warnings.

/** @import { Traces } from "./traces.js" */

/**
 * Keeps all that the process shows until it is told to stop.
 *
 * @param {Traces} traces
 * @returns {() => void} stops
 */
export function watchProcess(traces) {
  const restores = [process.stdout, process.stderr].map((stream) => {
    const { write } = stream;
    stream.write = /** @type {typeof write} */ (
      (/** @type {any[]} */ ...given) => {
        traces.add("a stream of the process", given[0]);
        return Reflect.apply(write, stream, given);
      }
    );
    return () => {
      stream.write = write;
    };
  });
  // Each channel of the console, too: not in every runtime is it one of the streams.
  for (const [name, say] of Object.entries(console)) {
    if (typeof say !== "function") continue;
    const channel = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (console));
    channel[name] = (/** @type {unknown[]} */ ...said) => {
      traces.add("the console", said);
      return Reflect.apply(say, console, said);
    };
    restores.push(() => {
      channel[name] = say;
    });
  }
  const warned = (/** @type {Error} */ warning) => traces.add("a warning of the process", warning);
  process.on("warning", warned);
  restores.push(() => process.off("warning", warned));
  return () => {
    for (const restore of restores) restore();
  };
}

// The processes that benchmarks run in, and what these say.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Report } from "./report/types.js" */

/**
 * Runs a benchmark in a process of its own, so that nothing is in its figures of what others have left in
 * the engine.
 *
 * @param {string} name
 * @returns {Promise<Report>}
 */
export function runAlone(name) {
  const script = fileURLToPath(new URL("one.js", import.meta.url));
  return answerOf(fork(script, [name], { execArgv: ["--expose-gc"] }));
}

/**
 * The next message of a process.
 *
 * @param {ChildProcess} child
 * @returns {Promise<any>} rejects where it ends before
 */
export async function answerOf(child) {
  const left = new AbortController();
  try {
    const gone = once(child, "exit", { signal: left.signal }).then(([code]) => {
      throw new Error(`A process of the benchmark ended with ${code}`);
    });
    gone.catch(() => {});
    const [answer] = await Promise.race([once(child, "message", { signal: left.signal }), gone]);
    return answer;
  } finally {
    left.abort();
  }
}

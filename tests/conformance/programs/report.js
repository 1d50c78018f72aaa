// Runs the suite in a page, and tells the server how it went.
import { runSuite } from "./suite/suite.js";

/**
 * @param {import("./suite/suite.js").Package} it
 * @param {URL} [module]
 */
export function report(it, module) {
  return send(() => it.init(module).then(() => runSuite(it)));
}

/** @param {() => Promise<import("./suite/suite.js").Report>} run */
export async function send(run) {
  const outcome = await run().catch(({ code, message }) => ({
    passed: 0,
    failed: [`not run: ${code}: ${message}`],
  }));
  await fetch("/report", { method: "POST", body: JSON.stringify(outcome) });
}

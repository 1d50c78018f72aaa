// Runs the suite in a page, and tells the server how it went.
import { runSuite } from "./suite/suite.js";

/**
 * @param {import("./suite/suite.js").Package} it
 * @param {URL} [module]
 */
export async function report(it, module) {
  let outcome;
  try {
    await it.init(module);
    outcome = await runSuite(it);
  } catch (error) {
    outcome = { passed: 0, failed: [`init: ${error.code}: ${error.message}`] };
  }
  const version = /(?:Chrome|Firefox)\/(\d+)/.exec(navigator.userAgent)?.[1];
  await fetch("/report", { method: "POST", body: JSON.stringify({ ...outcome, version }) });
}

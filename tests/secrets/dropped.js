// A program that drops connectors without disposing of them, and prints what is left of their secrets
// in the memory of the module: before, and once they are collected. It is run with `--expose-gc`.

import { tokenRequests } from "../support/simulated.js";
import { connect } from "./flows.js";
import { openModule } from "./module.js";
import { plant } from "./planted.js";
import { Traces } from "./traces.js";

/** @import { MODULES } from "./module.js" */

/** As often as somebody collects before giving up. */
const PATIENCE = 200;

const planted = await plant();
const it = await openModule(/** @type {keyof typeof MODULES} */ (process.argv[2]));
const stage = { package: it, planted, traces: new Traces(), dropped() {} };

/** Uses connectors; nothing of them is within reach afterwards. */
async function use() {
  for (const credentials of Object.values(planted.signIns)) {
    const { getFields } = connect(stage, credentials);
    await getFields();
    collect();
    // The method is one that the connector has been taken from.
    await getFields();
  }
}

function collect() {
  /** @type {any} */ (globalThis).gc();
}

await use();
const before = it.remains(planted.canaries);
let after = before;
for (let round = 0; round < PATIENCE && after.length > 0; round++) {
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  after = it.remains(planted.canaries);
}
console.log(JSON.stringify({ before, after, tokens: tokenRequests(planted.simulator) }));
await planted.simulator.close();

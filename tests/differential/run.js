// `npm run differential`: compares the connector's rendering with the oracle's, from any seed on.

import { parseArgs } from "node:util";
import { build } from "../../scripts/lib/build.js";

const USAGE = `Usage: npm run differential -- [--seed N] [--count N]

Builds what is missing or stale, then renders random templates with random variables, as the connector
does and as the oracle does (Kibana's rules on Kibana's libraries), and prints where they differ.

  --seed N   the first case's seed; each next case's is one more (1)
  --count N  how many cases (10000)
  --most N   how many differences to shrink and print before it ends (5)`;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "10000" },
    most: { type: "string", default: "5" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
} else {
  await build();
  // Only now: on a clean clone there was nothing to import before.
  const { caseOf, difference } = await import("./compare.js");
  const { report } = await import("./report.js");
  const first = Number(values.seed);
  const count = Number(values.count);
  let differences = 0;
  for (let seed = first; seed < first + count && differences < Number(values.most); seed++) {
    const found = difference(caseOf(seed));
    if (!found) continue;
    differences++;
    console.log(report(seed, found));
  }
  console.log(`${differences} differences from seed ${first} on, at most ${count} cases.`);
  process.exitCode = differences === 0 ? 0 : 1;
}

// `npm run differential`: compares the connector's rendering with the oracle's, from any seed on.

import { build } from "../../scripts/lib/build.js";
import { command, wholeNumber } from "../../scripts/lib/command.js";

const USAGE = `Usage: npm run differential -- [--seed N] [--count N] [--most N] [--help]

Builds what is missing or stale, then renders random templates with random variables, as the connector
does and as the oracle does (Kibana's rules on Kibana's libraries), and prints where they differ, made
as small as they get. The exit status is 1 when they do.

  --seed N   the first case's seed, each next case's being one more; 1 without it
  --count N  how many cases; 10000 without it
  --most N   how many differences to print before it ends; 5 without it
  --help     print this`;

await command(
  USAGE,
  [],
  async (_, { seed = "1", count = "10000", most = "5" }) => {
    const options = {
      seed: wholeNumber("seed", seed, 0),
      count: wholeNumber("count", count, 1),
      most: wholeNumber("most", most, 1),
    };
    await build();
    return (await compare(options)) === 0 ? 0 : 1;
  },
  ["seed", "count", "most"],
);

/** @param {{ seed: number, count: number, most: number }} options */
async function compare({ seed: first, count, most }) {
  // Only now: on a clean clone there was nothing to import before.
  const { caseOf, difference } = await import("./compare.js");
  const { report } = await import("./report.js");
  let differences = 0;
  let seed = first;
  for (; seed < first + count && differences < most; seed++) {
    const found = difference(caseOf(seed));
    if (!found) continue;
    differences++;
    console.log(report(seed, found));
  }
  console.log(`${differences} differences in ${seed - first} cases from seed ${first} on.`);
  return differences;
}

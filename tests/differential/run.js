// `npm run differential`: compares the connector's rendering with the oracle's, from any seed on.

import { parseArgs } from "node:util";
import { build } from "../../scripts/lib/build.js";
import { describeFailure } from "../../scripts/lib/failure.js";

const USAGE = `Usage: npm run differential -- [--seed N] [--count N] [--most N] [--help]

Builds what is missing or stale, then renders random templates with random variables, as the connector
does and as the oracle does (Kibana's rules on Kibana's libraries), and prints where they differ, made
as small as they get. The exit status is 1 when they do.

  --seed N   the first case's seed, each next case's being one more; 1 without it
  --count N  how many cases; 10000 without it
  --most N   how many differences to print before it ends; 5 without it
  --help     print this`;

const options = readOptions();
if (options) {
  try {
    await build();
    process.exitCode = (await compare(options)) === 0 ? 0 : 1;
  } catch (error) {
    console.error(`\n${describeFailure(error)}`);
    process.exitCode = 1;
  }
}

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

/** What is asked for, or nothing where that is answered already. */
function readOptions() {
  try {
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
      return undefined;
    }
    const number = (/** @type {"seed" | "count" | "most"} */ name) => {
      if (/^\d{1,15}$/.test(values[name])) return Number(values[name]);
      throw new Error(`--${name} must be a whole number, and "${values[name]}" is none.`);
    };
    return { seed: number("seed"), count: number("count"), most: number("most") };
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
    process.exitCode = 2;
    return undefined;
  }
}

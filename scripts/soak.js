// `npm run soak`: builds what is missing or stale, and plays alerts over the simulated instance while
// everything goes wrong.

import { build } from "./lib/build.js";
import { command, wholeNumber } from "./lib/command.js";
import { working } from "./lib/progress.js";

const ALERTS = 20_000;
/** All of them are held in memory. */
const MOST_ALERTS = 1_000_000;
const CONCURRENCY = 32;
const SEED = 1;

const USAGE = `Usage: npm run soak [-- options]

Builds what is missing or stale, and plays alerts over the simulated ServiceNow instance: each fires
one to three times, some with comments, and most recover. The host that runs their actions is a
process of its own, and is killed in the first half of the soak about every 500 actions, between a
write and its answer. Rate limits are on, tokens expire, and time is a thousand times as fast.

Every fault strikes with 5 %: it is drawn for each alert, and happens to the first of its requests
that it can happen to from a random point of the alert's life on, so that each alert meets two or
three, and one request in seven. Those of token requests, health checks, choices and new connections
strike 5 % of these. (5 % of all requests for every fault would leave one write in three whole, and
nearly every incident doubled, hidden or closed by somebody else.) Two faults never happen: 14 is for
pages, 49 for batches, and the host sends neither.

What ends in an error is asked for again, as a rule does, comments after a look at the incident. In
the end each alert has exactly one incident, in its state, with its last values and each comment
once, and no incident of others is touched. What an instance did and did not tell (an ignored row
with the answer of a success, say) is counted by fault; it is excused only in an alert whose request
that fault was seen to strike, and only for what it did. The exit status is 1 when a line is wrong.

  --alerts <number>       how many alerts (${ALERTS})
  --concurrency <number>  how many actions at a time (${CONCURRENCY})
  --seed <number>         the same seed gives the same alerts and faults; what runs side by side may
                          meet in another order (${SEED})
  --help                  print this`;

await command(
  USAGE,
  [],
  async (_, given) => {
    const options = {
      alerts: wholeNumber("alerts", given.alerts ?? `${ALERTS}`, 1, MOST_ALERTS),
      concurrency: wholeNumber("concurrency", given.concurrency ?? `${CONCURRENCY}`, 1),
      seed: wholeNumber("seed", given.seed ?? `${SEED}`, 0),
    };
    await build();
    // Only now: on a clean clone there was nothing to import before.
    const { soak } = await import("../tests/soak/play.js");
    const { isRight, ledgerText } = await import("../tests/soak/ledger.js");
    const title = `Soak of ${options.alerts} alerts`;
    const report = await working(title, (onProgress) => soak({ ...options, onProgress }));
    console.log(`\n${ledgerText(report)}`);
    return isRight(report) ? 0 : 1;
  },
  ["alerts", "concurrency", "seed"],
);

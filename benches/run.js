// `npm run bench`: builds what is missing or stale, then runs the benchmarks named, or all.

import { build } from "../scripts/lib/build.js";
import { command } from "../scripts/lib/command.js";

const BENCHMARKS = ["rendering", "cold-start"];

const USAGE = `Usage: npm run bench [-- ${BENCHMARKS.map((name) => `--${name}`).join(" ")}] [-- --help]

Builds what is missing or stale, then runs the benchmarks named, or all of them. How to read what
they print stands in benches/README.md.

  --rendering   a rule's params, beside Kibana's way to render them
  --cold-start  a fresh process, from loading the package to its first validation
  --help        print this`;

await command(USAGE, BENCHMARKS, async (given) => {
  await build();
  const chosen = BENCHMARKS.filter((name) => given[name]);
  for (const name of chosen.length > 0 ? chosen : BENCHMARKS) {
    // Only now: on a clean clone there was nothing to import before.
    const { run } = await import(`./${name}.js`);
    await run();
  }
  return 0;
});

// `npm run bench`: builds what is missing or stale, then runs the benchmarks named, or all.

import { build } from "../scripts/lib/build.js";
import { command } from "../scripts/lib/command.js";
import { runAlone } from "./child.js";

const BENCHMARKS = ["assertion", "validation", "rendering", "action", "size", "cold-start"];

const USAGE = `Usage: npm run bench [-- ${BENCHMARKS.map((name) => `--${name}`).join(" ")} --write] [-- --help]

Builds what is missing or stale, then runs the benchmarks named, or all of them, and prints what they
measured. How to read that stands in benches/README.md.

  --assertion   signing in: a JWT assertion, beside four libraries
  --validation  an action's params, beside zod 3 and 4
  --rendering   a rule's params, beside Kibana's way to render them
  --action      whole actions against a simulated instance, beside the same flow with axios
  --size        bytes and packages, beside the libraries that do the same work
  --cold-start  a fresh process, from loading the package to its first validation
  --write       write docs/benchmarks.md, .json and its charts; for a run of all alone
  --help        print this`;

await command(USAGE, [...BENCHMARKS, "write"], async (given) => {
  const chosen = BENCHMARKS.filter((name) => given[name]);
  if (given.write && chosen.length > 0) {
    console.error("--write is for a run of all benchmarks: the docs are of one run.");
    return 2;
  }
  await build();
  // Only now: on a clean clone there was nothing to import before.
  const { toText } = await import("./report/text.js");
  const reports = [];
  for (const name of chosen.length > 0 ? chosen : BENCHMARKS) {
    const report = await runAlone(name);
    console.log(toText(report));
    reports.push(report);
  }
  if (given.write) {
    const { thisMachine } = await import("./report/machine.js");
    const { writeDocs } = await import("./report/write.js");
    console.log(`\nWritten: ${await writeDocs(reports, thisMachine())}`);
  }
  return 0;
});

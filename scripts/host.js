// `npm run host`: builds what is missing or stale, then runs the host with the arguments given.

import { pathToFileURL } from "node:url";
import { build } from "./lib/build.js";
import { describeFailure } from "./lib/failure.js";
import { inProject } from "./lib/root.js";

const cli = inProject("host/server/cli.js");

try {
  await build();
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
} catch (error) {
  console.error(`\n${describeFailure(error)}`);
  process.exitCode = 1;
}

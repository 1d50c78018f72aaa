// `npm run docs`: makes the API reference of the sources.

import { build } from "./lib/build.js";
import { command } from "./lib/command.js";
import { makeReference } from "./lib/reference.js";

const USAGE = `Usage: npm run docs [-- --help]

Builds what is missing or stale, then makes the API reference in dist/reference/: what users of the
package call, from the declarations, and the crates with their private items. A warning is an error.`;

await command(USAGE, [], async () => {
  await build();
  for (const page of await makeReference()) console.log(`  ${page}`);
  return 0;
});

// `npm run audit`: asks the public lists of vulnerabilities about everything the project depends on.
// It needs them, and so the network: nothing else depends on its outcome.

import { audit } from "./lib/audit.js";
import { command } from "./lib/command.js";

const USAGE = `Usage: npm run audit [-- --help]

Audits the Rust dependencies (RustSec, with cargo-audit, which is installed in .tools when it is
missing) and the npm packages, those of development too. Exceptions stand with their reasons in
scripts/audit.json; one that is not needed any more is a failure as well.

Ends with 0 where nothing is open, with 1 where something is, and with 3 where a list could not be
asked: then nothing is proved.`;

await command(USAGE, [], audit);

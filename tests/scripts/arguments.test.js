// What the commands say of a number, or a name, that they cannot take.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { inProject } from "../../scripts/lib/root.js";

const run = promisify(execFile);

const FROM_0 = "must be a whole number from 0 to 999999999, not";
const FROM_1 = "must be a whole number from 1 to 999999999, not";

const ALERTS = "must be a whole number from 1 to 1000000, not";

/** @type {[string, string[], string][]} */
const REFUSED = [
  ["tests/differential/run.js", ["--count", "0"], `--count ${FROM_1} "0"`],
  ["tests/differential/run.js", ["--most", "0"], `--most ${FROM_1} "0"`],
  ["tests/differential/run.js", ["--seed", "one"], `--seed ${FROM_0} "one"`],
  ["scripts/fuzz.js", ["--seconds", "0"], `--seconds ${FROM_1} "0"`],
  ["scripts/fuzz.js", ["--seed", "0"], `--seed ${FROM_1} "0"`],
  ["scripts/fuzz.js", ["--target", "nothing"], 'There is no target "nothing".'],
  ["scripts/soak.js", ["--alerts", "0"], `--alerts ${ALERTS} "0"`],
  ["scripts/soak.js", ["--alerts", "1000001"], `--alerts ${ALERTS} "1000001"`],
  ["scripts/soak.js", ["--concurrency", "1.5"], `--concurrency ${FROM_1} "1.5"`],
  ["scripts/soak.js", ["--seed", "1000000000"], `--seed ${FROM_0} "1000000000"`],
];

for (const [script, args, problem] of REFUSED) {
  test(`${script} ${args.join(" ")} is refused, with the usage`, async () => {
    const failure = await run(process.execPath, [inProject(script), ...args]).catch(
      (error) => error,
    );
    assert.equal(failure.code, 2);
    assert.ok(failure.stderr.startsWith(`${problem}\n\nUsage: npm run `), failure.stderr);
  });
}

/** Lists that are kept in git, so that nobody adds to them by accident. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Compares with the list in git, and says what is new and what is gone. With the variable
 * `WRITE_LISTS` it writes the list instead.
 *
 * @param {string[]} actual
 * @param {string} name of the file in this folder
 */
export function assertListed(actual, name) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const now = [...new Set(actual)].sort();
  if (process.env.WRITE_LISTS) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  /** @type {string[]} */
  const listed = JSON.parse(readFileSync(file, "utf8"));
  const added = now.filter((item) => !listed.includes(item)).map((item) => `\n  added: ${item}`);
  const gone = listed.filter((item) => !now.includes(item)).map((item) => `\n  removed: ${item}`);
  assert.deepEqual(
    now,
    listed,
    `tests/package/${name} lists something else:${[...added, ...gone].join("")}
If that is meant to be, write the list anew: WRITE_LISTS=1 node --test tests/package/*.test.js`,
  );
}

// `npm run fuzz`: runs the fuzz targets one after another and says what they found.

import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "./lib/build.js";
import { command, wholeNumber } from "./lib/command.js";
import { WrongArgument } from "./lib/failure.js";
import { fuzz } from "./lib/fuzz.js";
import { inProject } from "./lib/root.js";
import { ensureCargoFuzz, ensureRust } from "./lib/rust.js";
import { table } from "./lib/table.js";

const TARGETS = readdirSync(inProject("fuzz/targets"))
  .map((file) => path.basename(file, ".rs"))
  .sort();

const USAGE = `Usage: npm run fuzz [-- --seconds N] [-- --target NAME[,NAME]] [-- --seed N] [-- --help]

Installs and builds what is missing or stale, then feeds each target with inputs that reach further
and further into the code, from those in fuzz/corpus on. What breaks a rule of tests/properties is
printed, and the exit status is 1 then.

  --seconds N    how long each target runs; 60 without it
  --target NAME  only this target, or these with commas between them; there are
                 ${TARGETS.slice(0, 4).join(", ")},
                 ${TARGETS.slice(4).join(", ")}
  --seed N       what chance starts from, 1 or more; another one each time without it
  --help         print this`;

await command(USAGE, [], (_, given) => main(given), ["seconds", "target", "seed"]);

/** @param {Record<string, string>} given */
async function main({ target, ...given }) {
  const names = target?.split(",") ?? TARGETS;
  const unknown = names.find((name) => !TARGETS.includes(name));
  if (unknown !== undefined) throw new WrongArgument(`There is no target "${unknown}".`);
  const seconds = wholeNumber("seconds", given.seconds ?? "60", 1);
  // To libFuzzer, 0 is no seed but the wish for another one each time.
  const seed = given.seed === undefined ? undefined : wholeNumber("seed", given.seed, 1);
  // The oracle runs in Node, and asks the module that ships.
  await build();
  await ensureRust();
  await ensureCargoFuzz();
  const results = [];
  for (const name of names) results.push(await fuzz(name, { seconds, seed }));
  for (const { name, crash } of results) {
    if (crash) console.log(`\n${name} has found an input that breaks its rule.\n\n${crash}`);
  }
  const head = ["target", "executions", "a second", "corpus", "coverage", "features", "found"];
  const rows = results.map((result) => [result.name, ...result.numbers, result.crash ? "1" : "-"]);
  console.log(`\n${table([head, ...rows], { right: [1, 2, 3, 4, 5, 6] })}`);
  return results.some(({ crash }) => crash) ? 1 : 0;
}

// `npm run build`: sets up, builds what is missing or stale, and prints how large the modules are.

import { build } from "./lib/build.js";
import { command } from "./lib/command.js";
import { table } from "./lib/table.js";

const USAGE = `Usage: npm run build [-- --help]

Installs what building needs (npm packages, Rust's WebAssembly target, wasm-bindgen), builds what is
missing or stale (pkg/, simulator/pkg/, types/), and prints the sizes of the modules in bytes.`;

await command(USAGE, [], async () => {
  const { made, sizes } = await build();
  if (made.length === 0) console.log("Everything is up to date.");
  const rows = Object.entries(sizes).map(([name, { raw, gzip, brotli }]) => [
    `${name}_bg.wasm`,
    ...[raw, gzip, brotli].map((bytes) => bytes.toLocaleString("en")),
  ]);
  console.log(`\n${table([["module", "raw", "gzip", "brotli"], ...rows], { right: [1, 2, 3] })}`);
  return 0;
});

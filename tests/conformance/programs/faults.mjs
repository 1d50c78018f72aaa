// Prints the report of what happens after faults of the module.
import { readFileSync } from "node:fs";
import { reportFaults } from "./faults.js";

const bytes = readFileSync(new URL("traps/connector_bg.wasm", import.meta.url));
console.log(JSON.stringify(await reportFaults(bytes)));

// The same in a page.
import { reportFaults } from "./faults.js";
import { send } from "./report.js";

const answer = await fetch("/traps/connector_bg.wasm");
send(() => answer.arrayBuffer().then(reportFaults));

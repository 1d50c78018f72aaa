// `npm start`: builds what is missing or stale, then plays the story of alerts that become
// incidents.

import { build } from "./lib/build.js";
import { command } from "./lib/command.js";

const USAGE = `Usage: npm start [-- --once] [-- --help]

Builds what is missing or stale, starts a simulated ServiceNow instance and a host of Kibana's shape
on 127.0.0.1, and lets a rule and a case open, update and close incidents, with a connector that
signs in with a password and with one that signs in with OAuth. Every incident is checked; the exit
status is 1 when one is not as the story says. The instance and the host's console stay up until
Ctrl+C.

  --once  end when the story has been told
  --help  print this`;

await command(USAGE, ["once"], async (given) => {
  await build();
  // Only now: on a clean clone there was nothing to import before.
  const { tell } = await import("./story/tell.js");
  return tell({ once: given.once === true });
});

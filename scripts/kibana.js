// `npm run build:kibana`: makes the plugin that a Kibana of one exact version installs.

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { installCommand } from "./kibana/install.js";
import { readTarget } from "./kibana/target.js";
import { build } from "./lib/build.js";
import { command } from "./lib/command.js";
import { inProject } from "./lib/root.js";

const USAGE = `Usage: npm run build:kibana -- --kibana-version 9.2.1 [--connector-id acme.servicenow]

Builds what is missing or stale, then makes a plugin for Kibana in dist/. How to install it stands
in docs/kibana.md.

  --kibana-version  the exact version of the Kibana that installs it
  --connector-id    what connectors, rules and cases will know the connector type by; without it
                    servicenowConnector.itsm
  --help            print this`;

await command(
  USAGE,
  [],
  async (_flags, values) => {
    const target = readTarget({
      kibanaVersion: values["kibana-version"],
      connectorId: values["connector-id"],
    });
    await build();
    // Only now: on a clean clone there was nothing to import before.
    const { pluginFiles, pluginName } = await import("./kibana/plugin.js");
    const { archiveOf } = await import("./kibana/archive.js");
    const archive = archiveOf(pluginFiles(target));
    const file = inProject("dist", `${pluginName(target)}.zip`);
    mkdirSync(inProject("dist"), { recursive: true });
    writeFileSync(file, archive);
    const digest = createHash("sha256").update(archive).digest("hex");
    console.log(`
For Kibana ${target.kibanaVersion}, with the connector type ${target.connectorId}:
  ${file}
  ${archive.length.toLocaleString("en")} bytes, SHA-256 ${digest}

Install it:  ${installCommand(file)}`);
    if (target.isBuiltIn) {
      console.log(`
Kibana has a connector type ${target.connectorId} of its own, and does not start with two: this
plugin is for a host that leaves that one out.`);
    }
    return 0;
  },
  ["kibana-version", "connector-id"],
);

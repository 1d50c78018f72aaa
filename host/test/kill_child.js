// A host that stores without a pause and says what it has stored, until somebody kills it.
//
//   node kill_child.js <folder> <version to begin after>

import { writeSync } from "node:fs";

import { createHost } from "servicenow-itsm-host";

import { fakeType } from "./fake_type.js";
import { openStoreIn } from "./folder.js";

/** @typedef {{ connector: string, version: number } | { token: string, version: number } |
 *   { task: string, version: number } | { ran: string, lane: string }} Said */

/** @param {Said} said not in a buffer of the process, which would die with it */
function say(said) {
  writeSync(1, `${JSON.stringify(said)}\n`);
}

const [folder = "", begin] = process.argv.slice(2);
const host = createHost({ store: openStoreIn(folder) });
host.registerType(
  fakeType({
    maxAttempts: 10,
    executor: async ({ actionId, params }) => say({ ran: params.text, lane: actionId }),
  }),
);
host.start();

for (let version = Number(begin) + 1; ; version += 1) {
  const id = `c${version % 5}`;
  const draft = {
    id,
    name: `version ${version}`,
    config: { apiUrl: "https://sn.example.com", version },
    secrets: { password: `password ${version}` },
  };
  const isThere = (await host.listConnectors()).some((connector) => connector.id === id);
  if (isThere) await host.updateConnector(draft);
  else await host.createConnector({ ...draft, typeId: ".fake" });
  say({ connector: id, version });

  await host.connectorTokenClient.updateOrReplace({
    connectorId: id,
    token: null,
    newToken: `token ${version}`,
    deleteExisting: true,
  });
  say({ token: id, version });

  const incident = { correlation_id: "one for all of a connector" };
  const { taskId } = await host.scheduleRuleAction({
    connectorId: id,
    params: { text: String(version), subActionParams: { incident } },
    variables: {},
  });
  say({ task: taskId, version });
  await new Promise((resolve) => setImmediate(resolve));
}

// A process of its own that serves the instance over HTTPS. Its arguments: `simulator`, or `recorded`
// for a thin server that asks a simulator once for each kind of request and gives that answer from then
// on; and the milliseconds that bytes take each way.

import { subscribe } from "node:diagnostics_channel";
import https from "node:https";
import { startSimulator } from "servicenow-simulator";
import { makeServerCertificates } from "servicenow-simulator/certificate";
import { startLink } from "./link.js";

/**
 * @typedef {object} Counts since the process began
 * @property {number} requests
 * @property {number} connections
 * @property {number} cpu milliseconds
 *
 * @typedef {{ url: string, certificate: string }} Served
 */

const [kind, delay] = process.argv.slice(2);
const HOST = "127.0.0.1";

let connections = 0;
subscribe("net.server.socket", () => {
  connections += 1;
});

const { served, requests } = kind === "recorded" ? await serveRecorded() : await serveSimulator();
const link = Number(delay) > 0 ? await startLink(served.url, Number(delay)) : served.url;

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ requests: requests(), connections, cpu: (user + system) / 1000 });
});
process.send?.({ ...served, url: link });

async function serveSimulator() {
  const simulator = await startSimulator({ https: true });
  const { httpsUrl = "", certificateAuthority = "" } = simulator;
  return {
    served: { url: httpsUrl, certificate: certificateAuthority },
    requests: () => simulator.requests().at(-1)?.sequence ?? 0,
  };
}

async function serveRecorded() {
  const { url: simulator } = await startSimulator();
  const { key, shown } = await makeServerCertificates(HOST);
  let count = 0;
  /** @type {Map<string, Promise<{ status: number, body: string }>>} */
  const answers = new Map();
  const server = https.createServer({ key, cert: shown.good }, async (request, response) => {
    count += 1;
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const { method = "GET", url = "" } = request;
    const isNote = body.includes('"u_work_notes"') || body.includes('"work_notes"');
    const asked = `${method} ${url} ${isNote}`;
    const answer =
      answers.get(asked) ??
      fetch(simulator + url, {
        method,
        headers: {
          authorization: request.headers.authorization ?? "",
          "content-type": "application/json",
          accept: "application/json",
        },
        ...(body && { body }),
      }).then(async (got) => ({ status: got.status, body: await got.text() }));
    answers.set(asked, answer);
    const { status, body: text } = await answer;
    response.writeHead(status, { "content-type": "application/json;charset=UTF-8" });
    response.end(text);
  });
  await new Promise((resolve) => server.listen(0, HOST, () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    served: { url: `https://${HOST}:${address.port}`, certificate: shown.good },
    requests: () => count,
  };
}

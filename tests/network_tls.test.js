import assert from "node:assert/strict";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import { answering, connect, failure } from "./support/acting.js";
import { certify } from "./support/certificate.js";
import { serve, serveTls } from "./support/server.js";

/** @import { Settings, VerificationMode } from "../host/js/types.js" */

const UNTRUSTED = "DEPTH_ZERO_SELF_SIGNED_CERT";
const MISNAMED = "ERR_TLS_CERT_ALTNAME_INVALID";

/**
 * How an action ends: `ok`, or the certificate's fault.
 *
 * @param {string} url
 * @param {Settings} settings
 */
async function ending(url, settings) {
  const { act } = await connect(getConnectorType(), url, settings);
  const { status, serviceMessage } = await act();
  return status === "ok" ? "ok" : /\[status=(.*?)\]/.exec(String(serviceMessage))?.[1];
}

/** @param {VerificationMode} [verificationMode] */
const globally = (verificationMode) => ({ ssl: verificationMode && { verificationMode } });

test("a certificate that nobody vouches for is refused, with a remedy and no repetition", async (t) => {
  const { url, connections } = await serveTls(t, answering);
  const { act } = await connect(getConnectorType(), url);
  const result = await act();
  assert.equal(result.serviceMessage, failure("self-signed certificate", UNTRUSTED));
  assert.equal(result.retry, false);
  assert.match(String(Object(result).errorMeta.remedy), /certificate authority/);
  assert.equal(connections(), 0);
});

test("each global mode verifies as much as it says", async (t) => {
  const { url } = await serveTls(t, answering);
  assert.equal(await ending(url, globally("none")), "ok");
  for (const mode of /** @type {const} */ (["certificate", "full", undefined])) {
    assert.equal(await ending(url, globally(mode)), UNTRUSTED);
  }
});

test("a host's own mode wins over the global one, for the chain and for the name", async (t) => {
  const { url, ca } = await serveTls(t, answering, ["elsewhere.example"]);
  /** @type {[VerificationMode | undefined, string | undefined][]} */
  const endings = [
    ["none", "ok"],
    ["certificate", "ok"],
    ["full", MISNAMED],
    [undefined, MISNAMED],
  ];
  for (const global of /** @type {const} */ (["none", "certificate", "full", undefined])) {
    for (const [verificationMode, expected] of endings) {
      const ssl = { verificationMode, certificateAuthoritiesData: ca };
      const settings = { ...globally(global), customHostSettings: [{ url, ssl }] };
      assert.equal(await ending(url, settings), expected, `${verificationMode} over ${global}`);
    }
  }
});

test("a host's own authorities replace the others, and switch verification on", async (t) => {
  const { url, ca } = await serveTls(t, answering);
  const other = await certify(["127.0.0.1"]);
  const trusting = (/** @type {string} */ certificateAuthoritiesData) => ({
    ...globally("none"),
    customHostSettings: [{ url, ssl: { certificateAuthoritiesData } }],
  });
  assert.equal(await ending(url, trusting(ca)), "ok");
  assert.equal(await ending(url, trusting(`${other.cert}\n${ca}`)), "ok");
  assert.equal(await ending(url, trusting(other.cert)), UNTRUSTED);
  assert.equal(await ending(url, trusting("no certificate")), UNTRUSTED);
});

test("an entry counts for its own port only, and without TLS in it for none", async (t) => {
  const [server, other] = [await serveTls(t, answering), await serveTls(t, answering)];
  const ssl = { certificateAuthoritiesData: server.ca };
  const customHostSettings = [{ url: server.url, ssl }];
  assert.equal(await ending(server.url, { customHostSettings }), "ok");
  assert.equal(await ending(other.url, { customHostSettings }), UNTRUSTED);
  const silent = { customHostSettings: [{ url: other.url }] };
  assert.equal(await ending(other.url, silent), UNTRUSTED);
  assert.equal(await ending(other.url, { ...globally("none"), ...silent }), "ok");
});

test("hosts before 9.0 say it in the older setting's name", async (t) => {
  const { url } = await serveTls(t, answering);
  const ssl = (/** @type {object} */ settings) =>
    ending(url, { customHostSettings: [{ url, ssl: settings }] });
  assert.equal(await ssl({ rejectUnauthorized: false }), "ok");
  assert.equal(await ssl({ rejectUnauthorized: true }), UNTRUSTED);
  assert.equal(await ssl({ rejectUnauthorized: false, verificationMode: "full" }), UNTRUSTED);
});

test("a mode that nobody knows verifies, with a warning", async (t) => {
  const { url } = await serveTls(t, answering);
  /** @type {any} */
  const settings = { customHostSettings: [{ url, ssl: { verificationMode: "strict" } }] };
  const { act, warnings } = await connect(getConnectorType(), url, settings);
  const { serviceMessage } = await act();
  assert.match(String(serviceMessage), new RegExp(UNTRUSTED));
  assert.deepEqual(warnings(), ["Unknown ssl verificationMode: strict"]);
});

test("the next actions open no new connection, whoever runs them", async (t) => {
  const { url, ca, connections } = await serveTls(t, answering);
  const customHostSettings = [{ url, ssl: { certificateAuthoritiesData: ca } }];
  // Hosts build connectors and settings anew; the connections stay.
  for (let index = 0; index < 3; index++) {
    const { act } = await connect(getConnectorType(), url, { customHostSettings });
    assert.equal((await act()).status, "ok");
    assert.equal((await act()).status, "ok");
  }
  assert.equal(connections(), 1);
});

test("a redirect within the instance goes on over the same connection", async (t) => {
  const { url, connections } = await serveTls(t, (request, response) => {
    if (request.url?.startsWith("/moved")) answering(request, response);
    else response.writeHead(307, { location: "/moved" }).end();
  });
  assert.equal(await ending(url, globally("none")), "ok");
  assert.equal(connections(), 1);
});

test("connections of a laxer mode do not serve a stricter one", async (t) => {
  const { url } = await serveTls(t, answering);
  assert.equal(await ending(url, globally("none")), "ok");
  assert.equal(await ending(url, globally("certificate")), UNTRUSTED);
});

test("a redirect's host is verified by its own settings", async (t) => {
  const target = await serveTls(t, answering);
  const first = await serveTls(t, (_request, response) => {
    response.writeHead(307, { location: `${target.url}/moved` }).end();
  });
  const trusted = (/** @type {{ url: string, ca: string }} */ { url, ca }) => ({
    url,
    ssl: { certificateAuthoritiesData: ca },
  });
  assert.equal(await ending(first.url, { customHostSettings: [trusted(first)] }), UNTRUSTED);
  const both = { customHostSettings: [trusted(first), trusted(target)] };
  assert.equal(await ending(first.url, both), "ok");
});

test("the host's limits hold on a way of its own, too", async (t) => {
  const slow = await serveTls(t, (_request, response) => response.write("{"));
  const late = await connect(getConnectorType(), slow.url, {
    ...globally("none"),
    responseTimeout: 100,
  });
  const { serviceMessage } = await late.act();
  assert.equal(serviceMessage, failure("timeout of 100ms exceeded", "ECONNABORTED"));
  const large = await serveTls(t, (_request, response) => response.end(" ".repeat(2000)));
  const { act } = await connect(getConnectorType(), large.url, {
    ...globally("none"),
    maxResponseContentLength: 1000,
  });
  const text = failure("maxContentLength size of 1000 exceeded", "ERR_BAD_RESPONSE");
  assert.equal((await act()).serviceMessage, text);
});

test("plain HTTP is nothing that TLS settings change", async (t) => {
  const url = await serve(t, answering);
  assert.equal(await ending(url, globally("certificate")), "ok");
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { test } from "node:test";
import { getConnectorType } from "servicenow-itsm-connector";
import * as inline from "servicenow-itsm-connector/inline";
import { answering, connect, failure } from "./support/acting.js";
import { certify } from "./support/certificate.js";
import { actTwice } from "./support/process.js";
import { startProxy } from "./support/proxy.js";
import { serve, serveTls } from "./support/server.js";

/**
 * @import { IncomingHttpHeaders } from "node:http"
 * @import { Settings } from "../host/js/types.js"
 */

const CREDENTIALS = "kibana:p@ss word/ü";
const ENCODED = "kibana:p%40ss%20word%2F%C3%BC";

/** @param {{ url: string, ca: string }} server */
const trusting = ({ url, ca }) => [{ url, ssl: { certificateAuthoritiesData: ca } }];

/**
 * @param {string} proxyUrl
 * @param {string} [credentials]
 */
const withCredentials = (proxyUrl, credentials = ENCODED) =>
  proxyUrl.replace("://", `://${credentials}@`);

/**
 * @param {string} url
 * @param {Settings} settings
 */
async function act(url, settings) {
  const connector = await connect(getConnectorType(), url, settings);
  return connector.act();
}

for (const scheme of /** @type {const} */ (["http", "https"])) {
  /** @param {import("./support/proxy.js").ProxyOptions} [options] */
  const proxyOptions = async (options) => ({
    ...options,
    tls: scheme === "https" ? await certify(["127.0.0.1"]) : undefined,
  });
  /** The proxy's certificate is nobody's. */
  const ssl = /** @type {const} */ ({ proxyVerificationMode: "none" });

  test(`an https target is reached through an ${scheme} proxy's tunnel, on one connection`, async (t) => {
    /** @type {IncomingHttpHeaders[]} */
    const seen = [];
    const target = await serveTls(t, (request, response) => {
      seen.push(request.headers);
      answering(request, response);
    });
    const proxy = await startProxy(t, await proxyOptions({ credentials: CREDENTIALS }));
    const { act } = await connect(getConnectorType(), target.url, {
      ssl,
      proxyUrl: withCredentials(proxy.url),
      proxyHeaders: { "X-Proxy-Key": "k-1" },
      customHostSettings: trusting(target),
    });
    for (let index = 0; index < 3; index++) {
      const { status, serviceMessage } = await act();
      assert.equal(status, "ok", String(serviceMessage));
    }
    assert.equal(proxy.requests.length, 1);
    const [{ method, target: asked, headers }] = /** @type {any} */ (proxy.requests);
    assert.equal(`${method} ${asked}`, `CONNECT 127.0.0.1:${target.port}`);
    assert.equal(headers.host, `127.0.0.1:${target.port}`);
    assert.equal(headers["x-proxy-key"], "k-1");
    assert.equal(headers.authorization, undefined);
    assert.deepEqual([proxy.connections(), target.connections()], [1, 1]);
    assert.equal(seen.length, 3);
    for (const headers of seen) {
      assert.equal(headers["x-proxy-key"], undefined);
      assert.equal(headers["proxy-authorization"], undefined);
      assert.match(String(headers.authorization), /^Basic /);
    }
  });

  test(`an http target is asked for through an ${scheme} proxy in full, on one connection`, async (t) => {
    const url = await serve(t, answering);
    const { host } = new URL(url);
    const proxy = await startProxy(t, await proxyOptions({ credentials: CREDENTIALS }));
    const { act } = await connect(getConnectorType(), url, {
      ssl,
      proxyUrl: withCredentials(proxy.url),
      proxyHeaders: { "X-Proxy-Key": "k-1", Authorization: "for the proxy", Host: "elsewhere" },
    });
    for (let index = 0; index < 3; index++) {
      const { status, serviceMessage } = await act();
      assert.equal(status, "ok", String(serviceMessage));
    }
    assert.equal(proxy.requests.length, 3);
    for (const { method, target, headers } of proxy.requests) {
      assert.equal(method, "GET");
      assert.match(target, new RegExp(`^http://${host}/api/now/table/sys_choice\\?`));
      assert.equal(headers.host, host);
      assert.equal(headers["x-proxy-key"], "k-1");
      assert.match(String(headers.authorization), /^Basic /);
    }
    assert.equal(proxy.connections(), 1);
  });

  test(`an ${scheme} proxy that does not accept the credentials is named without them`, async (t) => {
    const targets = [await serve(t, answering), (await serveTls(t, answering)).url];
    const proxy = await startProxy(t, await proxyOptions({ credentials: CREDENTIALS }));
    for (const url of targets) {
      const proxyUrl = withCredentials(proxy.url, "kibana:wr0ng");
      const { act, log } = await connect(getConnectorType(), url, { ssl, proxyUrl });
      const result = await act();
      const text = `Request failed with status code 407 (proxy ${proxy.host})`;
      assert.equal(result.serviceMessage, failure(text, "407"));
      assert.equal(result.retry, false);
      assert.match(Object(result).errorMeta.remedy, /password in the host's proxy settings/);
      const said = JSON.stringify([result, log()]);
      assert.doesNotMatch(said, /wr0ng|a2liYW5h/);
    }
  });
}

test("a proxy may know a user without a password, or by a header alone", async (t) => {
  const target = await serveTls(t, answering);
  const customHostSettings = trusting(target);
  const nameless = await startProxy(t, { credentials: "kibana:" });
  const byName = { proxyUrl: withCredentials(nameless.url, "kibana"), customHostSettings };
  assert.equal((await act(target.url, byName)).status, "ok");

  const proxy = await startProxy(t, { credentials: CREDENTIALS });
  const authorization = `Basic ${Buffer.from(CREDENTIALS).toString("base64")}`;
  const byHeader = {
    proxyUrl: withCredentials(proxy.url, "other:secret"),
    proxyHeaders: { "Proxy-Authorization": authorization },
    customHostSettings,
  };
  assert.equal((await act(target.url, byHeader)).status, "ok");
});

test("through a proxy the target's certificate is verified as it is without one", async (t) => {
  const proxyUrl = (await startProxy(t)).url;
  const target = await serveTls(t, answering, ["elsewhere.example"]);
  const entry = (/** @type {any} */ verificationMode, ca = target.ca) => ({
    customHostSettings: [
      { url: target.url, ssl: { verificationMode, certificateAuthoritiesData: ca } },
    ],
  });
  const { cert: other } = await certify(["127.0.0.1"]);
  /** @type {[Settings, RegExp | undefined][]} */
  const cases = [
    [{}, /DEPTH_ZERO_SELF_SIGNED_CERT/],
    [{ ssl: { verificationMode: "none" } }, undefined],
    [{ ssl: { verificationMode: "certificate" } }, /DEPTH_ZERO_SELF_SIGNED_CERT/],
    [entry("none", other), undefined],
    [entry("certificate"), undefined],
    [entry("certificate", other), /DEPTH_ZERO_SELF_SIGNED_CERT/],
    [entry("full"), /ERR_TLS_CERT_ALTNAME_INVALID/],
    [entry(undefined), /ERR_TLS_CERT_ALTNAME_INVALID/],
    // The mode for the proxy is no mode for what is behind it.
    [{ ssl: { proxyVerificationMode: "none" } }, /DEPTH_ZERO_SELF_SIGNED_CERT/],
  ];
  for (const [settings, expected] of cases) {
    const { status, serviceMessage } = await act(target.url, { ...settings, proxyUrl });
    if (expected) assert.match(String(serviceMessage), expected, JSON.stringify(settings));
    else assert.equal(status, "ok", `${serviceMessage} ${JSON.stringify(settings)}`);
    assert.doesNotMatch(String(serviceMessage), /proxy/);
  }
});

test("an https proxy's certificate is verified by the mode for proxies alone", async (t) => {
  const secure = await serveTls(t, answering);
  const targets = [await serve(t, answering), secure.url];
  const right = await certify(["127.0.0.1"]);
  const misnamed = await certify(["elsewhere.example"]);
  for (const [tls, proxyVerificationMode, trusted, expected] of /** @type {const} */ ([
    [right, "none", false, undefined],
    [right, "certificate", false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    [right, "full", false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    [right, undefined, false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    [right, undefined, true, undefined],
    [misnamed, "certificate", true, undefined],
    [misnamed, "full", true, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])) {
    const proxy = await startProxy(t, { tls });
    for (const url of targets) {
      const [result] = await actTwice(url, {
        settings: {
          proxyUrl: proxy.url,
          ssl: { verificationMode: "none", proxyVerificationMode },
        },
        trusted: trusted ? [tls.cert] : [],
      });
      const name = `${proxyVerificationMode} ${expected} ${url} ${result?.serviceMessage}`;
      assert.equal(result?.status, expected ? "error" : "ok", name);
      if (!expected) continue;
      assert.match(String(result?.serviceMessage), new RegExp(`status=${expected}`));
      assert.match(String(result?.serviceMessage), new RegExp(`\\(proxy ${proxy.host}\\)`));
      assert.match(String(result?.errorMeta?.remedy), /proxy's certificate/);
      assert.equal(result?.retry, false);
    }
  }
});

test("lists of hosts say what goes through the proxy", async (t) => {
  const url = await serve(t, answering);
  const proxy = await startProxy(t);
  for (const [lists, expected] of /** @type {[Settings, number][]} */ ([
    [{}, 1],
    [{ proxyBypassHosts: ["127.0.0.1"] }, 0],
    [{ proxyBypassHosts: ["0.0.1", "127.0.0.1.example"] }, 1],
    [{ proxyBypassHosts: [] }, 1],
    [{ proxyOnlyHosts: ["127.0.0.1"] }, 1],
    [{ proxyOnlyHosts: ["sn.example.com"] }, 0],
    [{ proxyOnlyHosts: [] }, 0],
    // Both: the second is dropped.
    [{ proxyBypassHosts: ["sn.example.com"], proxyOnlyHosts: ["sn.example.com"] }, 1],
  ])) {
    const before = proxy.requests.length;
    const { status } = await act(url, { proxyUrl: proxy.url, ...lists });
    assert.equal(status, "ok");
    assert.equal(proxy.requests.length - before, expected, JSON.stringify(lists));
  }
});

test("names in the lists count in any case", async (t) => {
  const url = (await serve(t, answering)).replace("127.0.0.1", "LocalHost");
  const proxy = await startProxy(t);
  const settings = { proxyUrl: proxy.url, proxyBypassHosts: ["LOCALHOST"] };
  await act(url, settings);
  assert.equal(proxy.requests.length, 0);
});

test("an answer without a body frees the connection to the proxy", async (t) => {
  const url = await serve(t, (_request, response) => response.writeHead(204).end());
  const proxy = await startProxy(t);
  const { act } = await connect(getConnectorType(), url, { proxyUrl: proxy.url });
  for (const result of [await act(), await act()]) {
    assert.equal(result.errorName, "unexpected_answer", String(result.serviceMessage));
  }
  assert.equal(proxy.requests.length, 2);
  assert.equal(proxy.connections(), 1);
});

test("a redirect's host is looked up in the lists anew", async (t) => {
  const proxy = await startProxy(t);
  const target = new URL(await serve(t, answering));
  target.hostname = "localhost";
  const first = await serve(t, (_request, response) => {
    response.writeHead(307, { location: `${target.href}moved` }).end();
  });
  const inside = { proxyUrl: proxy.url, proxyBypassHosts: ["127.0.0.1"] };
  await act(first, inside);
  assert.deepEqual(
    proxy.requests.map(({ target }) => target),
    [`${target.href}moved`],
  );
});

test("a proxy is told no more of a redirect's URL than what is asked for", async (t) => {
  const proxy = await startProxy(t);
  const url = await serve(t, (request, response) => {
    if (request.url?.startsWith("/moved")) return answering(request, response);
    const { host } = request.headers;
    response.writeHead(307, { location: `http://bea:s3cr3t@${host}/moved?a=1#part` }).end();
  });
  await act(url, { proxyUrl: proxy.url });
  assert.equal(proxy.requests[1]?.target, `${url}/moved?a=1`);
  assert.doesNotMatch(JSON.stringify(proxy.requests), /s3cr3t|part/);
});

test("a proxy that never answers ends with the host's timeout", async (t) => {
  const silent = createServer((socket) => socket.resume()).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (silent.address());
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  silent.on("connection", (socket) => sockets.add(socket));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const proxyUrl = `http://127.0.0.1:${port}`;
  for (const url of [await serve(t, answering), (await serveTls(t, answering)).url]) {
    const { serviceMessage } = await act(url, { proxyUrl, responseTimeout: 100 });
    assert.equal(serviceMessage, failure("timeout of 100ms exceeded", "ECONNABORTED"));
  }
});

test("a proxy that is not there is named, and the action can be repeated", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  for (const url of [await serve(t, answering), (await serveTls(t, answering)).url]) {
    const result = await act(url, { proxyUrl: `http://kibana:s3cr3t@127.0.0.1:${port}` });
    const text = `connect ECONNREFUSED 127.0.0.1:${port} (proxy 127.0.0.1:${port})`;
    assert.equal(result.serviceMessage, failure(text, "ECONNREFUSED"));
    assert.equal(result.retry, true);
    assert.equal(result.errorSource, "framework");
  }
});

test("a proxy that refuses or fails to open a tunnel is named", async (t) => {
  const { url } = await serveTls(t, answering);
  for (const [refusal, error, code, retry] of /** @type {const} */ ([
    [403, "Request failed with status code 403", "403", false],
    [502, "Request failed with status code 502", "502", true],
    ["hang up", "socket hang up", "ECONNRESET", true],
  ])) {
    const proxy = await startProxy(t, { refusal });
    const result = await act(url, { proxyUrl: proxy.url });
    assert.equal(result.serviceMessage, failure(`${error} (proxy ${proxy.host})`, code));
    assert.equal(result.retry, retry);
    assert.equal(proxy.requests.length, 1);
  }
});

test("a proxy that answers drop by drop has as long for all of it as any connection", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const proxy = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 O");
      // As long as it takes an answer to be whole.
      t.mock.timers.tick(10_000);
    });
  });
  t.after(() => proxy.close());
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (proxy.address());
  const proxyUrl = `http://127.0.0.1:${port}`;
  const { errorName, retry, serviceMessage } = await act("https://127.0.0.1:4430", { proxyUrl });
  assert.deepEqual({ errorName, retry }, { errorName: "unreachable", retry: true });
  assert.match(
    String(serviceMessage),
    /connect timeout of 10000ms exceeded \(proxy 127\.0\.0\.1:\d+\)/,
  );
});

test("what a proxy says too early in a tunnel is taken for the target's", async (t) => {
  const proxy = createHttpServer().on("connect", (_request, socket) => {
    socket.on("error", () => {});
    socket.write("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n");
  });
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (proxy.address());
  const result = await act("https://127.0.0.1:4430", { proxyUrl: `http://127.0.0.1:${port}` });
  assert.match(String(result.serviceMessage), /status=ERR_SSL_/);
});

test("a tunnel that breaks ends the request, and the next one gets a tunnel of its own", async (t) => {
  const proxy = await startProxy(t);
  let asked = 0;
  const target = await serveTls(t, (request, response) => {
    asked += 1;
    if (asked === 1) proxy.hangUp();
    else answering(request, response);
  });
  const { act } = await connect(getConnectorType(), target.url, {
    proxyUrl: proxy.url,
    customHostSettings: trusting(target),
  });
  const broken = await act();
  assert.match(String(broken.serviceMessage), /status=ECONNRESET/);
  assert.equal((await act()).status, "ok");
});

test("environment variables name no proxy", async (t) => {
  const proxy = await startProxy(t);
  const url = await serve(t, answering);
  Object.assign(process.env, { HTTP_PROXY: proxy.url, http_proxy: proxy.url });
  t.after(() => {
    delete process.env.HTTP_PROXY;
    delete process.env.http_proxy;
  });
  for (const { status } of await actTwice(url)) assert.equal(status, "ok");
  assert.equal(proxy.requests.length, 0);
});

test("a program of one file goes through the proxy too", async (t) => {
  const url = await serve(t, answering);
  const proxy = await startProxy(t);
  const { act } = await connect(inline.getConnectorType(), url, { proxyUrl: proxy.url });
  const { status, serviceMessage } = await act();
  assert.equal(status, "ok", String(serviceMessage));
  assert.equal(proxy.requests.length, 1);
});

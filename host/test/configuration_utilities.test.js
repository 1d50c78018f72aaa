import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

import { createCollectingLogger, createHost } from "servicenow-itsm-host";

/**
 * @param {import("servicenow-itsm-host").Settings} [settings]
 * @param {import("servicenow-itsm-host").Logger} [logger]
 */
function utilities(settings, logger) {
  return createHost({ settings, logger }).configurationUtilities;
}

describe("the allow-list", () => {
  it("lets every host through by default, even a text that names none", () => {
    const { isHostnameAllowed, isUriAllowed } = utilities();
    assert.equal(isHostnameAllowed("sn.example.com"), true);
    assert.equal(isUriAllowed("sn.example.com/x"), true);
  });

  it("compares whole host names, whatever the port, case and user of the URL", () => {
    const { isUriAllowed } = utilities({ allowedHosts: ["sn.example.com", "::1"] });
    assert.equal(isUriAllowed("https://user@SN.example.com:8443/api"), true);
    assert.equal(isUriAllowed("http://[::1]:8080/"), true);
    for (const uri of [
      "https://example.com/",
      "https://a.sn.example.com/",
      "https://sn.example.com.evil.org/",
      "https://evil.org/?sn.example.com",
      "sn.example.com/x",
      "",
    ]) {
      assert.equal(isUriAllowed(uri), false, uri);
    }
  });

  it("refuses in the host's own words", () => {
    const { ensureUriAllowed, ensureHostnameAllowed } = utilities({ allowedHosts: [] });
    assert.throws(() => ensureUriAllowed("https://sn.example.com/x"), {
      message:
        'target url "https://sn.example.com/x" is not added to the Kibana config ' +
        "xpack.actions.allowedHosts",
    });
    assert.throws(() => ensureHostnameAllowed("sn.example.com"), {
      message:
        'target hostname "sn.example.com" is not added to the Kibana config ' +
        "xpack.actions.allowedHosts",
    });
  });
});

describe("the other settings", () => {
  it("have the host's defaults", () => {
    const own = utilities();
    assert.deepEqual(own.getResponseSettings(), { maxContentLength: 1048576, timeout: 60000 });
    assert.deepEqual(own.getSSLSettings(), { verificationMode: "full" });
    assert.equal(own.getProxySettings(), undefined);
    assert.equal(own.getCustomHostSettings("https://sn.example.com"), undefined);
    assert.equal(own.isActionTypeEnabled(".fake"), true);
    assert.equal(own.getMaxAttempts({ actionTypeId: ".fake" }), 3);
  });

  it("are passed on as they are set", () => {
    const own = utilities({
      maxResponseContentLength: 10,
      responseTimeout: 20,
      ssl: { verificationMode: "none", proxyVerificationMode: "certificate" },
      proxyUrl: "http://proxy.example.com:3128",
      proxyHeaders: { "x-key": "1" },
      proxyOnlyHosts: ["sn.example.com"],
    });
    assert.deepEqual(own.getResponseSettings(), { maxContentLength: 10, timeout: 20 });
    assert.deepEqual(own.getSSLSettings(), { verificationMode: "none" });
    assert.deepEqual(own.getProxySettings(), {
      proxyUrl: "http://proxy.example.com:3128",
      proxyHeaders: { "x-key": "1" },
      proxyBypassHosts: undefined,
      proxyOnlyHosts: new Set(["sn.example.com"]),
      proxySSLSettings: { verificationMode: "certificate" },
    });
  });

  it("use no proxy when its URL cannot be read, with a warning", () => {
    const logger = createCollectingLogger();
    assert.equal(utilities({ proxyUrl: "no url" }, logger).getProxySettings(), undefined);
    assert.equal(logger.entries[0]?.level, "warn");
  });

  it("prefer the hosts that bypass the proxy to those that alone use it", () => {
    const logger = createCollectingLogger();
    const hosts = { proxyBypassHosts: ["a"], proxyOnlyHosts: ["b"] };
    const proxy = utilities({ proxyUrl: "http://p", ...hosts }, logger).getProxySettings();
    assert.deepEqual(proxy?.proxyBypassHosts, new Set(["a"]));
    assert.equal(proxy?.proxyOnlyHosts, undefined);
    assert.equal(logger.entries[0]?.level, "warn");
  });

  it("let the attempts of a type be overridden", () => {
    const connectorTypeOverrides = [{ id: ".fake", maxAttempts: 7 }];
    const own = utilities({ run: { maxAttempts: 5, connectorTypeOverrides } });
    const ask = { actionTypeMaxAttempts: 2 };
    assert.equal(own.getMaxAttempts({ actionTypeId: ".fake", ...ask }), 7);
    assert.equal(own.getMaxAttempts({ actionTypeId: ".other", ...ask }), 5);
    assert.equal(utilities().getMaxAttempts({ actionTypeId: ".other", ...ask }), 2);
  });

  it("are read once: a later change of the object has no effect", () => {
    const allowedHosts = ["sn.example.com"];
    const own = utilities({ allowedHosts });
    allowedHosts.push("*");
    assert.equal(own.isHostnameAllowed("evil.example.com"), false);
  });

  it("are refused, by name, when they cannot be meant", () => {
    /** @type {(settings: object) => void} */
    const host = (settings) => void createHost({ settings });
    assert.throws(() => host({ allowedHost: [] }), /setting "allowedHost" is not known/);
    for (const settings of [
      { allowedHosts: "sn.example.com" },
      { allowedHosts: ["sn.example.com:8443"] },
      { allowedHosts: ["https://sn.example.com"] },
      { responseTimeout: "60s" },
      { maxResponseContentLength: 0 },
      { ssl: { verificationMode: "strict" } },
      { proxyHeaders: { "x-key": 1 } },
      { customHostSettings: [{}] },
      { run: { maxAttempts: 11 } },
      { run: { connectorTypeOverrides: [{ id: ".fake" }] } },
    ]) {
      const [name] = Object.keys(settings);
      assert.throws(() => host(settings), { name: "TypeError", message: RegExp(`"${name}" must`) });
    }
  });
});

describe("the settings of single hosts", () => {
  it("are found by scheme, host and port, the default port included", () => {
    const url = "https://sn.example.com/path?query";
    const { getCustomHostSettings } = utilities({
      customHostSettings: [{ url, ssl: { verificationMode: "none" } }],
    });
    const expected = {
      url: "https://sn.example.com:443",
      ssl: { verificationMode: "none" },
    };
    assert.deepEqual(getCustomHostSettings("https://SN.example.com/other"), expected);
    assert.deepEqual(getCustomHostSettings("https://sn.example.com:443"), expected);
    assert.equal(getCustomHostSettings("https://sn.example.com:8443"), undefined);
    assert.equal(getCustomHostSettings("http://sn.example.com:443"), undefined);
    assert.equal(getCustomHostSettings("no url"), undefined);
  });

  it("are left out with a warning when they cannot be used", () => {
    const logger = createCollectingLogger();
    const { getCustomHostSettings } = utilities(
      {
        customHostSettings: [
          { url: "no url" },
          { url: "http://sn.example.com" },
          { url: "https://sn.example.com", ssl: { verificationMode: "none" } },
          { url: "https://sn.example.com:443/again", ssl: { verificationMode: "full" } },
        ],
      },
      logger,
    );
    assert.equal(
      getCustomHostSettings("https://sn.example.com")?.ssl?.verificationMode,
      "none",
      "the first one wins",
    );
    assert.equal(getCustomHostSettings("http://sn.example.com"), undefined);
    assert.equal(logger.entries.length, 4);
    for (const { level, message } of logger.entries) {
      assert.equal(level, "warn");
      assert.match(message, /^In configuration xpack\.actions\.customHosts,/);
    }
  });

  it("are warned of by their place, and never with a password", () => {
    const logger = createCollectingLogger();
    const urls = [
      "https://user:hunter2@sn.example.com/path#hash",
      "https://user:hunter2@sn.example.com:99999",
      "user:hunter2@sn.example.com",
      "http://user:hunter2@sn.example.com",
    ];
    const { getCustomHostSettings } = utilities(
      { customHostSettings: urls.map((url) => ({ url })) },
      logger,
    );
    assert.equal(
      getCustomHostSettings("https://sn.example.com")?.url,
      "https://sn.example.com:443",
    );
    const start = "In configuration xpack.actions.customHosts, ";
    const setting = "xpack.actions.customHostSettings";
    const unreadable =
      "url cannot be read; the entry is ignored. Write it as https://<host>:<port>";
    assert.deepEqual(
      logger.entries.map(({ message }) => message),
      [
        `${start}ignoring the credentials of ${setting}[0].url`,
        `${start}ignoring the path of ${setting}[0].url`,
        `${start}ignoring the hash of ${setting}[0].url`,
        `${start}${setting}[1].${unreadable}`,
        `${start}${setting}[2].${unreadable}`,
        `${start}ignoring the credentials of ${setting}[3].url`,
        `${start}${setting}[3].url "http://sn.example.com:80" is neither https: nor smtp:; the entry is ignored`,
      ],
    );
  });

  it("hold the text of certificate files after the certificates given inline", (test) => {
    const folder = mkdtempSync(join(tmpdir(), "custom-hosts-"));
    test.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "ca.pem");
    writeFileSync(file, "FROM FILE");
    const logger = createCollectingLogger();
    const ssl = {
      certificateAuthoritiesData: "INLINE",
      certificateAuthoritiesFiles: [file, join(folder, "missing.pem")],
    };
    const own = utilities({ customHostSettings: [{ url: "https://sn.example.com", ssl }] }, logger);
    const found = own.getCustomHostSettings("https://sn.example.com");
    assert.equal(found?.ssl?.certificateAuthoritiesData, "INLINE\nFROM FILE");
    assert.match(logger.entries[0]?.message ?? "", /missing\.pem" cannot be read/);
  });

  it("do not repeat a key that stands in the place of a file", () => {
    const logger = createCollectingLogger();
    const key = "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n";
    for (const certificateAuthoritiesFiles of [key, "hunter2".repeat(100)]) {
      const ssl = { certificateAuthoritiesFiles };
      utilities({ customHostSettings: [{ url: "https://sn.example.com", ssl }] }, logger);
    }
    assert.equal(logger.entries.length, 2);
    for (const { message } of logger.entries) {
      assert.match(message, /no path, but a text/);
      assert.doesNotMatch(message, /hunter2/);
    }
  });
});

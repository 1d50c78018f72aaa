import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createCollectingLogger, createHost } from "servicenow-itsm-host";

import { fakeType, hostWithConnector } from "./fake_type.js";

/** @typedef {import("servicenow-itsm-host").ExecutorOptions} ExecutorOptions */

const RUN = { connectorId: "c", params: { text: "hi" } };

describe("what an executor is given", () => {
  /**
   * @param {import("servicenow-itsm-host").HostOptions} [options]
   * @param {Partial<import("servicenow-itsm-host").ConnectorType>} [overrides]
   */
  async function optionsOf(options, overrides) {
    /** @type {ExecutorOptions[]} */
    const seen = [];
    const executor = async (/** @type {ExecutorOptions} */ given) => void seen.push(given);
    const host = await hostWithConnector({ ...overrides, executor }, options);
    const { signal } = new AbortController();
    const source = /** @type {const} */ ({ type: "HTTP_REQUEST", source: null });
    await host.execute({ ...RUN, source, signal });
    const [given] = seen;
    assert.ok(given);
    return { given, host, signal, source };
  }

  it("is the validated values and the connector's id", async () => {
    const { given } = await optionsOf();
    assert.equal(given.actionId, "c");
    assert.deepEqual(given.params, { loud: false, text: "hi" });
    assert.deepEqual(given.config, { isOAuth: false, apiUrl: "https://sn.example.com" });
    assert.deepEqual(given.secrets, { password: "hunter2" });
  });

  it("is the host's services", async () => {
    const { given, host, source } = await optionsOf();
    assert.equal(given.services.connectorTokenClient, host.connectorTokenClient);
    assert.equal(given.configurationUtilities, host.configurationUtilities);
    assert.equal(given.connectorUsageCollector.getRequestBodyByte(), 0);
    assert.equal(given.source, source);
    assert.equal("taskInfo" in given, false);
    assert.equal("request" in given, false);
  });

  it("holds a signal and a token client at the top level from 9.4 only", async () => {
    const newest = await optionsOf({ generation: "9.4" });
    assert.equal(newest.given.signal, newest.signal);
    assert.equal(newest.given.connectorTokenClient, newest.host.connectorTokenClient);
    const { given } = await optionsOf({ generation: "9.3" });
    assert.equal("signal" in given, false);
    assert.equal("connectorTokenClient" in given, false);
  });

  it("holds the global headers that a type declares, from 9.3", async () => {
    const globalAuthHeaders = { "x-key": "1" };
    const { given } = await optionsOf({ generation: "9.3" }, { globalAuthHeaders });
    assert.equal(given.globalAuthHeaders, globalAuthHeaders);
    const older = await optionsOf({ generation: "9.2" }, { globalAuthHeaders });
    assert.equal("globalAuthHeaders" in older.given, false);
  });

  it("is a logger named after the type, without the leading dot", async () => {
    const logger = createCollectingLogger();
    const executor = async (/** @type {ExecutorOptions} */ { logger: own }) => own.info("running");
    const host = await hostWithConnector({ executor }, { logger });
    await host.execute(RUN);
    const entry = logger.entries.find(({ message }) => message === "running");
    assert.deepEqual(entry?.context, ["fake"]);
  });
});

describe("the validation before each run", () => {
  it("checks params, config, secrets and the connector, in that order", async () => {
    /** @type {string[]} */
    const calls = [];
    const host = createHost();
    host.registerType(fakeType({}, calls));
    const config = { apiUrl: "https://sn.example.com" };
    await host.createConnector({ id: "c", name: "One", typeId: ".fake", config });
    calls.length = 0;
    await host.execute(RUN);
    assert.deepEqual(calls, [
      "params.parse",
      "config.parse",
      "config.customValidator",
      "secrets.parse",
      "secrets.customValidator",
      "connector",
    ]);
  });

  it("returns bad params as a result and does not call the executor", async () => {
    let called = false;
    const executor = async () => {
      called = true;
    };
    const host = await hostWithConnector({ executor });
    const expected = {
      actionId: "c",
      status: "error",
      message: "error validating action params: text is missing",
      retry: false,
      errorSource: "user",
    };
    assert.deepEqual(await host.execute({ connectorId: "c", params: {} }), expected);
    const taskInfo = { scheduled: new Date(0), attempts: 1 };
    assert.deepEqual(await host.execute({ connectorId: "c", params: {}, taskInfo }), {
      ...expected,
      retry: true,
    });
    assert.equal(called, false);
  });

  it("reports a stored connector that is no longer allowed", async () => {
    const type = fakeType();
    let allowed = true;
    type.validate.config.customValidator = () => {
      if (!allowed) throw new Error("no longer allowed");
    };
    const host = await hostWithConnector(type);
    allowed = false;
    const result = await host.execute(RUN);
    assert.equal(result.message, "error validating connector type config: no longer allowed");
  });

  it("gives the cross-field check what is stored, not what the schemas make of it", async () => {
    const type = fakeType();
    /** @type {unknown[]} */
    const seen = [];
    type.validate.secrets.schema.parse = (value) => ({ .../** @type {object} */ (value), n: 1 });
    type.validate.connector = (_config, secrets) => {
      seen.push(secrets.n);
      return null;
    };
    const host = await hostWithConnector(type);
    type.validate.secrets.schema.parse = () => ({ n: 2 });
    await host.execute(RUN);
    assert.deepEqual(seen, [undefined, 1]);
  });

  it("leaves the stored connector as it is, whatever an executor does to its config", async () => {
    const type = fakeType();
    type.validate.config = { schema: { parse: (value) => value } };
    type.executor = async ({ config }) => {
      config.apiUrl = "https://evil.example.com";
    };
    const host = await hostWithConnector(type);
    await host.execute(RUN);
    assert.equal((await host.getConnector("c")).config.apiUrl, "https://sn.example.com");
  });

  it("throws when the type has no executor", async () => {
    const host = await hostWithConnector({ executor: undefined });
    await assert.rejects(host.execute(RUN), {
      message: 'Connector type ".fake" does not have an execute function and cannot be executed.',
    });
  });
});

describe("the result of a run", () => {
  it("is what the executor returned, extra keys and an unusual status included", async () => {
    const returned = /** @type {any} */ ({ status: "odd", data: [1], extra: true });
    const logger = createCollectingLogger();
    const host = await hostWithConnector({ executor: async () => returned }, { logger });
    assert.deepEqual(await host.execute(RUN), returned);
    assert.match(logger.entries[0]?.message ?? "", /unexpected status.*odd/);
  });

  it("is ok when the executor returned nothing", async () => {
    for (const nothing of [undefined, null]) {
      const host = await hostWithConnector({ executor: async () => nothing });
      assert.deepEqual(await host.execute(RUN), { actionId: "c", status: "ok" });
    }
  });

  it("hides a thrown error behind a fixed message", async () => {
    const executor = async () => {
      throw new Error("[Action][Fake]: down");
    };
    const host = await hostWithConnector({ executor });
    assert.deepEqual(await host.execute(RUN), {
      actionId: "c",
      status: "error",
      message: "an error occurred while running the action",
      serviceMessage: "[Action][Fake]: down",
      retry: true,
      errorSource: "framework",
    });
  });

  it("is the same for an executor that throws before it returns a promise", async () => {
    const executor = () => {
      throw new Error("at once");
    };
    const host = await hostWithConnector({ executor });
    assert.equal((await host.execute(RUN)).serviceMessage, "at once");
  });

  it("blames the user for a connection cut before TLS stood, in the newest generation", async () => {
    const executor = async () => {
      throw new Error(
        "Client network socket disconnected before secure TLS connection was established",
      );
    };
    const newest = await hostWithConnector({ executor }, { generation: "9.4" });
    assert.equal((await newest.execute(RUN)).errorSource, "user");
    const older = await hostWithConnector({ executor }, { generation: "9.3" });
    assert.equal((await older.execute(RUN)).errorSource, "framework");
  });

  it("keeps the executor's errorSource from 9.3 and makes it the user's before", async () => {
    const executor = async () =>
      /** @type {const} */ ({ status: "error", message: "no", errorSource: "framework" });
    const newer = await hostWithConnector({ executor }, { generation: "9.3" });
    assert.equal((await newer.execute(RUN)).errorSource, "framework");
    const older = await hostWithConnector({ executor }, { generation: "9.2" });
    assert.equal((await older.execute(RUN)).errorSource, "user");
  });

  it("logs a returned error object and does not hand it on", async () => {
    const logger = createCollectingLogger();
    const error = new Error("the cause");
    const executor = async () => /** @type {const} */ ({ status: "error", message: "no", error });
    const host = await hostWithConnector({ executor }, { logger });
    assert.deepEqual(await host.execute(RUN), { status: "error", message: "no" });
    const logged = logger.entries.find(({ level }) => level === "error");
    assert.equal(logged?.message, "the cause");
  });

  it("is logged as a warning with the time of a retry", async () => {
    const logger = createCollectingLogger();
    const retry = new Date(0);
    const executor = async () =>
      /** @type {const} */ ({ status: "error", message: "no", serviceMessage: "busy", retry });
    const host = await hostWithConnector({ executor }, { logger });
    await host.execute(RUN);
    const warning = logger.entries.find(({ level }) => level === "warn");
    assert.equal(
      warning?.message,
      "action execution failure: .fake:c: One: no: busy; retry at 1970-01-01T00:00:00.000Z",
    );
  });

  it("is logged with the bytes that the run counted", async () => {
    const logger = createCollectingLogger();
    const executor = async (/** @type {ExecutorOptions} */ { connectorUsageCollector }) => {
      connectorUsageCollector.addRequestBodyBytes(undefined, "grün");
      connectorUsageCollector.addRequestBodyBytes(undefined, { a: 1 });
      connectorUsageCollector.addRequestBodyBytes(undefined);
      const request = { getHeader: () => "100" };
      connectorUsageCollector.addRequestBodyBytes({ request }, "ignored");
    };
    const host = await hostWithConnector({ executor }, { logger });
    await host.execute(RUN);
    const event = logger.entries.find(({ message }) => message.startsWith("execute:"));
    assert.deepEqual(event?.meta?.kibana, {
      action: { execution: { usage: { request_body_bytes: 5 + 7 + 100 } } },
    });
  });
});

describe("an action of a rule", () => {
  it("renders its params with the rule's variables and runs in the background", async () => {
    /** @type {ExecutorOptions[]} */
    const seen = [];
    const executor = async (/** @type {ExecutorOptions} */ given) => void seen.push(given);
    const host = await hostWithConnector({ executor }, { now: () => 1000 });
    const params = { text: "Hello {{name}}" };
    await host.runRuleAction({ connectorId: "c", params, variables: { name: "Ada" } });
    assert.deepEqual(seen[0]?.params, { loud: false, text: "Hello Ada" });
    assert.deepEqual(seen[0]?.taskInfo, { scheduled: new Date(1000), attempts: 1 });
    assert.deepEqual(params, { text: "Hello {{name}}" });
  });

  it("gives the renderer a logger and the connector's id", async () => {
    /** @type {unknown[]} */
    const seen = [];
    const host = await hostWithConnector({
      renderParameterTemplates(logger, params, variables, actionId) {
        seen.push(typeof logger.warn, params, variables, actionId);
        return params;
      },
    });
    await host.runRuleAction({ ...RUN, variables: { name: "Ada" } });
    assert.deepEqual(seen, ["function", { text: "hi" }, { name: "Ada" }, "c"]);
  });

  it("validates what was rendered, not the templates", async () => {
    const host = await hostWithConnector({ renderParameterTemplates: () => ({}) });
    const result = await host.runRuleAction({ ...RUN, variables: {} });
    assert.equal(result.message, "error validating action params: text is missing");
    assert.equal(result.retry, true);
  });

  it("stores what was rendered as JSON before it runs", async () => {
    const executor = async (/** @type {ExecutorOptions} */ { params }) =>
      /** @type {const} */ ({ status: "ok", data: params });
    const rendered = { text: "hi", when: new Date(0), nothing: undefined };
    const host = await hostWithConnector({ executor, renderParameterTemplates: () => rendered });
    const { data } = await host.runRuleAction({ ...RUN, variables: {} });
    assert.deepEqual(data, { loud: false, text: "hi", when: "1970-01-01T00:00:00.000Z" });
  });

  it("says that it cannot render for a type without a renderer", async () => {
    const host = await hostWithConnector({ renderParameterTemplates: undefined });
    await assert.rejects(host.runRuleAction({ ...RUN, variables: {} }), {
      message: /^Connector type "\.fake" has no renderParameterTemplates/,
    });
  });
});

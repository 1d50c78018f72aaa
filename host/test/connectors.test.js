import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";

import { createCollectingLogger, createHost } from "servicenow-itsm-host";

import { fakeType, hostWithConnector } from "./fake_type.js";

const CONFIG = { apiUrl: "https://sn.example.com" };

/** What the host says of an ordinary connector besides its own values. */
const ORDINARY = {
  isPreconfigured: false,
  isDeprecated: false,
  isMissingSecrets: false,
  isSystemAction: false,
  isConnectorTypeDeprecated: false,
};

/**
 * @param {import("servicenow-itsm-host").HostOptions} [options]
 * @param {string[]} [calls]
 */
function hostWithType(options, calls) {
  const host = createHost(options);
  host.registerType(fakeType({}, calls));
  return host;
}

describe("creating a connector", () => {
  it("stores the config as the schema returned it and never returns secrets", async () => {
    const host = await hostWithConnector();
    const expected = {
      id: "c",
      name: "One",
      typeId: ".fake",
      config: { isOAuth: false, apiUrl: "https://sn.example.com" },
      ...ORDINARY,
    };
    assert.deepEqual(await host.getConnector("c"), expected);
    assert.doesNotMatch(inspect(host, { depth: 10, showHidden: true }), /hunter2/);
  });

  it("chooses an id when none is given", async () => {
    const host = hostWithType();
    const draft = { name: "One", typeId: ".fake", config: CONFIG };
    const [first, second] = [await host.createConnector(draft), await host.createConnector(draft)];
    assert.notEqual(first.id, second.id);
  });

  it("refuses an unregistered type, whatever the config", async () => {
    await assert.rejects(createHost().createConnector({ name: "One", typeId: ".none" }), {
      statusCode: 400,
      message: 'Action type ".none" is not registered.',
    });
  });

  it("refuses an id that is taken, in the words of the generation", async () => {
    for (const { generation, message } of /** @type {const} */ ([
      { generation: "9.3", message: "Saved object [action/c] conflict" },
      {
        generation: "9.4",
        message: "A connector is already using this ID: c. Choose a different ID.",
      },
    ])) {
      const host = await hostWithConnector({}, { generation });
      await assert.rejects(
        host.createConnector({ id: "c", name: "Two", typeId: ".fake", config: CONFIG }),
        { statusCode: 409, message },
      );
    }
  });

  it("refuses a type that the settings do not enable, after everything else", async () => {
    const host = hostWithType({ settings: { enabledActionTypes: [".other"] } });
    await assert.rejects(host.createConnector({ name: "One", typeId: ".fake", config: {} }), {
      message: /apiUrl is missing/,
    });
    await assert.rejects(host.createConnector({ name: "One", typeId: ".fake", config: CONFIG }), {
      statusCode: 403,
      message:
        'action type ".fake" is not enabled in the Kibana config ' +
        "xpack.actions.enabledActionTypes",
    });
  });

  it("validates config, then secrets, then both together, custom validators included", async () => {
    for (const { generation, method } of /** @type {const} */ ([
      { generation: "9.2", method: "validate" },
      { generation: "9.3", method: "parse" },
      { generation: "9.4", method: "parse" },
    ])) {
      /** @type {string[]} */
      const calls = [];
      const host = hostWithType({ generation }, calls);
      await host.createConnector({ name: "One", typeId: ".fake", config: CONFIG });
      assert.deepEqual(calls, [
        `config.${method}`,
        "config.customValidator",
        `secrets.${method}`,
        "secrets.customValidator",
        "connector",
      ]);
    }
  });

  it("words a refusal with the prefix of the generation", async () => {
    for (const { generation, noun } of /** @type {const} */ ([
      { generation: "9.2", noun: "action type" },
      { generation: "9.3", noun: "connector type" },
      { generation: "9.4", noun: "connector type" },
    ])) {
      const host = hostWithType({ generation, settings: { allowedHosts: ["sn.example.com"] } });
      /** @type {(config: unknown, secrets: unknown, message: string) => Promise<void>} */
      const refused = (config, secrets, message) =>
        assert.rejects(host.createConnector({ name: "One", typeId: ".fake", config, secrets }), {
          name: "HostError",
          statusCode: 400,
          message,
        });
      await refused({}, {}, `error validating ${noun} config: apiUrl is missing`);
      await refused(
        { apiUrl: "https://evil.example.com" },
        {},
        `error validating ${noun} config: target url "https://evil.example.com" is not added to ` +
          "the Kibana config xpack.actions.allowedHosts",
      );
      await refused(
        CONFIG,
        { password: "wrong" },
        `error validating ${noun} secrets: password is wrong`,
      );
      await refused(
        { ...CONFIG, isOAuth: true },
        { password: "hunter2" },
        "error validating action type connector: password is of no use with OAuth",
      );
    }
  });

  it("gives the cross-field check the raw values, without the schema's defaults", async () => {
    /** @type {unknown[]} */
    const seen = [];
    const type = fakeType();
    type.validate.connector = (config, secrets) => {
      seen.push(config, secrets);
      return null;
    };
    const host = createHost();
    host.registerType(type);
    await host.createConnector({ name: "One", typeId: ".fake", config: CONFIG });
    assert.deepEqual(seen, [CONFIG, {}]);
  });

  it("validates null secrets as an empty object up to 9.2 and not at all from 9.3", async () => {
    for (const { generation, validated } of /** @type {const} */ ([
      { generation: "9.2", validated: ["secrets.validate", "secrets.customValidator"] },
      { generation: "9.3", validated: [] },
    ])) {
      /** @type {string[]} */
      const calls = [];
      const host = hostWithType({ generation }, calls);
      await assert.rejects(
        host.createConnector({ name: "One", typeId: ".fake", config: CONFIG, secrets: null }),
        { message: "error validating action type connector: secrets must be defined" },
      );
      assert.deepEqual(
        calls.filter((call) => call.startsWith("secrets")),
        validated,
      );
    }
  });

  it("hands an empty object to the validator of null secrets up to 9.2", async () => {
    /** @type {unknown[]} */
    const seen = [];
    const type = fakeType();
    type.validate.secrets = { schema: { validate: (value) => void seen.push(value) } };
    type.validate.connector = undefined;
    const host = createHost({ generation: "9.2" });
    host.registerType(type);
    await host.createConnector({ name: "One", typeId: ".fake", config: CONFIG, secrets: null });
    assert.deepEqual(seen, [{}]);
  });

  it("says which method a schema lacks for this generation", async () => {
    const type = fakeType();
    type.validate.config = { schema: { validate: (value) => value } };
    const host = createHost({ generation: "9.3" });
    host.registerType(type);
    await assert.rejects(host.createConnector({ name: "One", typeId: ".fake", config: CONFIG }), {
      message: "error validating connector type config: the schema has no parse()",
    });
  });
});

describe("changing and deleting a connector", () => {
  /** @param {Awaited<ReturnType<typeof hostWithConnector>>} host */
  async function giveToken(host) {
    await host.connectorTokenClient.create({
      connectorId: "c",
      token: "Bearer t",
      expiresAtMillis: "2030-01-01T00:00:00.000Z",
    });
  }

  /** @param {Awaited<ReturnType<typeof hostWithConnector>>} host */
  async function storedToken(host) {
    return (await host.connectorTokenClient.get({ connectorId: "c" })).connectorToken;
  }

  it("replaces name, config and secrets and drops the tokens", async () => {
    const host = await hostWithConnector({
      executor: async ({ config, secrets }) => ({ status: "ok", data: { config, secrets } }),
    });
    await giveToken(host);
    const config = { apiUrl: "https://other.example.com" };
    const updated = await host.updateConnector({ id: "c", name: "Renamed", config });
    assert.deepEqual(updated, {
      id: "c",
      name: "Renamed",
      typeId: ".fake",
      config: { isOAuth: false, ...config },
      ...ORDINARY,
    });
    assert.equal(await storedToken(host), null);
    const { data } = await host.execute({ connectorId: "c", params: { text: "hi" } });
    assert.deepEqual(data.secrets, { password: null });
  });

  it("keeps connector and tokens when the new config is refused", async () => {
    const host = await hostWithConnector();
    await giveToken(host);
    await assert.rejects(host.updateConnector({ id: "c", name: "Renamed", config: {} }), {
      message: "error validating connector type config: apiUrl is missing",
    });
    assert.equal((await host.getConnector("c")).name, "One");
    assert.notEqual(await storedToken(host), null);
  });

  it("drops the tokens of a deleted connector", async () => {
    const host = await hostWithConnector();
    await giveToken(host);
    await host.deleteConnector("c");
    assert.equal(await storedToken(host), null);
  });

  it("does not find a connector that does not exist", async () => {
    const host = await hostWithConnector();
    await host.deleteConnector("c");
    const notFound = { statusCode: 404, message: "Saved object [action/c] not found" };
    await assert.rejects(host.getConnector("c"), notFound);
    await assert.rejects(host.deleteConnector("c"), notFound);
    await assert.rejects(host.updateConnector({ id: "c", name: "One", config: CONFIG }), notFound);
    await assert.rejects(host.execute({ connectorId: "c", params: {} }), notFound);
    await assert.rejects(
      host.runRuleAction({ connectorId: "c", params: {}, variables: {} }),
      notFound,
    );
  });
});

describe("a type's hooks", () => {
  it("are called after a connector was created, changed and deleted", async () => {
    /** @type {object[]} */
    const calls = [];
    const note = (/** @type {string} */ name) => {
      return async (/** @type {any} */ { logger, ...given }) => {
        calls.push({ [name]: given });
      };
    };
    const host = createHost();
    host.registerType(fakeType({ postSaveHook: note("saved"), postDeleteHook: note("deleted") }));
    const draft = { name: "One", config: CONFIG, secrets: { password: "hunter2" } };
    await host.createConnector({ id: "c", typeId: ".fake", ...draft });
    await host.updateConnector({ id: "c", ...draft });
    await host.deleteConnector("c");
    const config = { isOAuth: false, ...CONFIG };
    const saved = { connectorId: "c", config, secrets: draft.secrets, wasSuccessful: true };
    assert.deepEqual(calls, [
      { saved: { ...saved, isUpdate: false } },
      { saved: { ...saved, isUpdate: true } },
      { deleted: { connectorId: "c", config } },
    ]);
  });

  it("undo nothing when they fail", async () => {
    const logger = createCollectingLogger();
    const host = createHost({ logger });
    const fails = async () => {
      throw new Error("the hook is broken");
    };
    host.registerType(fakeType({ postSaveHook: fails, postDeleteHook: fails }));
    await host.createConnector({ id: "c", name: "One", typeId: ".fake", config: CONFIG });
    await host.deleteConnector("c");
    await assert.rejects(host.getConnector("c"), { statusCode: 404 });
    const said = logger.entries.map(({ message }) => message);
    assert.deepEqual(said, [
      "postSaveHook of the connector type .fake has failed: the hook is broken",
      "postDeleteHook of the connector type .fake has failed: the hook is broken",
    ]);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createHost, openStore } from "servicenow-itsm-host";

import { fakeType } from "./fake_type.js";

const CONFIG = { apiUrl: "https://sn.example.com" };
const ENTRY = { name: "Production", actionTypeId: ".fake", config: CONFIG };

/** @param {Record<string, any>} preconfigured */
function hostWith(preconfigured) {
  const host = createHost({ settings: { preconfigured } });
  host.registerType(fakeType());
  return host;
}

describe("a preconfigured connector", () => {
  it("is shown without its config and without a word on its secrets", async () => {
    const host = hostWith({ prod: { ...ENTRY, secrets: { password: "hunter2" } } });
    assert.deepEqual(await host.getConnector("prod"), {
      id: "prod",
      name: "Production",
      typeId: ".fake",
      isPreconfigured: true,
      isDeprecated: false,
      isSystemAction: false,
      isConnectorTypeDeprecated: false,
    });
  });

  it("is shown with its config where the settings say so", async () => {
    const host = hostWith({ prod: { ...ENTRY, exposeConfig: true } });
    assert.deepEqual((await host.getConnector("prod")).config, CONFIG);
  });

  it("runs with what the settings give it", async () => {
    const host = createHost({
      settings: { preconfigured: { prod: { ...ENTRY, secrets: { password: "hunter2" } } } },
    });
    host.registerType(
      fakeType({
        executor: async ({ config, secrets }) => ({ status: "ok", data: { config, secrets } }),
      }),
    );
    const { data } = await host.execute({ connectorId: "prod", params: { text: "hi" } });
    assert.deepEqual(data, {
      config: { isOAuth: false, ...CONFIG },
      secrets: { password: "hunter2" },
    });
  });

  it("is validated when it runs and not before", async () => {
    const host = hostWith({ prod: { ...ENTRY, config: {} } });
    const result = await host.execute({ connectorId: "prod", params: { text: "hi" } });
    assert.equal(result.message, "error validating connector type config: apiUrl is missing");
  });

  it("can be neither created again, nor changed, nor deleted", async () => {
    const host = hostWith({ prod: ENTRY });
    const draft = { id: "prod", name: "Mine", config: CONFIG };
    await assert.rejects(host.createConnector({ ...draft, typeId: ".none" }), {
      statusCode: 400,
      message: "This prod already exists in a preconfigured action.",
    });
    await assert.rejects(host.updateConnector(draft), {
      statusCode: 400,
      message: "Preconfigured action prod can not be updated.",
    });
    await assert.rejects(host.deleteConnector("prod"), {
      statusCode: 400,
      message: "Preconfigured action prod is not allowed to delete.",
    });
  });

  it("goes before a stored one of the same id, which is back once the settings let go", async () => {
    const store = openStore();
    const before = createHost({ store });
    before.registerType(fakeType());
    const draft = { id: "prod", name: "Mine", typeId: ".fake", config: CONFIG };
    await before.createConnector(draft);
    const host = createHost({ store, settings: { preconfigured: { prod: ENTRY } } });
    assert.deepEqual(
      (await host.listConnectors()).map(({ name }) => name),
      ["Production"],
    );
    assert.equal((await host.getConnector("prod")).name, "Production");
    assert.equal((await before.getConnector("prod")).name, "Mine");
  });

  it("is refused under an id that is none", () => {
    for (const id of ["", "__proto__", "constructor"]) {
      const preconfigured = JSON.parse(`{${JSON.stringify(id)}: ${JSON.stringify(ENTRY)}}`);
      assert.throws(() => hostWith(preconfigured), {
        name: "TypeError",
        message: `invalid preconfigured action id "${id}"`,
      });
    }
  });

  it("is refused with the name of the setting that is wrong, and never its value", () => {
    for (const { entry, message } of [
      { entry: null, message: 'setting "preconfigured.prod" must be an object' },
      { entry: "hunter2", message: 'setting "preconfigured.prod" must be an object' },
      {
        entry: { ...ENTRY, name: " " },
        message: 'setting "preconfigured.prod.name" must be a text',
      },
      {
        entry: { name: "Production" },
        message: 'setting "preconfigured.prod.actionTypeId" must be the id of a connector type',
      },
      {
        entry: { ...ENTRY, config: ["hunter2"] },
        message: 'setting "preconfigured.prod.config" must be an object',
      },
      {
        entry: { ...ENTRY, secrets: "hunter2" },
        message: 'setting "preconfigured.prod.secrets" must be an object',
      },
      {
        entry: { ...ENTRY, exposeConfig: "yes" },
        message: 'setting "preconfigured.prod.exposeConfig" must be true or false',
      },
      {
        entry: { ...ENTRY, secret: "hunter2" },
        message:
          'setting "preconfigured.prod" has no "secret": use name, actionTypeId, config, secrets, ' +
          "exposeConfig",
      },
    ]) {
      assert.throws(() => hostWith({ prod: entry }), { name: "TypeError", message });
    }
    assert.throws(() => createHost({ settings: { preconfigured: /** @type {any} */ ([]) } }), {
      message: 'setting "preconfigured" must be an object of connectors by their ids',
    });
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createHost } from "servicenow-itsm-host";

import { fakeType } from "./fake_type.js";

const CONFIG = { apiUrl: "https://sn.example.com" };

describe("the list of connectors", () => {
  it("has those of the settings among the stored ones, by name, and counts no references", async () => {
    const host = createHost({
      settings: { preconfigured: { p: { name: "Beta", actionTypeId: ".fake" } } },
    });
    host.registerType(fakeType());
    for (const name of ["gamma", "Alpha"]) {
      await host.createConnector({ name, typeId: ".fake", config: CONFIG });
    }
    const list = await host.listConnectors();
    assert.deepEqual(
      list.map(({ name, isPreconfigured }) => [name, isPreconfigured]),
      [
        ["Alpha", false],
        ["Beta", true],
        ["gamma", false],
      ],
    );
    assert.ok(list.every(({ referencedByCount }) => referencedByCount === 0));
    assert.equal("config" in (list[1] ?? {}), false);
    assert.doesNotMatch(JSON.stringify(list), /secrets":/);
  });

  it("marks the connectors that use the Table API", async () => {
    const host = createHost();
    for (const { id, usesTableApi, isDeprecated } of [
      { id: ".servicenow", usesTableApi: true, isDeprecated: true },
      { id: ".servicenow", usesTableApi: undefined, isDeprecated: true },
      { id: ".servicenow", usesTableApi: false, isDeprecated: false },
      { id: ".servicenow-sir", usesTableApi: undefined, isDeprecated: true },
      { id: "acmeServiceNow.itsm", usesTableApi: true, isDeprecated: true },
      { id: "acmeServiceNow.itsm", usesTableApi: false, isDeprecated: false },
      { id: "acme.mail", usesTableApi: undefined, isDeprecated: false },
    ]) {
      if (!host.listConnectorTypes().some((type) => type.id === id)) {
        host.registerType(fakeType({ id }));
      }
      const config = { ...CONFIG, usesTableApi };
      const connector = await host.createConnector({ name: "One", typeId: id, config });
      assert.equal(connector.isDeprecated, isDeprecated, `${id} with ${usesTableApi}`);
    }
  });

  it("marks the connectors of a type that is deprecated", async () => {
    const host = createHost();
    host.registerType(fakeType({ isDeprecated: true }));
    await host.createConnector({ name: "One", typeId: ".fake", config: CONFIG });
    const [connector] = await host.listConnectors();
    assert.equal(connector?.isConnectorTypeDeprecated, true);
  });
});

describe("the list of connector types", () => {
  it("says of each what it needs and whether the settings enable it", () => {
    const host = createHost({ settings: { enabledActionTypes: [".fake"] } });
    host.registerType(fakeType());
    host.registerType(fakeType({ id: ".other", isDeprecated: true, source: "yml" }));
    const common = {
      name: "Fake",
      enabledInLicense: true,
      minimumLicenseRequired: "gold",
      supportedFeatureIds: ["alerting", "cases"],
      isSystemActionType: false,
    };
    assert.deepEqual(host.listConnectorTypes(), [
      {
        ...common,
        id: ".fake",
        enabled: true,
        enabledInConfig: true,
        isDeprecated: false,
        source: "stack",
      },
      {
        ...common,
        id: ".other",
        enabled: false,
        enabledInConfig: false,
        isDeprecated: true,
        source: "yml",
      },
    ]);
  });

  it("says where a type comes from only from 9.3", () => {
    for (const { generation, known } of /** @type {const} */ ([
      { generation: "9.2", known: false },
      { generation: "9.3", known: true },
    ])) {
      const host = createHost({ generation });
      host.registerType(fakeType());
      assert.equal("source" in (host.listConnectorTypes()[0] ?? {}), known);
    }
  });

  it("holds only the types of a feature when one is named", () => {
    const host = createHost();
    host.registerType(fakeType());
    assert.equal(host.listConnectorTypes("cases").length, 1);
    assert.deepEqual(host.listConnectorTypes("uptime"), []);
  });
});

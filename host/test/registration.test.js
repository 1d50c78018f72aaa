import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createHost } from "servicenow-itsm-host";

import { fakeType } from "./fake_type.js";

/**
 * @param {Record<string, unknown>} overrides
 * @param {import("servicenow-itsm-host").HostOptions} [options]
 */
function register(overrides, options) {
  createHost(options).registerType(fakeType(/** @type {any} */ (overrides)));
}

describe("registering a connector type", () => {
  it("refuses a license that does not exist", () => {
    assert.throws(() => register({ minimumLicenseRequired: "diamond" }), {
      message: '"diamond" is not a valid license type',
    });
  });

  it("refuses a license below gold and accepts every one from gold on", () => {
    for (const license of ["basic", "standard"]) {
      assert.throws(() => register({ minimumLicenseRequired: license }), {
        message:
          'Third party action type ".fake" can only set minimumLicenseRequired to a gold license ' +
          "or higher",
      });
    }
    for (const license of ["gold", "platinum", "enterprise", "trial"]) {
      register({ minimumLicenseRequired: license });
    }
  });

  it("refuses an id that is taken", () => {
    const host = createHost();
    host.registerType(fakeType());
    assert.throws(() => host.registerType(fakeType({ supportedFeatureIds: [] })), {
      message: 'Action type ".fake" is already registered.',
    });
  });

  it("refuses a type without feature ids", () => {
    assert.throws(() => register({ supportedFeatureIds: [] }), {
      message:
        'At least one "supportedFeatureId" value must be supplied for connector type ".fake".',
    });
  });

  it("names all feature ids when one of them is unknown", () => {
    assert.throws(() => register({ supportedFeatureIds: ["alerting", "nope"] }), {
      message: 'Invalid feature ids "alerting,nope" for connector type ".fake".',
    });
  });

  it("refuses a feature id of more than 100 characters in the newest generation", () => {
    assert.throws(() => register({ supportedFeatureIds: ["a".repeat(101)] }), {
      message: 'Feature IDs for connector type ".fake" must not exceed 100 characters.',
    });
  });

  it("knows a feature id only from the generation that brought it", () => {
    register({ supportedFeatureIds: ["workflows"] }, { generation: "9.3" });
    register({ supportedFeatureIds: ["agentBuilder"] }, { generation: "9.4" });
    assert.throws(
      () => register({ supportedFeatureIds: ["workflows"] }, { generation: "9.2" }),
      /Invalid feature ids "workflows"/,
    );
    assert.throws(
      () => register({ supportedFeatureIds: ["agentBuilder"] }, { generation: "9.3" }),
      /Invalid feature ids "agentBuilder"/,
    );
  });

  it("refuses privileges of an ordinary type", () => {
    assert.throws(() => register({ getKibanaPrivileges: () => [] }), {
      message:
        "Kibana privilege authorization is only supported for system actions and action types " +
        "that are registered under a sub-feature",
    });
  });

  it("reports the license before anything else", () => {
    assert.throws(
      () => register({ minimumLicenseRequired: "basic", supportedFeatureIds: [] }),
      /gold license/,
    );
  });

  it("keeps a copy, so that a later change of the object has no effect", async () => {
    const host = createHost();
    const type = fakeType();
    host.registerType(type);
    type.executor = async () => ({ status: "error", message: "changed" });
    await host.createConnector({
      id: "c",
      name: "One",
      typeId: ".fake",
      config: { apiUrl: "https://sn.example.com" },
    });
    const result = await host.execute({ connectorId: "c", params: { text: "hi" } });
    assert.equal(result.status, "ok");
  });
});

describe("creating a host", () => {
  it("refuses a generation that it does not know and names those it does", () => {
    assert.throws(() => createHost({ generation: /** @type {any} */ ("7.17") }), {
      name: "TypeError",
      message: 'generation "7.17" is not known: use one of 9.2, 9.3, 9.4',
    });
  });
});

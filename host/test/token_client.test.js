import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createHost, openStore } from "servicenow-itsm-host";

const LATER = "2030-01-01T00:00:00.000Z";

/** @param {import("servicenow-itsm-host").HostOptions} [options] */
function createClient(options) {
  let time = 0;
  const now = () => time;
  const client = createHost({ now, ...options }).connectorTokenClient;
  return { client, tick: () => (time += 1000) };
}

describe("the token client", () => {
  it("finds nothing, without an error, where nothing is stored", async () => {
    const { client } = createClient();
    assert.deepEqual(await client.get({ connectorId: "c" }), {
      hasErrors: false,
      connectorToken: null,
    });
  });

  it("returns a stored token, and the write itself does not show it", async () => {
    const { client } = createClient({ generation: "9.3" });
    const attributes = {
      connectorId: "c",
      tokenType: "access_token",
      expiresAt: LATER,
      createdAt: "1970-01-01T00:00:00.000Z",
      updatedAt: "1970-01-01T00:00:00.000Z",
    };
    const token = { connectorId: "c", token: "Bearer t", expiresAtMillis: LATER };
    assert.deepEqual(await client.create(token), attributes);
    const { hasErrors, connectorToken } = await client.get({ connectorId: "c" });
    const { id, ...found } = connectorToken ?? { id: "" };
    assert.equal(hasErrors, false);
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(found, { ...attributes, token: "Bearer t" });
  });

  it("prefixes ids from 9.4", async () => {
    const { client } = createClient({ generation: "9.4" });
    await client.create({ connectorId: "c", token: "t", expiresAtMillis: LATER });
    assert.match((await client.get({ connectorId: "c" })).connectorToken?.id ?? "", /^shared:/);
  });

  it("returns the token that was updated last, of the type asked for", async () => {
    const { client, tick } = createClient();
    await client.create({ connectorId: "c", token: "first", expiresAtMillis: LATER });
    const first = (await client.get({ connectorId: "c" })).connectorToken;
    tick();
    const other = { connectorId: "c", token: "other", expiresAtMillis: LATER, tokenType: "other" };
    await client.create(other);
    assert.equal((await client.get({ connectorId: "c" })).connectorToken?.token, "other");
    tick();
    const id = String(first?.id);
    await client.update({ id, token: "again", expiresAtMillis: LATER });
    const newest = (await client.get({ connectorId: "c" })).connectorToken;
    assert.equal(newest?.token, "again");
    assert.equal(newest?.createdAt, "1970-01-01T00:00:00.000Z");
    assert.equal(newest?.updatedAt, "1970-01-01T00:00:02.000Z");
    const typed = await client.get({ connectorId: "c", tokenType: "other" });
    assert.equal(typed.connectorToken?.token, "other");
  });

  it("reports an expiry that is not a date as an error", async () => {
    const { client } = createClient();
    await client.create({ connectorId: "c", token: "t", expiresAtMillis: "soon" });
    assert.deepEqual(await client.get({ connectorId: "c" }), {
      hasErrors: true,
      connectorToken: null,
    });
  });

  it("refuses to update what does not exist", async () => {
    const { client } = createClient();
    await assert.rejects(client.update({ id: "x", token: "t", expiresAtMillis: LATER }), {
      statusCode: 404,
    });
  });

  it("creates or updates with an expiry counted from the token request", async () => {
    const { client } = createClient();
    const created = { connectorId: "c", token: null, newToken: "first", deleteExisting: false };
    await client.updateOrReplace({ ...created, expiresInSec: 60, tokenRequestDate: 5000 });
    const token = (await client.get({ connectorId: "c" })).connectorToken;
    assert.equal(token?.expiresAt, "1970-01-01T00:01:05.000Z");

    await client.updateOrReplace({ ...created, token, newToken: "second" });
    const updated = (await client.get({ connectorId: "c" })).connectorToken;
    assert.equal(updated?.id, token?.id);
    assert.equal(updated?.token, "second");
    assert.equal(updated?.expiresAt, "1970-01-01T01:00:00.000Z", "an hour from now by default");
  });

  it("replaces the stored access tokens only when asked to", async () => {
    const { client, tick } = createClient();
    const change = { connectorId: "c", token: null, newToken: "new", deleteExisting: true };
    await client.create({ connectorId: "c", token: "old", expiresAtMillis: LATER });
    tick();
    await client.updateOrReplace(change);
    tick();
    await client.updateOrReplace({ ...change, newToken: "newer", deleteExisting: false });
    const newest = (await client.get({ connectorId: "c" })).connectorToken;
    assert.equal(newest?.token, "newer");
    await client.update({
      id: String(newest?.id),
      token: "moved",
      expiresAtMillis: LATER,
      tokenType: "other",
    });
    const left = await client.get({ connectorId: "c", tokenType: "access_token" });
    assert.equal(left.connectorToken?.token, "new", "the old one is gone, this one was kept");
  });

  it("keeps the stored access token where the new one could not be stored", async () => {
    const store = openStore();
    const { client } = createClient({ store });
    await client.create({ connectorId: "c", token: "old", expiresAtMillis: LATER });
    const { put } = store.tokens;
    store.tokens.put = () => {
      throw new Error("disk full");
    };
    const change = { connectorId: "c", token: null, newToken: "new", deleteExisting: true };
    await assert.rejects(client.updateOrReplace(change), { message: "disk full" });
    store.tokens.put = put;
    assert.equal((await client.get({ connectorId: "c" })).connectorToken?.token, "old");
  });

  it("deletes the tokens of one connector, or of one type of it, and no others", async () => {
    const { client } = createClient();
    for (const connectorId of ["c", "d"]) {
      for (const tokenType of ["access_token", "other"]) {
        await client.create({ connectorId, token: "t", expiresAtMillis: LATER, tokenType });
      }
    }
    await client.deleteConnectorTokens({ connectorId: "c", tokenType: "other" });
    const left = (await client.get({ connectorId: "c" })).connectorToken;
    assert.equal(left?.tokenType, "access_token");
    await client.deleteConnectorTokens({ connectorId: "c" });
    await client.deleteConnectorTokens({ connectorId: "c" });
    assert.equal((await client.get({ connectorId: "c" })).connectorToken, null);
    assert.notEqual((await client.get({ connectorId: "d" })).connectorToken, null);
  });
});

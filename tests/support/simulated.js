/** A simulated instance, and connectors for it. */
import { startSimulator } from "servicenow-simulator";
import { keyFile, PASSPHRASE } from "./keys.js";

/**
 * @param {import("node:test").TestContext} test ends the simulator with it
 * @param {Parameters<typeof startSimulator>[0]} [options]
 */
export async function simulate(test, options) {
  const simulator = await startSimulator({
    users: [{ userName: "svc-elastic", password: "s3cret", email: "svc@example.com" }],
    oauthClients: [
      {
        clientId: "client-1",
        clientSecret: "client-s3cret",
        userField: "email",
        verifierMaps: [{ keyId: "key-1", certificate: keyFile("certificate") }],
        requireJti: true,
      },
    ],
    ...options,
  });
  test.after(() => simulator.close());
  return simulator;
}

/**
 * A host's config and secrets of a connector that signs in with a password.
 *
 * @param {string} apiUrl
 */
export const basic = (apiUrl) => ({
  config: { apiUrl, usesTableApi: false },
  secrets: { username: "svc-elastic", password: "s3cret" },
});

/**
 * A host's config and secrets of a connector that signs in with an encrypted key.
 *
 * @param {string} apiUrl
 */
export const oauth = (apiUrl) => ({
  config: {
    apiUrl,
    usesTableApi: false,
    isOAuth: true,
    clientId: "client-1",
    jwtKeyId: "key-1",
    userIdentifierValue: "svc@example.com",
  },
  secrets: {
    clientSecret: "client-s3cret",
    privateKey: keyFile("encrypted-default"),
    privateKeyPassword: PASSPHRASE,
  },
});

/** How many token requests the instance has answered. */
export const tokenRequests = (/** @type {{ requests(): { target: string }[] }} */ simulator) =>
  simulator.requests().filter(({ target }) => target === "/oauth_token.do").length;

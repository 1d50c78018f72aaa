// What the tests of connectors put on the stage: connectors, and an instance that knows a key.

import { generateKeyPairSync } from "node:crypto";

import { makeCertificate } from "servicenow-itsm-connector";

import { INTEGRATION_USER, openStage } from "./stage.js";

/** @import { Stage } from "./stage.js" */

export const BASIC_SECRETS = {
  username: INTEGRATION_USER.userName,
  password: INTEGRATION_USER.password,
};

export const PASSPHRASE = "a passphrase";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: {
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: PASSPHRASE,
  },
});

/** Encrypted with the passphrase. */
export const PRIVATE_KEY = privateKey;

export const OAUTH_CONFIG = {
  clientId: "the client",
  userIdentifierValue: INTEGRATION_USER.email,
  jwtKeyId: "the verifier map",
};

export const CLIENT_SECRET = "the client's secret";

/**
 * A stage whose instance knows the key.
 * @param {import("node:test").TestContext} t
 */
export function openStageWithOAuth(t) {
  const certificate = makeCertificate({
    privateKey,
    privateKeyPassword: PASSPHRASE,
    commonName: "connector",
    days: 30,
  });
  const client = {
    clientId: OAUTH_CONFIG.clientId,
    clientSecret: CLIENT_SECRET,
    userField: "email",
    verifierMaps: [{ keyId: OAUTH_CONFIG.jwtKeyId, certificate }],
  };
  return openStage(t, { instance: { oauthClients: [client] } });
}

/** @param {Stage} stage */
export async function connectorTypeId({ api }) {
  return (await api("GET", "/internal/console/context")).connectorTypeId;
}

/**
 * @param {Stage} stage
 * @param {string} name
 * @param {{ config?: object, secrets?: object }} [options] a connector with a user and a password
 *   when left out
 * @returns {Promise<import("../../console/src/api/types.js").Connector>}
 */
export async function addConnector(stage, name, { config = {}, secrets = BASIC_SECRETS } = {}) {
  return stage.api("POST", "/api/actions/connector", {
    name,
    connector_type_id: await connectorTypeId(stage),
    config: { apiUrl: stage.simulator.url, usesTableApi: false, ...config },
    secrets,
  });
}

/**
 * The one connector of that name, as the host has it.
 *
 * @param {Stage} stage
 * @param {string} name
 * @returns {Promise<import("../../console/src/api/types.js").Connector | undefined>}
 */
export async function findConnector(stage, name) {
  const connectors = await stage.api("GET", "/api/actions/connectors");
  return connectors.find((/** @type {{ name: string }} */ connector) => connector.name === name);
}

/** @param {string} name of a field of the form */
export const field = (name) => `connector-servicenow-${name}-form-input`;

/**
 * @param {Stage} stage
 * @param {Record<string, string>} values by test id
 */
export async function fill({ find }, values) {
  for (const [subject, value] of Object.entries(values)) await find(subject).fill(value);
}

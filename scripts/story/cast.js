// Who is in the story: the users and the OAuth client that the instance knows, and the connectors
// that sign in as them.

import { randomBytes } from "node:crypto";
import { makeSigningKey } from "./key.js";

/** @typedef {import("servicenow-itsm-host").Host} Host */

/** @typedef {{ userName: string, password: string, email: string, sysId: string }} User */

/**
 * @typedef {object} StoryConnector
 * @property {string} id
 * @property {string} name
 * @property {User} user whom the instance must take the connector for
 * @property {object} config all but the instance's URL
 * @property {object} secrets
 * @property {number} tokenRequests how many access tokens the story takes
 */

/** @typedef {Awaited<ReturnType<typeof makeCast>>} Cast */

export async function makeCast() {
  const elastic = user("elastic", "changeme");
  const kibana = user("kibana", random());
  const passphrase = random();
  const { privateKey, certificate } = await makeSigningKey(passphrase);
  const keyId = random();
  const client = {
    clientId: random(),
    clientSecret: random(),
    userField: "email",
    verifierMaps: [{ keyId, certificate }],
  };
  /** @type {StoryConnector[]} */
  const connectors = [
    {
      id: "basic",
      name: `Basic authentication, as user ${elastic.userName}`,
      user: elastic,
      config: { usesTableApi: false },
      secrets: { username: elastic.userName, password: elastic.password },
      tokenRequests: 0,
    },
    {
      id: "oauth",
      name: `OAuth with an RSA-3072 key under a passphrase, as user ${kibana.userName}`,
      user: kibana,
      config: {
        usesTableApi: false,
        isOAuth: true,
        clientId: client.clientId,
        jwtKeyId: keyId,
        userIdentifierValue: kibana.email,
      },
      secrets: {
        clientSecret: client.clientSecret,
        privateKey,
        privateKeyPassword: passphrase,
      },
      tokenRequests: 1,
    },
  ];
  /** @type {Omit<StoryConnector, "tokenRequests">[]} */
  const bystanders = [
    {
      id: "deprecated",
      name: `From before the Elastic application, as user ${elastic.userName}`,
      user: elastic,
      config: { usesTableApi: true },
      secrets: { username: elastic.userName, password: elastic.password },
    },
  ];
  return {
    /** What to start the simulator with. */
    instance: { users: [elastic, kibana], oauthClients: [client] },
    /** Who a person who looks around may sign in as. */
    visitor: elastic,
    connectors,
    /** Connectors of other kinds, for a person to try. */
    bystanders,
  };
}

/**
 * Creates the cast's connectors in a host.
 *
 * @param {Cast} cast
 * @param {{ host: Host, typeId: string, apiUrl: string }} where
 */
export async function createConnectors({ connectors, bystanders }, { host, typeId, apiUrl }) {
  for (const { id, name, config, secrets } of [...connectors, ...bystanders]) {
    await host.createConnector({ id, typeId, name, config: { ...config, apiUrl }, secrets });
  }
}

/**
 * @param {string} userName
 * @param {string} password
 * @returns {User}
 */
function user(userName, password) {
  return { userName, password, email: `${userName}@example.com`, sysId: random() };
}

/** 32 hexadecimal digits. */
function random() {
  return randomBytes(16).toString("hex");
}

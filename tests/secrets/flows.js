// Everything a connector can be asked to do, with secrets that are canaries.

import { createConfigurationUtilities } from "../support/host.js";

/** @import { Opened } from "./module.js" */
/** @import { Planted } from "./planted.js" */
/** @import { Traces } from "./traces.js" */

/**
 * @typedef {object} Stage
 * @property {Opened} package
 * @property {Planted} planted
 * @property {Traces} traces
 * @property {(place: string) => void} dropped called where all connectors are dropped
 */

/** @typedef {Stage & { settings?: object, fetch?: any }} StageOfConnector */

/**
 * A connector, all that it logs being kept.
 *
 * @param {StageOfConnector} stage
 * @param {object} credentials
 */
export function connect({ package: it, planted, traces, settings, fetch }, credentials) {
  return it.createConnector({
    apiUrl: planted.simulator.url,
    ...credentials,
    ...settings,
    fetch: fetch ?? planted.fetch,
    logger: traces.logger(),
  });
}

/**
 * Every method of a connector, by every way to sign in, over both APIs.
 *
 * @param {Stage} stage
 */
export async function useConnectors(stage) {
  const { planted, traces, dropped } = stage;
  for (const [signIn, credentials] of Object.entries(planted.signIns)) {
    for (const usesTableApi of [false, true]) {
      const connector = connect({ ...stage, settings: { usesTableApi } }, credentials);
      const id = `disk:${signIn}:${usesTableApi}`;
      const incident = { short_description: "a", ...(!usesTableApi && { correlation_id: id }) };
      const comments = [{ commentId: "1", comment: "b" }];
      const { id: externalId } = await connector.pushToService({ incident, comments });
      for (const act of [
        () => connector.pushToService({ incident: { ...incident, externalId } }),
        () => connector.getIncident({ externalId }),
        () => connector.getChoices({ fields: ["urgency"] }),
        () => connector.getFields(),
        () => connector.checkHealth(),
        () => connector.closeIncident({ incident: { externalId, correlation_id: id } }),
      ]) {
        traces.add(`an action, ${signIn}`, await act());
      }
      traces.add("the connector itself", connector);
      connector.dispose();
      dropped(`actions, ${signIn}, ${usesTableApi ? "table" : "import set"}`);
    }
  }
}

/**
 * The same through a connector type, as a host uses it.
 *
 * @param {Stage} stage
 */
export async function useConnectorType(stage) {
  const { package: it, planted, traces, dropped } = stage;
  const type = it.getConnectorType({ fetch: planted.fetch });
  traces.add("the connector type itself", type);
  for (const {
    username,
    password,
    clientSecret,
    privateKey,
    privateKeyPassword,
    ...rest
  } of /** @type {any[]} */ (Object.values(planted.signIns))) {
    const isOAuth = rest.clientId !== undefined;
    const config = { apiUrl: planted.simulator.url, usesTableApi: false, isOAuth, ...rest };
    const secrets = { username, password, clientSecret, privateKey, privateKeyPassword };
    const given = {
      config: type.validate.config.schema.parse(config),
      secrets: type.validate.secrets.schema.parse(secrets),
      configurationUtilities: createConfigurationUtilities(),
      logger: traces.logger(),
    };
    traces.add("a validator", type.validate.connector(config, secrets));
    type.validate.secrets.customValidator(given.secrets);
    for (const params of [
      { subAction: "pushToService", subActionParams: { incident: { short_description: "a" } } },
      { subAction: "getFields", subActionParams: {} },
      { subAction: "handshake", subActionParams: {} },
    ]) {
      const parsed = type.validate.params.schema.parse(params);
      const services = { connectorTokenClient: tokenClient() };
      const options = { actionId: "c-1", services, ...given, params: parsed };
      traces.add("a result", await type.executor(/** @type {any} */ (options)));
    }
    traces.add("a health check", await type.checkHealth(given));
    await type.postDeleteHook({ connectorId: "c-1" });
    dropped(`the connector type, ${isOAuth ? "OAuth" : "basic"}`);
  }
}

/** A host's token client that keeps nothing. */
function tokenClient() {
  return {
    get: async () => ({ hasErrors: false, connectorToken: null }),
    updateOrReplace: async () => {},
    deleteConnectorTokens: async () => {},
  };
}

/**
 * What forms ask of a private key, in each of its forms, and in every one that is none.
 *
 * @param {Stage} stage
 */
export async function usePrivateKeys({ package: it, planted, traces, dropped }) {
  const { keys, passphrase, clientSecret } = planted;
  const plain = { "PKCS#8": keys.pkcs8, "PKCS#1": keys.pkcs1 };
  const all = { ...plain, ...keys.encrypted, ...keys.broken };
  for (const [name, privateKey] of Object.entries(all)) {
    for (const privateKeyPassword of [undefined, passphrase, clientSecret]) {
      const key = { privateKey, privateKeyPassword };
      const request = { ...key, commonName: "elastic", days: 1 };
      await traces.keep(`a description of a key, ${name}`, () => it.describePrivateKey(key));
      await traces.keep(`a certificate of a key, ${name}`, () => it.makeCertificate(request));
    }
    dropped(`keys in forms, ${name}`);
  }
}

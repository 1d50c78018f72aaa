// A host's settings with canaries wherever a secret can be, and those that people get wrong.

import { randomBytes } from "node:crypto";

/** @import { Planted } from "./planted.js" */

/** What a host has, beside its connectors. @param {Planted} planted */
export function hostSecrets({ canaries }) {
  /** Without what would be written otherwise in a URL or a header. @param {string} name */
  const plain = (name) => canaries.text(name, randomBytes(24).toString("hex"));
  return {
    proxyPassword: canaries.make("the proxy's password"),
    proxyHeader: plain("the proxy's header"),
    customHostPassword: plain("a custom host's password"),
    encryptionKey: canaries.make("the encryption key"),
    keyPassphrase: canaries.make("the passphrase of the server's key"),
    wrongPassword: canaries.make("a password that is guessed"),
    wrongKey: plain("an API key that is none"),
    stray: plain("a secret that was put in the wrong place"),
  };
}

/** @typedef {ReturnType<typeof hostSecrets>} HostSecrets */

/** The proxy's credentials: `user:password`. @param {HostSecrets} secrets */
export const proxyCredentials = ({ proxyPassword }) => `proxy-user:${proxyPassword}`;

/**
 * @param {Planted} planted
 * @param {HostSecrets} secrets
 * @param {{ folder: string, proxyHost: string, keyFile: boolean }} place
 * @returns {Record<string, unknown>}
 */
export function settingsOf(planted, secrets, { folder, proxyHost, keyFile }) {
  const { simulator, signIns, keys } = planted;
  const { username, password } = signIns.basic;
  const host = `https://custom-user:${secrets.customHostPassword}@custom.example.com`;
  return {
    "server.port": 0,
    "path.data": folder,
    "logging.root.level": "all",
    ...(!keyFile && { "xpack.encryptedSavedObjects.encryptionKey": secrets.encryptionKey }),
    "console.simulatorUrl": simulator.url,
    xpack: {
      actions: {
        proxyUrl: `http://proxy-user:${encodeURIComponent(secrets.proxyPassword)}@${proxyHost}`,
        proxyHeaders: { "X-Proxy-Key": secrets.proxyHeader },
        responseTimeout: "2s",
        customHostSettings: [
          // A key where authorities belong.
          { url: host, ssl: { certificateAuthoritiesData: keys.pkcs8 } },
          { url: `${host}/path#${secrets.customHostPassword}`, smtp: { ignoreTLS: true } },
          { url: secrets.stray },
        ],
        preconfigured: {
          sn: {
            name: "ServiceNow",
            actionTypeId: ".servicenow",
            exposeConfig: true,
            config: { apiUrl: simulator.url, usesTableApi: false },
            secrets: { username, password },
          },
          broken: {
            name: "None",
            actionTypeId: ".none",
            config: {},
            secrets: { username, password },
          },
        },
      },
    },
    webhooks: {
      json: { connector: "sn", format: "json" },
      prod: { connector: "sn", format: "alertmanager" },
      lost: { connector: "nowhere", format: "json" },
    },
  };
}

/**
 * Settings that stop a start, each with a secret in it: as a file, as an object, as variables.
 *
 * @param {Planted} planted
 * @param {HostSecrets} secrets
 * @returns {Record<string, { yaml?: string, given?: Record<string, unknown>,
 *   env?: Record<string, string> }>}
 */
export function wrongSettings({ keys, signIns, passphrase }, secrets) {
  const { stray, proxyPassword, encryptionKey, keyPassphrase } = secrets;
  const { password } = signIns.basic;
  const quoted = JSON.stringify(password);
  const actions = (/** @type {object} */ given) => ({ given: { xpack: { actions: given } } });
  const connector = { name: "a", actionTypeId: ".servicenow", config: {} };
  const preconfigured = (/** @type {object} */ given) =>
    actions({ preconfigured: { sn: { ...connector, ...given } } });
  return {
    "a file that is no YAML": { yaml: `xpack.actions.proxyUrl: "${stray}\nserver: [` },
    "a line without a name": { yaml: `server.port: 0\n${stray}` },
    "a tab in a file": { yaml: `xpack:\n\tpassword: ${quoted}` },
    "a file that is a secret": { yaml: quoted },
    "a setting twice": {
      yaml: `xpack.actions.proxyUrl: ${stray}\nxpack.actions.proxyUrl: ${stray}`,
    },
    "an anchor that is none": { yaml: `xpack.actions.proxyHeaders: *${stray}` },
    "a setting that is none": { given: { "xpack.actions.proxyPassword": proxyPassword } },
    "a short encryption key": {
      given: { "xpack.encryptedSavedObjects.encryptionKey": "0123456789abcdef" },
    },
    "a list of encryption keys": {
      given: { "xpack.encryptedSavedObjects.encryptionKey": [encryptionKey] },
    },
    "another spelling": { given: { "xpack.encryptedSavedObjects.encryptionkey": encryptionKey } },
    "a key instead of its file": {
      given: { server: { ssl: { enabled: true, key: keys.pkcs8, certificate: keys.pkcs8 } } },
    },
    "a passphrase that is none": { given: { server: { ssl: { keyPassphrase: [keyPassphrase] } } } },
    "a proxy without scheme": actions({ proxyUrl: `user:${stray}@proxy.example.com` }),
    "a proxy of another scheme": actions({ proxyUrl: `ftp://user:${stray}@proxy.example.com` }),
    "a proxy that is no URL": actions({ proxyUrl: `http://user:${proxyPassword}@` }),
    "proxy headers in a text": actions({ proxyHeaders: `Proxy-Authorization: ${stray}` }),
    "proxy headers in a list": actions({ proxyHeaders: [stray] }),
    "a list as a proxy header": actions({ proxyHeaders: { "X-Key": [stray] } }),
    "a URL where hosts belong": actions({ allowedHosts: [`https://user:${stray}@a.example.com`] }),
    "a password of a custom host": actions({
      customHostSettings: [{ url: "https://a.example.com", password: stray }],
    }),
    "a client key of a custom host": actions({
      customHostSettings: [{ url: "https://a.example.com", ssl: { key: keys.pkcs8, passphrase } }],
    }),
    "a key as the file of authorities": actions({
      customHostSettings: [
        { url: "https://a.example.com", ssl: { certificateAuthoritiesFiles: keys.pkcs8 } },
      ],
    }),
    "secrets that are a text": preconfigured({ secrets: password }),
    "secrets beside secrets": preconfigured({ password, secrets: {} }),
    "secrets for a switch": preconfigured({ secrets: { password }, exposeConfig: stray }),
    "a password for a duration": actions({ responseTimeout: stray }),
    "a password for a size": { given: { "server.maxPayload": stray } },
    "a password for a level": { given: { "logging.root.level": stray } },
    "a password for a port": { given: { "server.port": stray } },
    "a password for a switch": { given: { "server.allowRemote": stray } },
    "a password for a webhook": { given: { webhooks: stray } },
    "a webhook with a token": {
      given: { webhooks: { a: { connector: "c", format: "json", token: stray } } },
    },
    "a format that is a secret": { given: { webhooks: { a: { connector: "c", format: stray } } } },
    "a variable that is no JSON": {
      env: { XPACK_ACTIONS_PRECONFIGURED: `{"password": ${quoted}` },
    },
    "a variable that nobody knows": { env: { XPACK_ACTIONS_PROXYPASSWORD: proxyPassword } },
    "a variable in another": {
      given: { "server.host": `$${"{SECRET_HOST}"}` },
      env: { SECRET_HOST: `${stray}/` },
    },
  };
}

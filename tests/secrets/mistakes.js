// Secrets where they do not belong, and those of others: what people enter by mistake.

import { createConfigurationUtilities } from "../support/host.js";
import { connect } from "./flows.js";

/** @import { SchemaLibrary } from "../../js/types.js" */
/** @import { Stage } from "./flows.js" */
/** @import { Planted } from "./planted.js" */

/**
 * A connector's config and secrets in one, as people enter them by mistake: every text that can be
 * taken for another, and every type that a secret can have.
 *
 * @param {Planted} planted
 */
export function mistakesOf({ canaries, keys, password, clientSecret, passphrase, ...planted }) {
  const { signIns, simulator } = planted;
  const oauth = signIns["encrypted key"];
  const token = canaries.make("a token in the URL");
  const number = Number(canaries.text("a passphrase that is a number", "918273645546371"));
  const { host } = new URL(simulator.url);
  const quoted = encodeURIComponent(password);
  /** @type {Record<string, any>} */
  const mistakes = {
    "a password in the URL": { ...signIns.basic, apiUrl: `http://elastic:${quoted}@${host}` },
    "a raw password in the URL": { ...signIns.basic, apiUrl: `http://elastic:${password}@${host}` },
    "a token in the URL's query": {
      ...signIns.basic,
      apiUrl: `${simulator.url}/?sysparm_token=${encodeURIComponent(token)}`,
    },
    "a token in the URL's fragment": { ...signIns.basic, apiUrl: `${simulator.url}/#${token}` },
    "a token for a URL": { ...signIns.basic, apiUrl: token },
    "a key for a URL": { ...signIns.basic, apiUrl: keys.pkcs8 },
    "a key as the client secret": { ...oauth, clientSecret: keys.pkcs8 },
    "the client secret as the key": { ...oauth, privateKey: clientSecret },
    "the passphrase as the key": { ...oauth, privateKey: passphrase },
    "the key as the passphrase": { ...oauth, privateKeyPassword: keys.pkcs8 },
    "another passphrase": { ...oauth, privateKeyPassword: clientSecret },
    "no passphrase": { ...oauth, privateKeyPassword: undefined },
    "another client secret": { ...oauth, clientSecret: token },
    "another password": { username: "elastic", password: clientSecret },
    "a passphrase that is a number": { ...oauth, privateKeyPassword: number },
    "a list of passwords": { username: "elastic", password: [password] },
    "an object as the key": { ...oauth, privateKey: { pem: keys.pkcs8 } },
    "the key's bytes": { ...oauth, privateKey: Buffer.from(keys.pkcs8) },
    "a date": { ...oauth, clientSecret: new Date(0), privateKey: keys.pkcs8 },
    "both ways to sign in": { ...oauth, ...signIns.basic },
    "the user's name missing": { password },
    "the client missing": { ...oauth, clientId: undefined },
    "a line break in the password": { username: "elastic", password: `${password}\n` },
  };
  for (const [name, privateKey] of Object.entries(keys.broken)) {
    mistakes[`a key ${name}`] = { ...oauth, privateKey };
  }
  return mistakes;
}

/**
 * What a host has of a connector.
 *
 * @param {Planted} planted
 * @param {any} entered config and secrets in one
 */
export function draftOf({ simulator }, entered) {
  const { username, password, clientSecret, privateKey, privateKeyPassword, ...rest } = entered;
  return {
    config: { apiUrl: simulator.url, usesTableApi: false, isOAuth: "clientId" in entered, ...rest },
    secrets: { username, password, clientSecret, privateKey, privateKeyPassword },
  };
}

/**
 * Makes all of them, and asks a connector, and hosts of every kind.
 *
 * @param {Stage} stage
 */
export async function makeMistakes(stage) {
  const { planted, traces, dropped } = stage;
  const { simulator } = planted;
  const mistakes = Object.entries(mistakesOf(planted));
  for (const [name, { apiUrl = simulator.url, ...given }] of mistakes) {
    await traces.keep(`a connector with ${name}`, async () => {
      const connector = connect(stage, { apiUrl, ...given });
      try {
        await traces.keep(`the health of one with ${name}`, () => connector.checkHealth());
        return await connector.getFields();
      } finally {
        connector.dispose();
      }
    });
    await askHost(stage, name, apiUrl, given);
    dropped(name);
  }
}

/**
 * The same by way of a host of every kind.
 *
 * @param {Stage} stage
 * @param {string} name
 * @param {unknown} apiUrl
 * @param {any} given
 */
async function askHost({ package: it, planted, traces }, name, apiUrl, given) {
  const { config, secrets } = draftOf(planted, { ...given, apiUrl });
  const { password, privateKey } = secrets;
  const utilities = { configurationUtilities: createConfigurationUtilities() };
  const ensureUriAllowed = (/** @type {string} */ url) => {
    // What is a secret and nothing else is shown as every other URL.
    throw new Error(`target url ${/^https?:/.test(url) ? url : ""} is not allowed`);
  };
  const strict = {
    configurationUtilities: { ...utilities.configurationUtilities, ensureUriAllowed },
  };
  const libraries = /** @type {SchemaLibrary[]} */ (["config-schema", "zod3", "zod4"]);
  for (const schemaLibrary of libraries) {
    const { validate, ...type } = it.getConnectorType({ schemaLibrary, fetch: planted.fetch });
    const place = `a host of ${schemaLibrary}, ${name}`;
    for (const check of [
      () => void validate.config.schema.parse(config),
      () => void validate.secrets.schema.parse(secrets),
      () => void validate.secrets.schema.parse({ ...secrets, more: privateKey ?? password }),
      () => void validate.secrets.schema.parse([password, privateKey]),
      () => void validate.config.schema.parse({ ...config, ...secrets }),
      () => void validate.params.schema.parse({ subAction: "getFields", subActionParams: secrets }),
      () => void validate.params.schema.parse({ subAction: password, subActionParams: {} }),
      () => void validate.config.customValidator(config, strict),
      () => validate.connector(config, secrets),
      () => validate.secrets.customValidator(secrets),
      () => type.checkHealth({ config, secrets, ...utilities, logger: traces.logger() }),
    ]) {
      await traces.keep(place, check);
    }
  }
}

// The form's fields: their labels, their rules, and how they become a connector (servicenow-itsm.md
// 7.1).

/** @import { Connector, ConnectorToSave } from "../../api/types.js" */

/**
 * @typedef {object} Values
 * @property {string} name
 * @property {string} apiUrl
 * @property {boolean} isOAuth
 * @property {string} username
 * @property {string} password
 * @property {string} clientId
 * @property {string} userIdentifierValue
 * @property {string} jwtKeyId
 * @property {string} clientSecret
 * @property {string} privateKey
 * @property {string} privateKeyPassword
 */

/** @typedef {Exclude<keyof Values, "isOAuth">} FieldName */

/** @typedef {Partial<Record<FieldName, string>>} Errors */

/**
 * @typedef {object} Field
 * @property {string} label
 * @property {string} testId
 * @property {string} [invalid] what to say of a value that the rule does not let pass
 * @property {(value: string) => boolean} [isValid] the rule, instead of "not blank"
 * @property {string} [help]
 */

// A scheme may be left out, and localhost needs no dot. The instance is asked before anything is
// saved: this rule only catches what is no URL at all.
const URL_RULE = /^(?:\w+:)?\/\/(?:localhost\S*|[^\s.]+\.\S+)$/;

/** @param {string} value */
const isFilled = (value) => value.trim() !== "";

/** @type {Record<FieldName, Field>} */
export const FIELDS = {
  name: { label: "Connector name", testId: "nameInput", invalid: "Name is required." },
  apiUrl: {
    label: "ServiceNow instance URL",
    testId: "credentialsApiUrlFromInput",
    invalid: "URL is invalid.",
    isValid: (value) => URL_RULE.test(value.trim()),
  },
  username: ofServiceNow("Username", "username"),
  password: ofServiceNow("Password", "password"),
  clientId: ofServiceNow("Client ID", "client-id"),
  userIdentifierValue: ofServiceNow("User identifier", "user-identifier"),
  jwtKeyId: ofServiceNow("JWT verifier key ID", "jwt-key-id"),
  clientSecret: ofServiceNow("Client secret", "client-secret"),
  privateKey: ofServiceNow("Private key", "private-key"),
  privateKeyPassword: {
    ...ofServiceNow("Private key password", "private-key-password"),
    isValid: () => true,
    help: "Needed only if the private key has a password.",
  },
};

/** @satisfies {FieldName[]} */
const BASIC_SECRETS = /** @type {const} */ (["username", "password"]);
/** @satisfies {FieldName[]} */
const OAUTH_CONFIG = /** @type {const} */ (["clientId", "userIdentifierValue", "jwtKeyId"]);
/** @satisfies {FieldName[]} */
const OAUTH_SECRETS = /** @type {const} */ (["clientSecret", "privateKey", "privateKeyPassword"]);

/** @returns {Values} */
export function emptyValues() {
  return {
    name: "",
    apiUrl: "",
    isOAuth: false,
    ...{ username: "", password: "" },
    ...{ clientId: "", userIdentifierValue: "", jwtKeyId: "" },
    ...{ clientSecret: "", privateKey: "", privateKeyPassword: "" },
  };
}

/**
 * What the form of a saved connector begins with: its secrets stay with the host.
 *
 * @param {Connector} connector
 * @returns {Values}
 */
export function valuesOf({ name, config }) {
  return {
    ...emptyValues(),
    name,
    apiUrl: config?.apiUrl ?? "",
    isOAuth: config?.isOAuth ?? false,
    clientId: config?.clientId ?? "",
    userIdentifierValue: config?.userIdentifierValue ?? "",
    jwtKeyId: config?.jwtKeyId ?? "",
  };
}

/**
 * What is wrong with the fields that are shown.
 *
 * @param {Values} values
 * @returns {Errors}
 */
export function errorsOf(values) {
  const shown = /** @type {FieldName[]} */ ([
    "name",
    "apiUrl",
    ...(values.isOAuth ? [...OAUTH_CONFIG, ...OAUTH_SECRETS] : BASIC_SECRETS),
  ]);
  const wrong = shown.filter((name) => !(FIELDS[name].isValid ?? isFilled)(values[name]));
  return Object.fromEntries(wrong.map((name) => [name, FIELDS[name].invalid]));
}

/**
 * The connector as the host takes it.
 *
 * @param {Values} values without an error
 * @param {{ usesTableApi: boolean }} options
 * @returns {ConnectorToSave}
 */
export function connectorOf(values, { usesTableApi }) {
  const { isOAuth } = values;
  const secrets = isOAuth ? OAUTH_SECRETS : BASIC_SECRETS;
  return {
    name: values.name.trim(),
    config: {
      apiUrl: values.apiUrl.trim(),
      isOAuth,
      usesTableApi,
      ...(isOAuth ? trimmed(pick(values, OAUTH_CONFIG)) : {}),
    },
    secrets: pick(values, secrets),
  };
}

/**
 * The labels of the values that are kept secret and have to be entered each time.
 * @param {boolean} isOAuth
 */
export function secretLabels(isOAuth) {
  return (isOAuth ? OAUTH_SECRETS : BASIC_SECRETS).map((name) => FIELDS[name].label);
}

/**
 * @param {Values} values
 * @param {readonly FieldName[]} names
 */
function pick(values, names) {
  const entered = names.filter((name) => values[name] !== "");
  return Object.fromEntries(entered.map((name) => [name, values[name]]));
}

/** @param {Record<string, string>} texts none of which can begin or end with a blank */
function trimmed(texts) {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()]));
}

/**
 * @param {string} label
 * @param {string} name
 * @returns {Field}
 */
function ofServiceNow(label, name) {
  return {
    label,
    testId: `connector-servicenow-${name}-form-input`,
    invalid: `${label} is required.`,
  };
}

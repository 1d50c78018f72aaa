// What stands in the preview for what the page does not have: a connector's secrets never reach it.

/** @typedef {import("../api/types.js").Connector} Connector */
/** @typedef {import("servicenow-itsm-connector").ConnectorSettings} ConnectorSettings */

/** Long enough, and odd enough, that nothing else in a request is taken for it. */
const SECRET = "placeholder-of-the-connectors-secret";
/** Who the incident's caller is: the user name is a secret of the connector too. */
const USERNAME = "(the connector's user name)";
/** Where a preconfigured connector keeps its settings to itself. */
const UNKNOWN_INSTANCE = "https://the-connectors-instance.invalid";

/**
 * @param {Connector} connector
 * @returns {Promise<ConnectorSettings>} settings of a connector that builds the same requests
 */
export async function settingsLike({ config, is_deprecated: isDeprecated }) {
  const settings = {
    apiUrl: config?.apiUrl ?? UNKNOWN_INSTANCE,
    usesTableApi: config?.usesTableApi ?? isDeprecated,
  };
  if (!config?.isOAuth) return { ...settings, username: USERNAME, password: SECRET };
  return {
    ...settings,
    clientId: config.clientId ?? "",
    userIdentifierValue: config.userIdentifierValue ?? "",
    jwtKeyId: config.jwtKeyId ?? "",
    // The connector keeps a token as long as its credentials are the same. Each preview shows how
    // one is got.
    clientSecret: `${SECRET}-${++previews}`,
    privateKey: await throwAwayKey(),
  };
}

/** @type {Promise<string> | undefined} */
let key;
let previews = 0;

/** @returns {Promise<string>} a key of nobody, made in this page: assertions are signed with it */
function throwAwayKey() {
  key ??= makeKey();
  return key;
}

async function makeKey() {
  if (!globalThis.crypto.subtle) {
    throw new Error(
      "A browser signs for a page only over https or from this machine. Open the console so, to see " +
        "what a connector with OAuth sends.",
    );
  }
  const { privateKey } = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ["sign"],
  );
  const der = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
  const base64 = btoa(String.fromCharCode(...der));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
}

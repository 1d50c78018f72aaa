/** What the package's own functions take and give. */

/**
 * @import {
 *   Application, Choice, CloseIncidentParams, FetchLike, Field, GetChoicesParams, GetIncidentParams,
 *   Logger, NoApplication, NoIncident, PushedIncident, PushToServiceParams, SchemaLibrary,
 * } from "./types.js"
 */

/**
 * Where the instance is, how to sign in, and limits.
 *
 * @typedef {object} ConnectorSettings
 * @property {string} apiUrl the full URL of the instance
 * @property {string | undefined} [username] basic authentication
 * @property {string | undefined} [password] basic authentication
 * @property {string | undefined} [clientId] OAuth
 * @property {string | undefined} [clientSecret] OAuth
 * @property {string | undefined} [jwtKeyId] OAuth: the key ID of the JWT verifier map
 * @property {string | undefined} [userIdentifierValue] OAuth: the user, by the endpoint's user
 *   field
 * @property {string | undefined} [privateKey] OAuth: the RSA private key, as PEM
 * @property {string | undefined} [privateKeyPassword] OAuth: its passphrase, if it has one
 * @property {boolean | undefined} [usesTableApi] writes to the incident table itself, without the
 *   application
 * @property {FetchLike | undefined} [fetch] instead of the global one
 * @property {number | undefined} [timeout] milliseconds, 60,000 without it
 * @property {number | undefined} [actionTimeout] milliseconds that an action may take, however many
 *   requests it makes; 240,000 without it
 * @property {number | undefined} [maxContentLength] bytes of an answer, 1,048,576 without it
 * @property {Logger | undefined} [logger]
 */

/**
 * One method a sub-action. Each rejects with a `ConnectorError`.
 *
 * @typedef {object} Connector
 * @property {(params: PushToServiceParams, options?: ActionOptions) => Promise<PushedIncident>}
 *   pushToService creates or updates an incident, and comments on it
 * @property {(params: CloseIncidentParams, options?: ActionOptions) =>
 *   Promise<PushedIncident | NoIncident>} closeIncident an empty object where there is none
 * @property {(params: GetIncidentParams, options?: ActionOptions) =>
 *   Promise<Record<string, unknown>>} getIncident an incident's own data
 * @property {(params: GetChoicesParams, options?: ActionOptions) => Promise<Choice[]>} getChoices
 *   what some fields can be
 * @property {(params?: {}, options?: ActionOptions) => Promise<Field[]>} getFields which text fields
 *   an incident has
 * @property {(options?: ActionOptions) => Promise<Application | NoApplication>} checkHealth whether
 *   the connector would work: signs in and asks the Elastic for ITSM application what it is. With
 *   `usesTableApi` there is none to ask: whether incidents can be read, and an empty object
 * @property {() => void} dispose wipes what the module keeps of it in memory for its next action, the
 *   access token and the private key. An action that is under way ends as ever, and what it has kept
 *   by then is wiped as well; one that is started later signs in for itself. Without it that is done
 *   some time after the connector is garbage
 */

/**
 * A private key that has been entered.
 *
 * @typedef {object} EnteredKey
 * @property {string} privateKey PEM
 * @property {string | null | undefined} [privateKeyPassword] its passphrase, if it has one
 */

/**
 * What may be shown of a private key.
 *
 * @typedef {object} KeyDescription
 * @property {number} bits its size
 * @property {"PKCS#1" | "PKCS#8"} format
 * @property {boolean} encrypted whether it takes a passphrase to open it
 */

/**
 * What a certificate is made of.
 *
 * @typedef {object} CertificateOptions
 * @property {string} commonName the subject's name: 1 to 64 characters
 * @property {number} days how long it is good from now on: 1 to 3650
 */

/**
 * A certificate of a private key, as it is asked for.
 *
 * @typedef {EnteredKey & CertificateOptions} CertificateRequest
 */

/**
 * Options of one action.
 *
 * @typedef {object} ActionOptions
 * @property {AbortSignal | undefined} [signal] ends the action
 */

/**
 * Options of the connector type.
 *
 * @typedef {object} ConnectorTypeOptions
 * @property {string | undefined} [id] instead of the built-in type's, for a host that has that one
 *   too
 * @property {FetchLike | undefined} [fetch] instead of the global one; the host's proxy and TLS
 *   settings are left to it then
 * @property {number | undefined} [actionTimeout] milliseconds that an action may take, however many
 *   requests it makes: 240,000 without it, any time with 0. The host's response timeout is for one
 *   request
 * @property {SchemaLibrary | undefined} [schemaLibrary] what the schemas accept, and how they word
 *   what they refuse. Without it, `validate` does as Kibana up to 9.2 (`config-schema`) and `parse`
 *   as Kibana from 9.4 on (`zod4`). Kibana 9.3 calls `parse` too and cannot be told from later ones:
 *   there it is for whoever registers the type to say `zod3`
 */

/**
 * A `WebAssembly.Module`: not every program's types know that name.
 *
 * @typedef {object} CompiledModule
 */

/**
 * The module, or where it is.
 *
 * @typedef {string | URL | ArrayBuffer | ArrayBufferView | Response | CompiledModule} GivenModule
 */

/**
 * What `init` takes.
 *
 * @typedef {GivenModule | PromiseLike<GivenModule>} ModuleSource
 */

export {};

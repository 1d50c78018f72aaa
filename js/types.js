/**
 * What a host gives and takes (kibana-host.md 1 to 6), as far as the connector type uses it. Every
 * host gives more, and none gives all of it.
 */

/**
 * @typedef {object} Logger
 * @property {(message: string) => void} debug
 * @property {(message: string) => void} info
 * @property {(message: string) => void} warn
 * @property {(message: string) => void} error
 */

/**
 * @typedef {object} SslSettings
 * @property {string} [verificationMode] `none`, `certificate`, or `full` where it is absent
 */

/**
 * @typedef {object} ProxySettings
 * @property {string} proxyUrl
 * @property {Iterable<string>} [proxyBypassHosts] host names
 * @property {Iterable<string>} [proxyOnlyHosts] host names
 * @property {Record<string, string>} [proxyHeaders]
 * @property {SslSettings} [proxySSLSettings] for a proxy that is asked over TLS
 */

/**
 * @typedef {object} CustomHostSettings
 * @property {SslSettings & {
 *     certificateAuthoritiesData?: string,
 *     rejectUnauthorized?: boolean,
 *   }} [ssl]
 */

/**
 * @typedef {object} ConfigurationUtilities
 * @property {(uri: string) => void} ensureUriAllowed throws for a URL that must not be asked
 * @property {(hostname: string) => void} ensureHostnameAllowed throws for such a host
 * @property {() => { maxContentLength: number, timeout: number }} [getResponseSettings] bytes and
 *   milliseconds
 * @property {() => SslSettings | undefined} [getSSLSettings]
 * @property {() => ProxySettings | undefined} [getProxySettings]
 * @property {(url: string) => CustomHostSettings | undefined} [getCustomHostSettings] what is set for
 *   the URL's host and port
 */

/**
 * @typedef {(utilities: ConfigurationUtilities, logger: Logger) => typeof globalThis.fetch} FetchOf
 *   The `fetch` of an action, by a host's settings.
 */

/**
 * @typedef {object} ConnectorToken
 * @property {string} token the whole value of the `Authorization` header
 * @property {string} [expiresAt] ISO 8601
 * @property {string} [createdAt] ISO 8601
 */

/**
 * @typedef {object} ConnectorTokenClient
 * @property {(options: { connectorId: string }) =>
 *   Promise<{ hasErrors: boolean, connectorToken: ConnectorToken | null }>} get
 * @property {(options: {
 *     connectorId: string,
 *     token: null,
 *     newToken: string,
 *     expiresInSec: number | null,
 *     tokenRequestDate: number,
 *     deleteExisting: boolean,
 *   }) => Promise<unknown>} updateOrReplace
 * @property {(options: { connectorId: string }) => Promise<unknown>} deleteConnectorTokens
 */

/**
 * @typedef {object} ExecutorOptions
 * @property {string} actionId the connector's ID
 * @property {Config} config
 * @property {Secrets} secrets
 * @property {Params} params
 * @property {Logger} logger
 * @property {ConfigurationUtilities} configurationUtilities
 * @property {{ connectorTokenClient?: ConnectorTokenClient }} [services]
 * @property {{ addRequestBodyBytes(response: undefined, body: string): void }}
 *   [connectorUsageCollector]
 * @property {AbortSignal} [signal]
 */

/**
 * @typedef {object} ExecutorResult
 * @property {"ok" | "error"} status
 * @property {string} actionId
 * @property {any} [data] what the sub-action answers
 * @property {string} [message]
 * @property {string} [serviceMessage] what went wrong
 * @property {boolean | Date} [retry] whether running the action again can help, or from when on
 * @property {"user" | "framework"} [errorSource]
 * @property {string} [errorName] the error's stable code
 * @property {{ remedy: string, httpStatus?: number, endpoint?: string }} [errorMeta]
 */

/**
 * @typedef {"config-schema" | "zod3" | "zod4"} SchemaLibrary What Kibana checks values with: up to
 *   9.2, at 9.3, from 9.4 on.
 */

/**
 * @template T
 * @typedef {object} Schema
 * @property {(value: unknown) => T} validate for hosts up to 9.2
 * @property {(value: unknown) => T} parse for hosts from 9.3 on
 */

/**
 * @typedef {object} ValidatorServices
 * @property {ConfigurationUtilities} configurationUtilities
 */

/**
 * @typedef {object} ConnectorType
 * @property {string} id
 * @property {string} name
 * @property {"gold"} minimumLicenseRequired
 * @property {string[]} supportedFeatureIds
 * @property {{
 *     config: {
 *       schema: Schema<Config>,
 *       customValidator(config: Config, services: ValidatorServices): void,
 *     },
 *     secrets: { schema: Schema<Secrets>, customValidator(secrets: Secrets): void },
 *     params: { schema: Schema<Params> },
 *     connector(config: unknown, secrets: unknown): string | null,
 *   }} validate
 * @property {<T>(logger: Logger, params: T, variables: object, actionId?: string) => T}
 *   renderParameterTemplates
 * @property {(options: ExecutorOptions) => Promise<ExecutorResult>} executor
 */

/**
 * @typedef {object} Config
 * @property {string} apiUrl the full URL of the instance
 * @property {boolean} isOAuth
 * @property {string | null} userIdentifierValue
 * @property {string | null} clientId
 * @property {string | null} jwtKeyId
 * @property {boolean} usesTableApi
 */

/**
 * @typedef {object} Secrets
 * @property {string | null} username
 * @property {string | null} password
 * @property {string | null} clientSecret
 * @property {string | null} privateKey PEM
 * @property {string | null} privateKeyPassword
 */

/**
 * @typedef {object} Params
 * @property {string} subAction
 * @property {any} subActionParams
 */

/**
 * @typedef {object} Incident What `pushToService` can say of an incident.
 * @property {string} short_description
 * @property {string | null} [description]
 * @property {string | null} [externalId] the `sys_id` of the incident to update
 * @property {string | null} [correlation_id] the same ID, the same incident
 * @property {string | null} [correlation_display]
 * @property {string | null} [severity]
 * @property {string | null} [urgency]
 * @property {string | null} [impact]
 * @property {string | null} [category]
 * @property {string | null} [subcategory]
 * @property {Record<string, unknown> | string | null} [additional_fields] further columns of the
 *   staging table
 */

/**
 * @typedef {object} PushedIncident
 * @property {string} id `sys_id`
 * @property {string} title number
 * @property {string} pushedDate ISO 8601
 * @property {string} url where a person finds it
 * @property {{ commentId: string, pushedDate: string }[]} [comments]
 */

export {};

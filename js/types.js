/**
 * What a host gives and takes (kibana-host.md 1 to 6), as far as the connector type uses it. Every
 * host gives more, and none gives all of it.
 */

/**
 * What is told of an action, line by line; no secret is in it.
 *
 * @typedef {object} Logger
 * @property {(message: string) => void} debug each request, and what came of it
 * @property {((message: string) => void) | undefined} [info] many loggers have it; nothing is told here
 * @property {(message: string) => void} warn what somebody has to look after
 * @property {(message: string) => void} error what went wrong
 */

/**
 * How far a certificate is verified.
 *
 * @typedef {object} SslSettings
 * @property {string | undefined} [verificationMode] `none`, `certificate`, or `full` where it is
 *   absent
 */

/**
 * The proxy that requests go through.
 *
 * @typedef {object} ProxySettings
 * @property {string} proxyUrl
 * @property {Iterable<string> | undefined} [proxyBypassHosts] host names
 * @property {Iterable<string> | undefined} [proxyOnlyHosts] host names
 * @property {Record<string, string> | undefined} [proxyHeaders]
 * @property {SslSettings | undefined} [proxySSLSettings] for a proxy that is asked over TLS
 */

/**
 * What is set for one host and port.
 *
 * @typedef {object} CustomHostSettings
 * @property {(SslSettings & {
 *     certificateAuthoritiesData?: string | undefined,
 *     rejectUnauthorized?: boolean | undefined,
 *   }) | undefined} [ssl]
 */

/**
 * The host's settings for outgoing connections (`xpack.actions.*` in Kibana).
 *
 * @typedef {object} ConfigurationUtilities
 * @property {(uri: string) => void} ensureUriAllowed throws for a URL that must not be asked
 * @property {(hostname: string) => void} ensureHostnameAllowed throws for such a host
 * @property {(() => { maxContentLength: number, timeout: number }) | undefined} [getResponseSettings]
 *   bytes and milliseconds
 * @property {(() => SslSettings | undefined) | undefined} [getSSLSettings] of instances
 * @property {(() => ProxySettings | undefined) | undefined} [getProxySettings] none where there is
 *   no proxy
 * @property {((url: string) => CustomHostSettings | undefined) | undefined} [getCustomHostSettings]
 *   what is set for the URL's host and port
 */

/**
 * A request, as a `fetch` is asked for it.
 *
 * @typedef {object} FetchInit
 * @property {string} method
 * @property {Record<string, string>} headers
 * @property {string} [body]
 * @property {"manual"} redirect
 * @property {AbortSignal} signal
 */

/**
 * What is read of a `fetch`'s answer.
 *
 * @typedef {object} FetchAnswer
 * @property {number} status
 * @property {{ get(name: string): string | null }} headers
 * @property {unknown} body a stream of the web's or of Node's
 */

/**
 * The global `fetch`, or one that can be called like it: undici's, node-fetch's, a program's own.
 *
 * @typedef {(url: string, init: FetchInit) => Promise<FetchAnswer>} FetchLike
 */

/**
 * An access token that the host keeps.
 *
 * @typedef {object} ConnectorToken
 * @property {string} token the whole value of the `Authorization` header
 * @property {string | undefined} [expiresAt] ISO 8601
 * @property {string | undefined} [createdAt] ISO 8601
 */

/**
 * The host's place for access tokens, one a connector.
 *
 * @typedef {object} ConnectorTokenClient
 * @property {(options: { connectorId: string }) =>
 *   Promise<{ hasErrors: boolean, connectorToken: ConnectorToken | null }>} get the newest token
 * @property {(options: {
 *     connectorId: string,
 *     token: null,
 *     newToken: string,
 *     expiresInSec: number | null,
 *     tokenRequestDate: number,
 *     deleteExisting: boolean,
 *   }) => Promise<unknown>} updateOrReplace keeps a token, in the place of all others
 * @property {(options: { connectorId: string }) => Promise<unknown>} deleteConnectorTokens drops all
 *   tokens
 */

/**
 * What a host says of an action that it runs in the background.
 *
 * @typedef {object} TaskInfo
 * @property {number} attempts those begun, this one included
 * @property {Date | undefined} [scheduled] when this attempt was due
 * @property {Date | undefined} [begun] when the first one began. Kibana does not tell: then it is
 *   remembered, or the earliest time that it can have been is reckoned back from `scheduled`
 */

/**
 * What a host hands to the executor for one action.
 *
 * @typedef {object} ExecutorOptions
 * @property {string} actionId the connector's ID
 * @property {Config} config
 * @property {Secrets} secrets
 * @property {Params} params
 * @property {Logger} logger
 * @property {ConfigurationUtilities} configurationUtilities
 * @property {{ connectorTokenClient?: ConnectorTokenClient | undefined } | undefined} [services]
 * @property {{ addRequestBodyBytes(response: undefined, body: string): void } | undefined}
 *   [connectorUsageCollector] hears of each request's body
 * @property {TaskInfo | undefined} [taskInfo] given when run in the background: from the second
 *   attempt on, comments that an attempt before has added are not added again
 * @property {AbortSignal | undefined} [signal]
 */

/**
 * What the executor answers for an action that was done.
 *
 * @typedef {object} ExecutorSuccess
 * @property {"ok"} status
 * @property {string} actionId
 * @property {any} data what the sub-action answers
 * @property {undefined} [message]
 * @property {undefined} [serviceMessage]
 * @property {undefined} [retry]
 * @property {undefined} [errorSource]
 * @property {undefined} [errorName]
 * @property {undefined} [errorMeta]
 */

/**
 * What the executor answers for an action that was not done.
 *
 * @typedef {object} ExecutorFailure
 * @property {"error"} status
 * @property {string} actionId
 * @property {undefined} [data]
 * @property {string} message the same for every failure
 * @property {string} serviceMessage what went wrong
 * @property {boolean | Date} retry whether running the action again can help, or from when on
 * @property {"user" | "framework"} errorSource whose fault it is
 * @property {string} errorName the error's stable code
 * @property {{ remedy: string, httpStatus?: number | undefined, endpoint?: string | undefined }}
 *   errorMeta
 */

/**
 * What the executor answers: it never throws.
 *
 * @typedef {ExecutorSuccess | ExecutorFailure} ExecutorResult
 */

/**
 * What Kibana checks values with: up to 9.2, at 9.3, from 9.4 on.
 *
 * @typedef {"config-schema" | "zod3" | "zod4"} SchemaLibrary
 */

/**
 * What a host checks values with, by the method of its generation: returns the value with its
 * defaults, or throws an error whose message is for people.
 *
 * @template T
 * @typedef {object} Schema
 * @property {(value: unknown) => T} validate for hosts up to 9.2
 * @property {(value: unknown) => T} parse for hosts from 9.3 on
 */

/**
 * What a host hands to a validator.
 *
 * @typedef {object} ValidatorServices
 * @property {ConfigurationUtilities} configurationUtilities
 */

/**
 * What a host registers.
 *
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
 *   }} validate returns or throws; `connector` returns the error's text, if there is one
 * @property {<T>(logger: Logger, params: T, variables: object, actionId?: string) => T}
 *   renderParameterTemplates a copy of the params, rendered with an alert's variables
 * @property {(options: ExecutorOptions) => Promise<ExecutorResult>} executor runs an action; never
 *   rejects
 * @property {(options: { connectorId: string }) => Promise<void>} postSaveHook wipes what was kept of a
 *   connector: its private key, and its token where the host keeps none. An action that is under way
 *   ends as ever, and leaves no token with the host
 * @property {(options: { connectorId: string }) => Promise<void>} postDeleteHook the same
 * @property {(options: HealthOptions) => Promise<HealthResult>} checkHealth whether a connector would
 *   work, saved or not; never rejects. Not of Kibana's contract: for hosts that know of it
 */

/**
 * What the health check of a connector takes.
 *
 * @typedef {object} HealthOptions
 * @property {unknown} config as the user wrote it
 * @property {unknown} secrets as the user wrote them
 * @property {ConfigurationUtilities} configurationUtilities
 * @property {Logger} logger
 * @property {AbortSignal | undefined} [signal]
 */

/**
 * What the health check answers: what the application is, or why the connector would not work.
 *
 * @typedef {{ status: "ok", data: Application | NoApplication }
 *   | { status: "error", code: string, message: string, remedy: string,
 *     httpStatus?: number | undefined, endpoint?: string | undefined }} HealthResult
 */

/**
 * The Elastic for ITSM application on the instance, in its own words.
 *
 * @typedef {object} Application
 * @property {string} name
 * @property {string} version
 * @property {string} scope
 */

/**
 * The application of a connector that writes without one: an empty object.
 *
 * @typedef {{ [K in keyof Application]?: undefined }} NoApplication
 */

/**
 * A connector's settings, as its schema returns them.
 *
 * @typedef {object} Config
 * @property {string} apiUrl the full URL of the instance
 * @property {boolean} isOAuth
 * @property {string | null} userIdentifierValue
 * @property {string | null} clientId
 * @property {string | null} jwtKeyId
 * @property {boolean} usesTableApi
 */

/**
 * A connector's credentials, as its schema returns them.
 *
 * @typedef {object} Secrets
 * @property {string | null} username
 * @property {string | null} password
 * @property {string | null} clientSecret
 * @property {string | null} privateKey PEM
 * @property {string | null} privateKeyPassword
 */

/**
 * The incident to create or to update, and comments for it.
 *
 * @typedef {object} PushToServiceParams
 * @property {Incident} incident
 * @property {Comment[] | null | undefined} [comments]
 */

/**
 * A comment on an incident.
 *
 * @typedef {object} Comment
 * @property {string} comment
 * @property {string} commentId the host's own ID of it, which the answer repeats
 */

/**
 * The incident to close.
 *
 * @typedef {object} CloseIncidentParams
 * @property {IncidentName} incident
 */

/**
 * What an incident is known by: one of the two.
 *
 * @typedef {object} IncidentName
 * @property {string | null | undefined} [correlation_id]
 * @property {string | null | undefined} [externalId] its `sys_id`
 */

/**
 * The incident to read.
 *
 * @typedef {object} GetIncidentParams
 * @property {string} externalId the incident's `sys_id`
 */

/**
 * The fields whose choices are asked for.
 *
 * @typedef {object} GetChoicesParams
 * @property {string[]} fields the columns' names
 */

/**
 * What an action is asked to do.
 *
 * @typedef {{ subAction: "pushToService", subActionParams: PushToServiceParams }
 *   | { subAction: "closeIncident", subActionParams: CloseIncidentParams }
 *   | { subAction: "getIncident", subActionParams: GetIncidentParams }
 *   | { subAction: "getChoices", subActionParams: GetChoicesParams }
 *   | { subAction: "getFields" | "handshake", subActionParams: {} }} Params
 */

/**
 * What `pushToService` can say of an incident.
 *
 * @typedef {object} Incident
 * @property {string} short_description
 * @property {string | null | undefined} [description]
 * @property {string | null | undefined} [externalId] the `sys_id` of the incident to update
 * @property {string | null | undefined} [correlation_id] the same ID, the same incident
 * @property {string | null | undefined} [correlation_display]
 * @property {string | null | undefined} [severity]
 * @property {string | null | undefined} [urgency]
 * @property {string | null | undefined} [impact]
 * @property {string | null | undefined} [category]
 * @property {string | null | undefined} [subcategory]
 * @property {Record<string, unknown> | string | null | undefined} [additional_fields] further columns
 *   of the staging table
 */

/**
 * An incident that was written.
 *
 * @typedef {object} PushedIncident
 * @property {string} id `sys_id`
 * @property {string} title number
 * @property {string} pushedDate ISO 8601
 * @property {string} url where a person finds it
 * @property {{ commentId: string, pushedDate: string }[] | undefined} [comments]
 */

/**
 * The answer of `closeIncident` where there is no incident to close: an empty object.
 *
 * @typedef {{ [K in keyof PushedIncident]?: undefined }} NoIncident
 */

/**
 * What a field can be.
 *
 * @typedef {object} Choice
 * @property {string} label as people see it
 * @property {string} value as the record holds it
 * @property {string} dependent_value the value of another field that it is for
 * @property {string} element the column's name
 */

/**
 * A text field of incidents.
 *
 * @typedef {object} Field
 * @property {string} column_label as people see it
 * @property {string} mandatory `"true"` or `"false"`
 * @property {string} max_length characters
 * @property {string} element the column's name
 */

export {};

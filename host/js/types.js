// The contract between the host and a connector type (kibana-host.md 1 to 6), as types.

/** @typedef {"basic" | "standard" | "gold" | "platinum" | "enterprise" | "trial"} License */

/** @typedef {"user" | "framework"} ErrorSource */

/**
 * @typedef {object} Schema A host calls the method of its generation and no other.
 * @property {(value: unknown) => any} [validate] up to 9.2
 * @property {(value: unknown) => any} [parse] from 9.3
 */

/**
 * @typedef {object} ValidatorServices
 * @property {ConfigurationUtilities} configurationUtilities
 */

/**
 * @typedef {object} Validator
 * @property {Schema} schema returns the normalised value or throws
 * @property {(value: any, services: ValidatorServices) => void} [customValidator] returns or throws
 */

/**
 * @typedef {object} ConnectorTypeValidators
 * @property {Validator} params
 * @property {Validator} config
 * @property {Validator} secrets
 * @property {(config: any, secrets: any) => string | null} [connector] the error text, or null
 */

/**
 * @typedef {object} ConnectorType
 * @property {string} id
 * @property {string} name
 * @property {License} minimumLicenseRequired
 * @property {readonly string[]} supportedFeatureIds
 * @property {ConnectorTypeValidators} validate
 * @property {(options: ExecutorOptions) => Promise<ExecutorResult | null | undefined | void>}
 *   [executor]
 * @property {number} [maxAttempts]
 * @property {RenderParameterTemplates} [renderParameterTemplates]
 * @property {(options: SaveHookOptions) => Promise<void>} [postSaveHook] what it throws is only logged
 * @property {(options: DeleteHookOptions) => Promise<void>} [postDeleteHook] the same
 * @property {boolean} [isSystemActionType]
 * @property {(...args: any[]) => readonly string[]} [getKibanaPrivileges]
 * @property {string} [subFeature]
 * @property {Record<string, string>} [globalAuthHeaders]
 * @property {boolean} [isDeprecated]
 * @property {"stack" | "spec" | "yml"} [source] where the definition comes from; default `stack`
 */

/**
 * @typedef {object} DeleteHookOptions
 * @property {string} connectorId
 * @property {any} config
 * @property {Logger} logger
 */

/** @typedef {DeleteHookOptions & { secrets: any, isUpdate: boolean, wasSuccessful: boolean }} SaveHookOptions */

/**
 * @typedef {object} ListedConnectorType a connector type as the host lists it
 * @property {string} id
 * @property {string} name
 * @property {boolean} enabled
 * @property {boolean} enabledInConfig
 * @property {boolean} enabledInLicense
 * @property {License} minimumLicenseRequired
 * @property {readonly string[]} supportedFeatureIds
 * @property {boolean} isSystemActionType
 * @property {boolean} isDeprecated
 * @property {"stack" | "spec" | "yml"} [source] from 9.3
 */

/**
 * @callback RenderParameterTemplates
 * @param {Logger} logger
 * @param {any} params
 * @param {Record<string, unknown>} variables
 * @param {string} [actionId] the connector's id
 * @returns {any}
 */

/**
 * @typedef {object} ExecutorOptions
 * @property {string} actionId the connector's id
 * @property {any} config as the schema returned it
 * @property {any} secrets as the schema returned them
 * @property {any} params as the schema returned them
 * @property {{ connectorTokenClient: ConnectorTokenClient }} services
 * @property {Logger} logger
 * @property {ConfigurationUtilities} configurationUtilities
 * @property {ConnectorUsageCollector} connectorUsageCollector
 * @property {TaskInfo} [taskInfo] only when run in the background
 * @property {ExecutionSource} [source]
 * @property {Record<string, string>} [globalAuthHeaders] only when the type declares them
 * @property {AbortSignal} [signal] from 9.4
 * @property {ConnectorTokenClient} [connectorTokenClient] from 9.4
 */

/**
 * @typedef {object} ExecutorResult
 * @property {"ok" | "error"} status
 * @property {string} [actionId]
 * @property {any} [data]
 * @property {string} [message]
 * @property {string} [serviceMessage]
 * @property {boolean | Date | null} [retry]
 * @property {ErrorSource} [errorSource]
 * @property {string} [errorName]
 * @property {{ remedy?: string }} [errorMeta]
 * @property {Error} [error] logged by the host and not handed on
 */

/**
 * @typedef {object} TaskInfo
 * @property {Date} scheduled when the attempt was due
 * @property {number} attempts those begun
 * @property {Date} [begun] when the first of them began, which Kibana does not tell
 */

/**
 * @typedef {object} ExecutionSource what made an action run
 * @property {"SAVED_OBJECT" | "HTTP_REQUEST" | "NOTIFICATION" | "BACKGROUND_TASK"} type
 * @property {unknown} source
 */

/**
 * @typedef {object} Logger
 * @property {LogMethod} trace
 * @property {LogMethod} debug
 * @property {LogMethod} info
 * @property {LogMethod} warn
 * @property {LogMethod} error
 * @property {LogMethod} fatal
 * @property {(...context: string[]) => Logger} get
 */

/**
 * @callback LogMethod
 * @param {string | Error} message
 * @param {Record<string, unknown>} [meta]
 * @returns {void}
 */

/**
 * @typedef {object} ConnectorToken
 * @property {string} id
 * @property {string} connectorId
 * @property {string} tokenType
 * @property {string} token
 * @property {string} expiresAt ISO 8601
 * @property {string} createdAt ISO 8601
 * @property {string} updatedAt ISO 8601
 */

/** @typedef {Omit<ConnectorToken, "id" | "token">} ConnectorTokenAttributes */

/**
 * @typedef {object} ConnectorTokenClient
 * @property {(query: { connectorId: string, tokenType?: string }) =>
 *   Promise<{ hasErrors: boolean, connectorToken: ConnectorToken | null }>} get
 * @property {(token: { connectorId: string, token: string, expiresAtMillis: string,
 *   tokenType?: string }) => Promise<ConnectorTokenAttributes>} create
 * @property {(token: { id: string, token: string, expiresAtMillis: string,
 *   tokenType?: string }) => Promise<ConnectorTokenAttributes>} update
 * @property {(change: { connectorId: string, token: ConnectorToken | null, newToken: string,
 *   expiresInSec?: number | null, tokenRequestDate?: number | null, deleteExisting: boolean }) =>
 *   Promise<void>} updateOrReplace
 * @property {(query: { connectorId: string, tokenType?: string }) =>
 *   Promise<void>} deleteConnectorTokens
 */

/**
 * @typedef {object} ConnectorUsageCollector
 * @property {(responseOrError?: any, body?: string | object | null) => void} addRequestBodyBytes
 * @property {() => number} getRequestBodyByte
 */

/** @typedef {"none" | "certificate" | "full"} VerificationMode */

/** @typedef {{ verificationMode: VerificationMode }} SslSettings */

/**
 * @typedef {object} ProxySettings
 * @property {string} proxyUrl
 * @property {Set<string>} [proxyBypassHosts]
 * @property {Set<string>} [proxyOnlyHosts]
 * @property {Record<string, string>} [proxyHeaders]
 * @property {SslSettings} proxySSLSettings
 */

/**
 * @typedef {object} CustomHostSettings
 * @property {string} url
 * @property {{ verificationMode?: VerificationMode,
 *   certificateAuthoritiesFiles?: string | string[],
 *   certificateAuthoritiesData?: string }} [ssl]
 * @property {{ ignoreTLS?: boolean, requireTLS?: boolean }} [smtp]
 */

/**
 * @typedef {object} ConfigurationUtilities
 * @property {(hostname: string) => boolean} isHostnameAllowed
 * @property {(uri: string) => boolean} isUriAllowed
 * @property {(hostname: string) => void} ensureHostnameAllowed
 * @property {(uri: string) => void} ensureUriAllowed
 * @property {(id: string) => boolean} isActionTypeEnabled
 * @property {(id: string) => void} ensureActionTypeEnabled
 * @property {() => SslSettings} getSSLSettings
 * @property {() => ProxySettings | undefined} getProxySettings
 * @property {() => { maxContentLength: number, timeout: number }} getResponseSettings
 * @property {(url: string) => CustomHostSettings | undefined} getCustomHostSettings
 * @property {(type: { actionTypeId: string, actionTypeMaxAttempts?: number }) =>
 *   number} getMaxAttempts
 */

/**
 * @typedef {object} Settings the host's settings, by their own names (kibana-host.md 6.2)
 * @property {readonly string[]} [allowedHosts] host names without ports, or `*`; default `["*"]`
 * @property {readonly string[]} [enabledActionTypes] ids, or `*`; default `["*"]`
 * @property {string} [proxyUrl]
 * @property {Record<string, string>} [proxyHeaders]
 * @property {readonly string[]} [proxyBypassHosts]
 * @property {readonly string[]} [proxyOnlyHosts]
 * @property {{ verificationMode?: VerificationMode, proxyVerificationMode?: VerificationMode }}
 *   [ssl] default `full`
 * @property {number} [maxResponseContentLength] bytes; default 1 MiB
 * @property {number} [responseTimeout] milliseconds; default one minute
 * @property {readonly CustomHostSettings[]} [customHostSettings]
 * @property {{ maxAttempts?: number,
 *   connectorTypeOverrides?: readonly { id: string, maxAttempts: number }[] }} [run]
 * @property {Readonly<Record<string, PreconfiguredConnector>>} [preconfigured] connectors by id
 */

/**
 * @typedef {object} PreconfiguredConnector
 * @property {string} name
 * @property {string} actionTypeId
 * @property {Record<string, unknown>} [config]
 * @property {Record<string, unknown>} [secrets]
 * @property {boolean} [exposeConfig] whether the config is shown; default false
 */

/**
 * @typedef {object} Connector a connector as the host shows it: without its secrets
 * @property {string} id
 * @property {string} name
 * @property {string} typeId
 * @property {any} [config] not of a preconfigured one, unless it exposes it
 * @property {boolean} isPreconfigured
 * @property {boolean} isDeprecated whether it uses the Table API
 * @property {boolean} [isMissingSecrets] whether its secrets have to be entered again; not of a
 *   preconfigured one
 * @property {boolean} isSystemAction
 * @property {boolean} isConnectorTypeDeprecated
 */

export {};

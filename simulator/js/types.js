/**
 * @file The shapes that go through the simulator's door: the set-up, and what a test reads.
 *
 * @typedef {object} User
 * @property {string} userName the name to sign in with
 * @property {string} password the password to sign in with
 * @property {string} [email] `<userName>@example.com` when absent
 * @property {string} [name] what lists show; the user name when absent
 * @property {string} [sysId] 32 hexadecimal digits; made from the seed and the name when absent
 * @property {boolean} [active] whether the user may sign in; true when absent
 * @property {boolean} [lockedOut] whether the user was locked out; false when absent
 * @property {boolean} [mfa] whether the password alone is not enough; false when absent
 * @property {string[]} [roles] all that the connector needs when absent
 *
 * @typedef {object} VerifierMap
 * @property {string} keyId the `kid` of the assertions that this key signs
 * @property {string} certificate an X.509 certificate as PEM, with an RSA key
 *
 * @typedef {object} OAuthClient
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string} [userField] the column of `sys_user` that `sub` is looked up in: `email`
 *   (when absent), `user_name`, `name` or `sys_id`
 * @property {VerifierMap[]} [verifierMaps]
 * @property {boolean} [requireJti] refuse assertions without `jti`; one used twice always is
 * @property {("jwtBearer" | "password" | "clientCredentials" | "refreshToken")[]} [grants] how the
 *   client may ask for a token; in every way when absent
 * @property {string} [applicationUser] the name of the user that the client is by itself
 * @property {boolean} [public] the client may leave out ID and secret beside an assertion
 *
 * @typedef {object} CorsRule
 * @property {string} domain `https://kibana.example.com:5601` or `https://*.example.com`
 * @property {string[]} [methods] `["GET"]` when absent
 * @property {number} [maxAge] seconds that a browser may remember a preflight; 0 when absent
 *
 * @typedef {object} Setup
 * @property {number} [seed] a whole number from 0: the same seed gives the same identifiers; drawn
 *   at random when absent
 * @property {User[]} [users] `elastic` with the password `changeme` when absent
 * @property {OAuthClient[]} [oauthClients]
 * @property {number} [tokenLifetime] seconds; 1800 when absent
 * @property {number} [refreshTokenLifetime] seconds; 8640000 when absent
 * @property {CorsRule[]} [corsRules]
 * @property {TransformMap[]} [transformMaps] the one of the Elastic application when absent
 * @property {string[]} [unreadableFields] columns hidden by a field ACL: `incident.description`
 * @property {RateLimit[]} [rateLimits] none when absent
 * @property {Switches} [switches] how the instance answers where instances differ
 *
 * @typedef {object} Listening
 * @property {string} [host] the address to listen on; `127.0.0.1` when absent
 * @property {boolean} [allowRemote] allow a host that is not loopback
 * @property {number} [port] the HTTP port; a free one when absent
 * @property {boolean} [https] serve HTTPS too; true when `httpsPort` is given
 * @property {number} [httpsPort] the HTTPS port; a free one when absent
 * @property {number} [now] milliseconds since 1970 at which the clock stands; it follows real time
 *   when absent
 *
 * @typedef {Setup & Listening} Options
 *
 * @typedef {object} JournalEntry a row of `sys_journal_field`
 * @property {"comments" | "work_notes"} element
 * @property {string} element_id the incident's `sys_id`
 * @property {string} value
 * @property {string} sys_created_on
 * @property {string} sys_created_by
 *
 * @typedef {object} IncidentJournal
 * @property {JournalEntry[]} journal comments and work notes, oldest first
 *
 * @typedef {{ [column: string]: string } & IncidentJournal} Incident every column of the incident
 *   as text; a reference is the bare `sys_id`
 *
 * @typedef {object} JournaledRequest
 * @property {number} sequence the request's place among all of them, from 1
 * @property {number} at milliseconds since 1970, by the simulator's clock
 * @property {string} method
 * @property {string} target path and query as sent, without secrets
 * @property {string | null} user the name of the user that it was made by
 * @property {string} body as sent, without secrets; the first 64 KiB of a long one
 * @property {number} status the status of the answer
 * @property {string[]} notes what the client was not told: dropped query terms, cut values, why
 *   there was no token
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {[name: string, value: string][]} headers
 * @property {string} body
 * @property {"whole"} line how the answer crosses the line
 *
 * @typedef {object} Instance the WebAssembly module's class
 * @property {(method: string, target: string, headers: [string, string][], body: Uint8Array,
 *   origin: string) => Answer} handle
 * @property {() => number} now
 * @property {(now: number) => void} setNow
 * @property {(user: string) => void} addUser takes a {@link User} as JSON
 * @property {(client: string) => void} addOAuthClient takes an {@link OAuthClient} as JSON
 * @property {(rule: string) => void} addCorsRule takes a {@link CorsRule} as JSON
 * @property {() => void} revokeTokens
 * @property {(newest?: number) => Incident[]} incidents
 * @property {(id: string) => Incident | null} incident
 * @property {() => number} incidentCount
 * @property {(newest?: number) => JournaledRequest[]} requests
 * @property {() => number} requestCount
 * @property {() => void} free
 */

/** @import { RateLimit, Switches, TransformMap } from "./switches.js" */

export {};

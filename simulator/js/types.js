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
 * @property {string} certificate an X.509 certificate as PEM, with an RSA key or one on a NIST curve
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
 * @property {string} [state] a state that `save` gave, in place of a set-up: the simulator goes on
 *   where the one that saved it was
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
 * @property {Line} line how the answer crosses the line
 *
 * @typedef {object} Line
 * @property {number} delay how many milliseconds the answer is held back
 * @property {"negotiated" | "gzip" | "broken"} coding how the body is encoded
 * @property {number} padding so many spaces follow the body
 * @property {"whole" | "cutOff" | "reset" | "resetFirst" | "never" | "garbage"} end what becomes of
 *   the answer
 * @property {number | null} after after how many bytes of the body it ends; half when `null`
 *
 * @typedef {object} FaultRule which fault happens, to which calls, and how. Conditions that are
 *   absent always hold. What each fault does and takes is in the table of `FAULTS.md`
 * @property {string | number} fault the fault, by its name or its number
 * @property {string} [path] the beginning of the path in whole parts (`/api/now/table`), or a
 *   pattern for all of it in which `*` stands for anything: `/api/now/v*`
 * @property {string[]} [methods] one of these methods
 * @property {string} [user] the user that the call is made by
 * @property {number} [nth] only the n-th of the calls for which the conditions above hold, from 1
 * @property {number} [from] from which of these calls on
 * @property {number} [to] to which of these calls
 * @property {number} [every] only every k-th of these calls
 * @property {number} [probability] from 0 to 1; drawn from the seed
 * @property {number} [times] how many times it happens at most
 * @property {string} [variant] which form of the fault
 * @property {string} [text] the text of the error
 * @property {string} [column] the column that is hit
 * @property {number} [length] characters, bytes or rows, as the fault's description says
 * @property {number} [retryAfter] the seconds of `Retry-After`
 * @property {string} [location] the address that a redirection points to
 * @property {number} [delay] how many milliseconds the answer is late, in real time
 * @property {boolean} [committed] whether what the call wants written is written before the fault
 *
 * @typedef {object} ActiveFault a rule that was injected, and what it did so far
 * @property {number} id what it is removed by
 * @property {number} matched how many calls fulfilled its conditions
 * @property {number} happened to how many of them the fault happened
 * @property {FaultRule} rule
 *
 * @typedef {object} FaultFacts what is known of a fault
 * @property {number} number its number in the fault table
 * @property {string} id its name
 * @property {string} title what it is
 * @property {string} wire what a client sees
 * @property {string} place which calls it happens to where the rule does not narrow that down
 * @property {"refused" | "committed" | "done"} write whether what a call wants written is written:
 *   not, or it is, unless the rule's `committed` says otherwise; or it always is
 * @property {string[]} variants its forms; the first one where the rule does not choose
 * @property {("text" | "column" | "length" | "retryAfter" | "location")[]} parameters what a rule
 *   can say about it, beside `delay` and `committed`
 * @property {number} delay how many milliseconds the answer is late where the rule does not say
 *
 * @typedef {object} SetupStep a step of the chapter "Configure ServiceNow"
 * @property {string} id what it is switched by
 * @property {string} chapter
 * @property {string} title
 * @property {boolean} done
 * @property {string} symptom what a client sees while it is not done
 *
 * @typedef {object} Instance the WebAssembly module's class
 * @property {(method: string, target: string, headers: [string, string][], body: Uint8Array,
 *   origin: string) => Answer} handle
 * @property {() => string} save
 * @property {() => number} now
 * @property {(now: number) => void} setNow
 * @property {(user: string) => void} addUser takes a {@link User} as JSON
 * @property {(client: string) => void} addOAuthClient takes an {@link OAuthClient} as JSON
 * @property {(rule: string) => void} addCorsRule takes a {@link CorsRule} as JSON
 * @property {() => void} revokeTokens
 * @property {(rule: string) => number} inject takes a {@link FaultRule} as JSON
 * @property {() => ActiveFault[]} faultRules
 * @property {(id: number) => boolean} removeFault
 * @property {() => void} clearFaults
 * @property {() => "good" | "expired" | "other-host"} handshake
 * @property {() => SetupStep[]} setupSteps
 * @property {(id: string, done: boolean) => void} setSetupStep
 * @property {(newest?: number) => Incident[]} incidents
 * @property {(id: string) => Incident | null} incident
 * @property {() => number} incidentCount
 * @property {(newest?: number) => JournaledRequest[]} requests
 * @property {() => number} requestCount
 * @property {() => void} free
 */

/** @import { RateLimit, Switches, TransformMap } from "./switches.js" */

export {};

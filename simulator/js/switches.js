/**
 * @file The shapes of what an instance may be set up with beyond users and clients. What each is
 * for, and where the fact stands, is said in `src/setup/`.
 *
 * @typedef {object} Switches how an instance answers where instances differ; the first value
 *   named is what counts when it is absent
 * @property {string} [applicationVersion] "1.0.0"
 * @property {"clientId" | "tokenEndpoint" | "either"} [assertionAudience] what `aud` has to be
 * @property {number} [autocloseDays] 7; 0 for never
 * @property {boolean} [basicNeedsRole] false; true: Basic needs `snc_basic_auth_api_access`
 * @property {boolean} [bearerChallenge] false; true: a bad token is told `BEARER`
 * @property {boolean} [caretEscape] false; true: `^^` is a caret in an encoded query
 * @property {boolean} [caseSensitive] false; true: texts are compared with their case
 * @property {"empty" | "forbidden"} [choicesDenied] what `sys_choice` is without the role
 * @property {number} [clockSkew] seconds that clocks may be apart: 300
 * @property {"both" | "new" | "old"} [closeCodes] which resolution codes there are
 * @property {"accept" | "abort"} [closedIncidents] what becomes of a write to a closed incident
 * @property {boolean} [closingNeedsRole] false; true: the Table API closes only for `itil_admin`
 * @property {{ [column: string]: number }} [columnWidths] widths of the incident's columns
 * @property {boolean} [corsIgnoresPort] false; true: a CORS rule fits an origin on any port
 * @property {boolean} [dataPolicyOnImport] true; false: imports close without code and notes
 * @property {boolean} [filtersBesideQuery] false; true: `name=value` narrows a `sysparm_query`
 * @property {boolean} [ignoresTrailingSpaces] false; true: not compared
 * @property {boolean} [importAnswers200] false; true: 200 in place of 201
 * @property {"operationFailed" | "notAuthorized" | "errorEntry"} [importDenied] what an import
 *   without one of its roles is told
 * @property {boolean} [insertMultipleByName] false; true: records name columns, not labels
 * @property {boolean} [keepsLongText] false; true: columns over 255 characters keep what is longer
 * @property {number | null} [maximumRowBytes] 8126: a larger staging row is skipped;
 *   `null`: none is
 * @property {boolean} [negativePrevLink] true; false: the first page has no `prev` link
 * @property {boolean} [oauthActive] true; false: no tokens are given or known
 * @property {string | null} [oauthCorsOrigin] whose pages may call the token endpoint; none
 * @property {"specific" | "uniform"} [oauthDenials] how much the token endpoint tells
 * @property {boolean} [preflight401] false; true: what no CORS rule fits is told 401
 * @property {"errorEntry" | "serverError"} [privilegeDenied] what an import is told without a
 *   cross-scope privilege
 * @property {number} [rateLimitCommit] seconds until requests count against a limit: 0
 * @property {boolean} [restApiNeedsRole] false; true: `snc_platform_rest_api_access` is demanded
 * @property {number | null} [stagingWidth] the width of every staging column; that of the incident's
 * @property {boolean} [totalCountsHidden] true; false: `X-Total-Count` counts readable rows only
 * @property {"caller" | "system" | "callerWithRights"} [transformRunsAs] who signs an import
 * @property {"dropped" | "noRows" | "refused"} [unknownQueryField] what a query on an absent column
 *   is answered
 * @property {"invalidTable" | "invalidStagingTable"} [unknownStagingTable] what an import into an
 *   absent table is told
 *
 * @typedef {object} TransformMap what becomes of a row of the staging table
 * @property {string} [name] "Elastic Incident" when absent
 * @property {string} [table] `incident` when absent; with another every row is an error
 * @property {boolean} [active] true when absent
 * @property {string[]} [coalesce] the columns that all have to match: `["correlation_id"]`
 * @property {boolean} [coalesceEmptyFields] false when absent
 * @property {boolean} [coalesceCaseSensitive] false when absent
 * @property {boolean} [createOnEmptyCoalesce] true when absent
 * @property {"create" | "ignore" | "reject"} [choiceAction] for choices and references; the first
 *   when absent
 * @property {"no" | "onlyMapped" | "all"} [enforceMandatory] the first when absent
 * @property {string[]} [mandatory] columns of the incident; none when absent
 * @property {boolean} [copyEmptyFields] false when absent
 * @property {boolean} [runBusinessRules] true when absent
 * @property {"pass" | "ignore" | "error"} [onBefore] what a script does; the first when absent
 *
 * @typedef {object} RateLimit requests an hour
 * @property {"table" | "importSet" | "batch" | "elastic"} resource
 * @property {number} limit
 * @property {string} [user] the name of the only user it is for
 * @property {string} [role] the role that users must have for it to be for them
 */

export {};

// A `fetch` that sends nothing: it notes each request and answers as an instance would on which all
// goes well and one incident is open for every correlation ID. What the incident is called there is
// made up, and shown so.

const SYS_ID = "0".repeat(32);
const NUMBER = "INC0000000";
const TIME = "2000-01-01 00:00:00";

/**
 * @typedef {object} RecordedRequest
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string | null} body
 */

/**
 * @returns {{ fetch: typeof globalThis.fetch, requests: RecordedRequest[] }}
 */
export function createRecorder() {
  /** @type {RecordedRequest[]} */
  const requests = [];
  return {
    requests,
    async fetch(target, init) {
      const url = String(target);
      const method = init?.method ?? "GET";
      const headers = Object.fromEntries(new Headers(init?.headers));
      const body = typeof init?.body === "string" ? init.body : null;
      requests.push({ method, url, headers, body });
      return answer(method, new URL(url), body);
    },
  };
}

/**
 * @param {string} method
 * @param {URL} url
 * @param {string | null} body
 */
function answer(method, url, body) {
  const { pathname, searchParams } = url;
  if (pathname.endsWith("/oauth_token.do")) {
    return Response.json({ access_token: "token", token_type: "Bearer", expires_in: 1800 });
  }
  if (pathname.includes("/api/now/import/")) {
    return Response.json(imported(JSON.parse(body ?? "{}")), { status: 201 });
  }
  const query = searchParams.get("sysparm_query");
  if (query !== null) return Response.json({ result: [incident(correlationOf(query))] });
  const written = method === "GET" ? null : JSON.parse(body ?? "{}");
  return Response.json(
    { result: incident(written?.correlation_id ?? "") },
    { status: method === "POST" ? 201 : 200 },
  );
}

/** @param {Record<string, unknown>} row */
function imported(row) {
  return {
    import_set: "ISET0000000",
    staging_table: "x_elas2_inc_int_elastic_incident",
    result: [
      {
        transform_map: "Elastic Incident",
        table: "incident",
        display_name: "number",
        display_value: NUMBER,
        record_link: `/api/now/table/incident/${SYS_ID}`,
        status: row.elastic_incident_id ? "updated" : "inserted",
        sys_id: SYS_ID,
      },
    ],
  };
}

/**
 * The connector compares what it finds with what it asked for.
 * @param {string} query
 */
function correlationOf(query) {
  return /\^correlation_id=(.*)$/.exec(query)?.[1] ?? "";
}

/** @param {string} correlationId */
function incident(correlationId) {
  return {
    sys_id: SYS_ID,
    number: NUMBER,
    state: "1",
    correlation_id: correlationId,
    sys_created_on: TIME,
    sys_updated_on: TIME,
  };
}

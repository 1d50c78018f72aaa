// Variables of a rule's action (templates.md 4), those of an Elasticsearch query rule.

/**
 * Variables that are about so many bytes of JSON; the bulk are the hits in `context`.
 *
 * @param {number} bytes
 * @param {{ seed: number, dotted: boolean }} options `dotted`: whether the hits' fields are dotted
 *   keys
 */
export function variablesOf(bytes, { seed, dotted }) {
  // At 1 KB there is room for the scalars only; a document's fields come on top of that.
  const variables = bytes > 2048 ? { ...base(seed), ...document(seed) } : small(seed);
  const rest = bytes - JSON.stringify(variables).length;
  const size = JSON.stringify(hit(0, seed, dotted)).length + 1;
  variables.context.hits = hits(Math.max(0, Math.round(rest / size)), seed, dotted);
  return variables;
}

/**
 * Variables with so many hits.
 *
 * @param {number} count
 * @param {{ seed: number }} options
 */
export function hitsIn(count, { seed }) {
  const variables = { ...base(seed), ...document(seed) };
  variables.context.hits = hits(count, seed, false);
  return variables;
}

/**
 * @param {number} count
 * @param {number} seed
 * @param {boolean} dotted
 */
function hits(count, seed, dotted) {
  return Array.from({ length: count }, (_, index) => hit(index, seed, dotted));
}

/**
 * @param {number} index
 * @param {number} seed
 * @param {boolean} dotted
 */
function hit(index, seed, dotted) {
  const source = {
    "@timestamp": `2026-03-01T08:${String(index % 60).padStart(2, "0")}:00.000Z`,
    message: `GET /shop/basket/${index}?session=${seed} took longer than allowed`,
    tags: ["web", `zone-${index % 3}`],
  };
  const fields = dotted
    ? {
        "host.name": `web-${index % 40}`,
        "host.ip": ["10.0.0.1", "fe80::1"],
        "event.code": String(500 + (index % 5)),
        "http.response.status_code": 504,
        "url.path": `/shop/basket/${index}`,
      }
    : {
        host: { name: `web-${index % 40}`, ip: ["10.0.0.1", "fe80::1"] },
        event: { code: String(500 + (index % 5)) },
        http: { response: { status_code: 504 } },
        url: { path: `/shop/basket/${index}` },
      };
  return {
    _index: ".ds-logs-nginx.access-default-2026.03.01-000001",
    _id: `h${seed}-${index}`,
    _score: null,
    _source: { ...source, ...fields },
    sort: [1772352000000 + index],
  };
}

/**
 * What every action has.
 *
 * @param {number} seed
 */
function base(seed) {
  const id = `db-${String(seed).padStart(2, "0")}`;
  const params = { searchType: "esQuery", size: 100, threshold: [90], thresholdComparator: ">" };
  /** @type {object[]} */
  const hits = [];
  return {
    rule: {
      id: "4f1c8a1e-6c2d-4d7c-9f46-0c5b2f6f0a11",
      name: "Slow baskets",
      type: ".es-query",
      spaceId: "ops",
      tags: ["shop", "prod"],
      params,
      url: "https://kibana.example.com/s/ops/app/management/insightsAndAlerting/rule/4f1c8a1e",
    },
    alert: {
      id,
      uuid: `0d4c9b0e-5f0e-4f57-8ed4-6b6b3c1d9c1${seed}`,
      actionGroup: "query matched",
      actionGroupName: "Query matched",
      flapping: false,
      consecutiveMatches: 3,
    },
    context: {
      title: "rule 'Slow baskets' matched query",
      message: "Document count is 120 in the last 5m. Alert when greater than 90.",
      value: 120 + seed,
      conditions: "Number of matching documents is greater than 90",
      date: "2026-03-01T08:00:00.000Z",
      link: "https://kibana.example.com/s/ops/app/r?l=DISCOVER_APP_LOCATOR",
      hits,
    },
    state: { start: "2026-03-01T07:58:00.000Z", duration: "120000000000", latestTimestamp: null },
    date: "2026-03-01T08:00:02.123Z",
    kibanaBaseUrl: "https://kibana.example.com",
  };
}

/**
 * The fields of the alert's document: flat, with dots in their names.
 *
 * @param {number} seed
 */
function document(seed) {
  return {
    "@timestamp": "2026-03-01T08:00:00.000Z",
    "event.action": "active",
    "event.kind": "signal",
    "kibana.alert.action_group": "query matched",
    "kibana.alert.duration.us": 120000000,
    "kibana.alert.evaluation.conditions": "Number of matching documents is greater than 90",
    "kibana.alert.evaluation.value": String(120 + seed),
    "kibana.alert.flapping": false,
    "kibana.alert.flapping_history": [true, false, false],
    "kibana.alert.instance.id": "query matched",
    "kibana.alert.maintenance_window_ids": [],
    "kibana.alert.reason": "Document count is 120 in the last 5m. Alert when greater than 90.",
    "kibana.alert.rule.category": "Elasticsearch query",
    "kibana.alert.rule.consumer": "stackAlerts",
    "kibana.alert.rule.execution.uuid": "7c1f6e5c-2d5a-4f0f-9f3e-2d9d9b0c4f5e",
    "kibana.alert.rule.name": "Slow baskets",
    "kibana.alert.rule.parameters": { size: 100, threshold: [90], timeWindowSize: 5 },
    "kibana.alert.rule.producer": "stackAlerts",
    "kibana.alert.rule.revision": 4,
    "kibana.alert.rule.rule_type_id": ".es-query",
    "kibana.alert.rule.tags": ["shop", "prod"],
    "kibana.alert.rule.uuid": "4f1c8a1e-6c2d-4d7c-9f46-0c5b2f6f0a11",
    "kibana.alert.start": "2026-03-01T07:58:00.000Z",
    "kibana.alert.status": "active",
    "kibana.alert.time_range": { gte: "2026-03-01T07:58:00.000Z" },
    "kibana.alert.title": "rule 'Slow baskets' matched query",
    "kibana.alert.uuid": `0d4c9b0e-5f0e-4f57-8ed4-6b6b3c1d9c1${seed}`,
    "kibana.alert.workflow_status": "open",
    "kibana.space_ids": ["ops"],
    "kibana.version": "9.4.5",
    tags: ["shop", "prod"],
  };
}

/**
 * Little more than the template asks for.
 *
 * @param {number} seed
 */
function small(seed) {
  const { rule, alert, context, state, date } = base(seed);
  const { params: _, ...shortRule } = rule;
  const { title, message, value, hits } = context;
  return {
    rule: shortRule,
    alert,
    context: { title, message, value, hits },
    state,
    date,
    "kibana.alert.reason": "Document count is 120.",
    "kibana.alert.rule.category": "Elasticsearch query",
    "kibana.alert.status": "active",
  };
}

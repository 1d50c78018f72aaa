// What an instance answers, without an instance: for what an action costs but for the network.

/** Of the incident that it has. */
export const CORRELATION_ID = "r-77:web-1";

const SYS_ID = "9d385017c611228701d22104cc95c371";

const HEADERS = new Headers({ "content-type": "application/json" });

const IMPORTED = JSON.stringify({
  import_set: "ISET0010001",
  staging_table: "x_elas2_inc_int_elastic_incident",
  result: [
    {
      transform_map: "Elastic Incident",
      table: "incident",
      display_name: "number",
      display_value: "INC0010001",
      record_link: `https://dev1.service-now.com/api/now/table/incident/${SYS_ID}`,
      status: "inserted",
      sys_id: SYS_ID,
    },
  ],
});

const HEALTH = JSON.stringify({
  result: { name: "Elastic", scope: "x_elas2_inc_int", version: "1.2.0" },
});

const INCIDENT = JSON.stringify({
  result: {
    sys_id: SYS_ID,
    number: "INC0010001",
    state: "1",
    short_description: "CPU of web-1 is over 90 %",
    correlation_id: CORRELATION_ID,
    sys_created_on: "2024-05-06 07:08:09",
    sys_updated_on: "2024-05-06 07:08:09",
  },
});

/**
 * @param {string} method
 * @param {string} url
 * @returns {string}
 */
export function answerTo(method, url) {
  if (method.toUpperCase() === "POST") return IMPORTED;
  return url.endsWith("/health") ? HEALTH : INCIDENT;
}

/**
 * The same as `fetch` answers: the least that can be called that.
 *
 * @param {string} method
 * @param {string} url
 */
export function fetchedAnswerTo(method, url) {
  const bytes = [Buffer.from(answerTo(method, url))];
  return {
    status: 200,
    headers: HEADERS,
    body: {
      getReader: () => ({
        read: async () => ({ value: bytes[0], done: bytes.pop() === undefined }),
        cancel: async () => {},
      }),
    },
  };
}

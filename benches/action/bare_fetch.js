// The requests that this package makes, by `fetch` and nothing else: what it cannot be faster than in
// a host that has no other way out. It checks nothing, and gives no result.

const STAGING = "x_elas2_inc_int_elastic_incident";
const FIELDS = "sys_id,number,state,correlation_id,sys_created_on,sys_updated_on";

/**
 * @param {{ apiUrl: string, username: string, password: string }} options
 */
export function bareFetch({ apiUrl, username, password }) {
  const credentials = Buffer.from(`${username}:${password}`).toString("base64");
  const headers = {
    authorization: `Basic ${credentials}`,
    accept: "application/json",
    "accept-encoding": "identity",
    "content-type": "application/json",
  };

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   */
  async function request(path, init) {
    const response = await fetch(apiUrl + path, { headers, ...init });
    const { result } = await response.json();
    // Until then, the connection is not free again.
    await new Promise((resolve) => setImmediate(resolve));
    return result;
  }

  /** @param {object} row */
  async function write(row) {
    const body = JSON.stringify(row);
    const [written] = await request(`/api/now/import/${STAGING}`, { method: "POST", body });
    return written.sys_id;
  }

  /**
   * @param {{ incident: Record<string, unknown>, comments: { comment: string }[] }} params
   */
  return async function pushToService({ incident, comments }) {
    const { externalId: _, additional_fields: __, ...columns } = incident;
    const row = Object.fromEntries(
      Object.entries(columns).map(([key, value]) => [`u_${key}`, value]),
    );
    const id = await write(row);
    await request(`/api/now/v2/table/incident/${id}?sysparm_fields=${FIELDS}`);
    for (const { comment } of comments) {
      await write({ elastic_incident_id: id, u_work_notes: comment });
    }
  };
}

// The flow of the built-in type, written with axios from what is known of it (servicenow-itsm.md 3.1
// and 3.3, kibana-host.md 6.5): three requests to create an incident, three more for each comment, and
// each request with an agent of its own, so that none finds a connection to go on with.

import https from "node:https";
import axios from "axios";

/** @import { AxiosAdapter } from "axios" */

const STAGING = "x_elas2_inc_int_elastic_incident";
const HEALTH = "/api/x_elas2_inc_int/elastic_api/health";

/** What every request is sent with: the limits are those that a host has. */
const SETTINGS = {
  timeout: 60_000,
  maxContentLength: 1_048_576,
  proxy: /** @type {false} */ (false),
};

/**
 * @param {{ apiUrl: string, username: string, password: string, adapter?: AxiosAdapter }} options
 */
export function axiosFlow({ apiUrl, username, password, adapter }) {
  const client = axios.create({ auth: { username, password }, ...(adapter && { adapter }) });

  /**
   * @param {"get" | "post"} method
   * @param {string} path
   * @param {object} [data]
   */
  async function request(method, path, data) {
    const {
      status,
      headers,
      data: body,
    } = await client.request({
      ...SETTINGS,
      method,
      url: `${apiUrl}${path}`,
      ...(data && { data }),
      httpsAgent: new https.Agent(),
      validateStatus: (code) => code >= 200 && code < 300,
    });
    if (!String(headers["content-type"]).includes("application/json")) {
      throw new Error(`An answer that is not JSON, with status ${status}`);
    }
    if (body?.result === undefined) throw new Error("An answer without a result");
    return body.result;
  }

  /** @param {Record<string, unknown>} row */
  async function write(row) {
    await request("get", HEALTH);
    const [written] = await request("post", `/api/now/import/${STAGING}`, row);
    if (!written || written.status === "error") throw new Error("The row was not imported");
    return request("get", `/api/now/v2/table/incident/${written.sys_id}`);
  }

  /**
   * @param {{ incident: Record<string, any>, comments: { comment: string, commentId: string }[] | null }} params
   */
  return async function pushToService({ incident, comments }) {
    const { externalId: _, additional_fields: fields, ...columns } = incident;
    const prefixed = (/** @type {object} */ values) =>
      Object.fromEntries(Object.entries(values).map(([key, value]) => [`u_${key}`, value]));
    const user = { caller_id: username, opened_by: username };
    const created = await write({ ...fields, ...prefixed({ ...columns, ...user }) });
    const pushedDate = new Date(`${created.sys_created_on.replace(" ", "T")}Z`).toISOString();
    const done = [];
    for (const { comment, commentId } of comments ?? []) {
      const row = { ...fields, ...prefixed({ ...columns, work_notes: comment }) };
      await write({ ...row, elastic_incident_id: created.sys_id });
      done.push({ commentId, pushedDate });
    }
    return {
      title: created.number,
      id: created.sys_id,
      pushedDate,
      url: `${apiUrl}/nav_to.do?uri=incident.do?sys_id=${created.sys_id}`,
      ...(done.length > 0 && { comments: done }),
    };
  };
}

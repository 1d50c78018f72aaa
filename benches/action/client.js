// A process of its own that creates incidents when it is told to, so that the processor time and the
// memory are of one contender alone. Its arguments: the contender, and the instance's URL; without a
// URL the network is stubbed out.

import { getConnectorType } from "servicenow-itsm-connector";
import { createConfigurationUtilities } from "../../tests/support/host.js";
import { OURS } from "../report/types.js";
import { axiosFlow } from "./axios_flow.js";
import { bareFetch } from "./bare_fetch.js";
import { AXIOS, BARE } from "./contenders.js";
import { nextParams, USER } from "./incident.js";
import { answerTo, CORRELATION_ID, fetchedAnswerTo } from "./stub.js";

/**
 * @typedef {object} Order
 * @property {number} comments
 * @property {number} concurrency
 * @property {number} milliseconds how long new actions are begun
 *
 * @typedef {object} Outcome
 * @property {number} actions
 * @property {number} milliseconds
 * @property {number} cpu milliseconds
 * @property {number} memory the process's largest resident set so far, bytes
 */

const NOBODY = { debug() {}, info() {}, warn() {}, error() {} };
const [contender, apiUrl] = process.argv.slice(2);
const act = actOf(contender);

process.on("message", async (/** @type {Order} */ order) => {
  process.send?.(await perform(order));
});
process.send?.("ready");

/**
 * @param {Order} order
 * @returns {Promise<Outcome>}
 */
async function perform({ comments, concurrency, milliseconds }) {
  let actions = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const worker = async () => {
    while (performance.now() - start < milliseconds) {
      await act(comments);
      actions += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return {
    actions,
    milliseconds: took,
    cpu: (user + system) / 1000,
    memory: process.resourceUsage().maxRSS * 1024,
  };
}

/** @param {string | undefined} name */
function actOf(name) {
  if (name === OURS) return connectorType(apiUrl);
  if (name === AXIOS) return withAxios(apiUrl);
  if (name === BARE && apiUrl) return withFetch(apiUrl);
  throw new Error(`${name} is no contender`);
}

/** @param {string | undefined} url */
function connectorType(url) {
  const type = getConnectorType(
    url ? {} : { fetch: async (url, { method }) => fetchedAnswerTo(method, url) },
  );
  const configurationUtilities = createConfigurationUtilities();
  const config = type.validate.config.schema.parse({
    apiUrl: url ?? "https://dev1.service-now.com",
    usesTableApi: false,
  });
  const secrets = type.validate.secrets.schema.parse(USER);
  return async (/** @type {number} */ comments) => {
    const { status, serviceMessage } = await type.executor({
      actionId: "c-1",
      config,
      secrets,
      params: { subAction: "pushToService", subActionParams: paramsOf(comments) },
      logger: NOBODY,
      configurationUtilities,
    });
    if (status !== "ok") throw new Error(serviceMessage);
  };
}

/** @param {string | undefined} url */
function withAxios(url) {
  const push = axiosFlow({
    apiUrl: url ?? "https://dev1.service-now.com",
    ...USER,
    ...(!url && {
      adapter: async (config) => ({
        data: answerTo(config.method ?? "get", config.url ?? ""),
        status: 200,
        statusText: "OK",
        headers: { "content-type": "application/json" },
        config,
      }),
    }),
  });
  return (/** @type {number} */ comments) => push(paramsOf(comments));
}

/** @param {string} apiUrl */
function withFetch(apiUrl) {
  const push = bareFetch({ apiUrl, ...USER });
  return (/** @type {number} */ comments) => push(paramsOf(comments));
}

/** @param {number} comments */
function paramsOf(comments) {
  return nextParams(comments, apiUrl ? undefined : CORRELATION_ID);
}

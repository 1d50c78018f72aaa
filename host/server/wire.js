// What the API shows of connectors, types, runs, tasks and events: in snake case, as Kibana does
// (kibana-host.md 9).

/** @typedef {import("../js/types.js").ExecutorResult} ExecutorResult */

/**
 * @param {Record<string, unknown>} value
 * @returns {Record<string, unknown>} with its own keys in snake case; what is inside stays
 */
export function snakeCase(value) {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      part,
    ]),
  );
}

/** @param {{ typeId: string }} connector */
export function connectorBody({ typeId, ...connector }) {
  return { ...snakeCase(connector), connector_type_id: typeId };
}

/**
 * `errorSource`, `errorName` and `errorMeta` keep their case, as in Kibana.
 *
 * @param {ExecutorResult} result
 */
export function resultBody({ actionId, serviceMessage, ...result }) {
  return {
    ...result,
    connector_id: actionId,
    ...(serviceMessage === undefined ? {} : { service_message: serviceMessage }),
  };
}

/** @param {Record<string, any>} task */
export function taskBody({ result, ...task }) {
  return { ...snakeCase(task), result: result ? resultBody(result) : null };
}
